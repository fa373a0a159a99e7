package org.badak.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.Json;
import org.badak.server.Refusal;

/// What a model answers to examples, in the user's own labels and units.
///
/// @param model that answered
/// @param rows number of examples
/// @param outputs [rows, outputs]
record Answers(LoadedModel model, int rows, float[] outputs) {
    /// @throws Refusal 422 if an output is not finite
    Answers {
        for (int i = 0; i < outputs.length; i++) {
            if (!Float.isFinite(outputs[i])) {
                throw new Refusal(
                        422,
                        "the network's output is not finite",
                        "row " + i / model.predictor().outputs(),
                        Float.toString(outputs[i]),
                        "finite outputs",
                        "check the inputs of this row: they are far from those the network was trained on");
            }
        }
    }

    /// Position of the largest output of a row, the first of equals.
    int best(int row) {
        int width = model.predictor().outputs();
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = outputs[row * width + i] > outputs[row * width + best] ? i : best;
        }
        return best;
    }

    /// The answers as `/predict` gives them: `label`, `probability` and all `probabilities` by label, or `value`.
    List<Json> plain() {
        List<Json> answers = new ArrayList<>();
        int width = model.predictor().outputs();
        for (int row = 0; row < rows; row++) {
            Map<String, Json> answer = new LinkedHashMap<>();
            if (model.labels().isEmpty()) {
                answer.put("value", Json.of(model.value(outputs[row])));
            } else {
                int best = best(row);
                Map<String, Json> all = new LinkedHashMap<>();
                for (int i = 0; i < width; i++) {
                    all.put(model.labels().get(i), number(outputs[row * width + i]));
                }
                answer.put("label", Json.of(model.labels().get(best)));
                answer.put("probability", number(outputs[row * width + best]));
                answer.put("probabilities", new Json.Members(all));
            }
            answers.add(new Json.Members(answer));
        }
        return answers;
    }

    /// A float32 in the fewest digits that give it again.
    static Json number(float value) {
        return new Json.Numeral(Float.toString(value));
    }
}
