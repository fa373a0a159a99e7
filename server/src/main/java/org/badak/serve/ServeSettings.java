package org.badak.serve;

import java.time.Duration;
import org.badak.server.Access;

/// How models are served.
///
/// @param access from where, and by whom
/// @param threads that compute, for all models together
/// @param maxBatch examples that are computed together
/// @param queue requests that wait to be computed; more get 429
/// @param maxRows examples of one request
/// @param body the longest body of a request in bytes
/// @param look between two looks at the files of the models
public record ServeSettings(Access access, int threads, int maxBatch, int queue, int maxRows, int body, Duration look) {
    /// Batches of 64, a queue of 256, 1,024 examples and 16 MiB in one request, a look each second.
    ///
    /// @param threads that compute
    public static ServeSettings usual(Access access, int threads) {
        return new ServeSettings(access, threads, 64, 256, 1024, 16 << 20, Duration.ofSeconds(1));
    }

    /// @throws IllegalArgumentException if one is not positive
    public ServeSettings {
        if (threads < 1 || maxBatch < 1 || queue < 1 || maxRows < 1 || body < 1 || !look.isPositive()) {
            throw new IllegalArgumentException("serve: found threads " + threads + ", batch " + maxBatch + ", queue "
                    + queue + ", rows " + maxRows + ", body " + body + ", look " + look + ", expected positive ones");
        }
    }
}
