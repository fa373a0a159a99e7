package org.badak.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardWork;
import org.badak.tune.TrialEngine;
import org.badak.tune.TrialEngineProvider;

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

    /// What carries out the trials of searches that are begun within its scope, in place of the library. For tests.
    static final ScopedValue<TrialEngineProvider> TRIALS = ScopedValue.newInstance();

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

    /// Starts the engine for the trials of a search; nothing for this process.
    ///
    /// @throws CommandFailure if its library is missing
    /// @throws org.badak.gradient.EngineException if it cannot be started, or not in time
    Optional<TrialEngine> startTrials(Trials trials, Console console) {
        if (isProcess()) {
            return Optional.empty();
        }
        console.note(Texts.of("Starting Spark at ", "Spark를 시작합니다: ") + settings.get("master"));
        TrialEngineProvider provider = TRIALS.isBound() ? TRIALS.get() : SparkLibrary.find(home);
        TrialEngine engine = provider.start(new SpreadFunction(), trials.sent(), settings, console::note);
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Trials are trained by %s, %d at a time", "시도를 학습하는 곳: %s, 동시에 %d개까지"),
                engine.place(),
                engine.parallel()));
        return Optional.of(engine);
    }
}
