package org.badak.cli;

import org.badak.data.Json;

/// Something in the record of a run that its repetition did not give.
///
/// @param where the file, with the line and the step where there is one: `metrics.jsonl, line 3 (step 20, epoch 2)`
/// @param what a member, a tensor's element, or the whole
/// @param recorded what stands there
/// @param found what the repetition gave
record Difference(String where, String what, String recorded, String found) {
    /// For people.
    String sentence() {
        return where + ", " + what + Texts.of(": recorded ", ": 기록 ") + recorded + Texts.of(", now ", ", 지금 ") + found;
    }

    /// For programs.
    Json.Members json() {
        return new ObjectBuilder()
                .put("where", where)
                .put("what", what)
                .put("recorded", recorded)
                .put("found", found)
                .json();
    }
}
