package org.badak.lab;

import org.badak.data.Json;

/// Tells every open page what happens; pages that are too slow miss some of it.
interface Broadcast {
    /// Sends an event to all pages. Returns at once.
    ///
    /// @param event name of its kind: `training`
    void send(String event, Json.Members data);

    /// Whether any page listens: where none does, nothing needs to be computed for it.
    boolean isHeard();
}
