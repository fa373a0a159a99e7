package org.badak.gradient;

import java.util.Map;
import java.util.function.Consumer;

/// Starts a [ShardEngine]; found as a service, so that whoever trains need not know the library
/// that the engine rests on.
public interface ShardEngineProvider {
    /// The engine's name on the command line.
    String name();

    /// Starts an engine.
    ///
    /// @param work what it computes
    /// @param settings by name, as the engine documents them
    /// @param notes told what people want to know while it runs, a line each; from any thread
    /// @throws EngineException if it cannot be started, or not in time
    ShardEngine start(ShardWork work, Map<String, String> settings, Consumer<String> notes);
}
