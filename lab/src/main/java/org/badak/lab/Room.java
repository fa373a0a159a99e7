package org.badak.lab;

import org.badak.data.Json;

/// A room of the page: it computes what its figures show. Rooms are asked from many threads.
interface Room {
    /// The room's name in addresses: `descent`.
    String name();

    /// Answers a question of the page.
    ///
    /// @throws IllegalArgumentException if the question has a mistake; says what was found and what expected
    Json.Members answer(Question question);
}
