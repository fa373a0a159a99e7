package org.badak.tune;

import java.util.Map;
import java.util.function.Consumer;

/// Starts a [TrialEngine]; found as a service, like [org.badak.gradient.ShardEngineProvider].
public interface TrialEngineProvider {
    /// The engine's name on the command line.
    String name();

    /// Starts an engine.
    ///
    /// @param function that carries out trials; other processes get the code beside it and find it by
    ///     its name
    /// @param shared what all trials share
    /// @param settings by name, as the engine documents them
    /// @param notes told what people want to know while it runs, a line each; from any thread
    /// @throws org.badak.gradient.EngineException if it cannot be started, or not in time
    TrialEngine start(TrialFunction function, byte[] shared, Map<String, String> settings, Consumer<String> notes);
}
