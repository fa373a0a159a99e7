package org.badak.serve;

import org.badak.data.DataException;
import org.badak.server.Listener;

/// What is told while models are served: requests, failures, and models that were exchanged.
public interface ServeListener extends Listener {
    /// Another file took the place of a model's and answers from now on.
    ///
    /// @param old that answered until now
    /// @param now that answers
    default void exchanged(LoadedModel old, LoadedModel now) {}

    /// Another file took the place of a model's and is no good: the old one goes on answering.
    ///
    /// @param old that goes on
    /// @param reason what is wrong with the file
    default void refused(LoadedModel old, DataException reason) {}
}
