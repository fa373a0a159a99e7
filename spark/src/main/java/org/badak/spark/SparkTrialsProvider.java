package org.badak.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.badak.tune.TrialEngine;
import org.badak.tune.TrialEngineProvider;
import org.badak.tune.TrialFunction;

/// The engine `spark` for the trials of a search, as a service, with the settings of
/// [SparkEngineProvider]; `round-timeout` is the deadline of a trial, an hour unless it is set.
public final class SparkTrialsProvider implements TrialEngineProvider {
    /// For [java.util.ServiceLoader].
    public SparkTrialsProvider() {}

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public TrialEngine start(
            TrialFunction function, byte[] shared, Map<String, String> settings, Consumer<String> notes) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("round-timeout", Long.toString(SparkTrials.DEADLINE.toSeconds()));
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(SparkTrialsProvider.class.getClassLoader()); // as SparkEngineProvider
        try {
            SparkTrials trials = SparkTrials.start(function, shared, SparkSettings.of(all));
            LostExecutors.tell(trials.context(), trials::isClosed, "its trials are trained again", notes);
            return trials;
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
