package org.badak.cli;

import java.util.Map;
import java.util.Optional;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardWork;

/// Where shards are computed.
///
/// @param name `process`, this one, or that of an engine
/// @param settings of the engine, by name
/// @param home where its library is, as typed; empty to look for it
record EngineChoice(String name, Map<String, String> settings, String home) {
    /// In this process.
    static final EngineChoice PROCESS = new EngineChoice("process", Map.of(), "");

    /// Copies the map.
    EngineChoice {
        settings = Map.copyOf(settings);
    }

    /// Whether it is this process.
    boolean isProcess() {
        return name.equals(PROCESS.name());
    }

    /// Starts the engine; nothing for this process.
    ///
    /// @throws CommandFailure if its library is missing
    /// @throws org.badak.gradient.EngineException if it cannot be started, or not in time
    Optional<ShardEngine> start(ShardWork work, Console console) {
        if (isProcess()) {
            return Optional.empty();
        }
        console.note(Texts.of("Starting Spark at ", "Spark를 시작합니다: ") + settings.get("master"));
        ShardEngine engine = SparkLibrary.find(home).start(work, settings, console::note);
        console.note(Texts.of("Shards are computed by ", "조각을 계산하는 곳: ") + engine.place());
        return Optional.of(engine);
    }
}
