package org.badak.tune;

import java.util.function.UnaryOperator;

/// How trials are carried out in another process: found there by its name as a service, so that no
/// class is named by what is sent. A pure function of what all trials share and the trial itself:
/// whoever carries it out, wherever and however often, the answer is the same.
public interface TrialFunction {
    /// Its name.
    String name();

    /// Gets ready, once in each process.
    ///
    /// @param shared what all trials share, data among it
    /// @return from a trial to what comes of it; called from several threads at once
    UnaryOperator<String> prepare(byte[] shared);
}
