package org.badak.server;

import java.io.IOException;

/// What answers requests of a [Route]. It runs in a virtual thread of its own and may block.
@FunctionalInterface
public interface Handler {
    /// Answers a request.
    ///
    /// @throws Refusal where the request cannot be carried out: the client gets the message
    /// @throws IOException where the client went away while its request was read
    /// @throws InterruptedException when the server stops
    Reply answer(Request request) throws IOException, InterruptedException;
}
