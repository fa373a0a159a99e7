package org.badak.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Json;
import org.badak.gradient.EngineException;
import org.badak.train.TrainingException;
import org.badak.tune.TrialEngine;

/// Trials that an engine carries out elsewhere, by [SpreadFunction]; they are checked here.
final class SpreadTrials implements Trials {
    private final Trials here;
    private final TrialEngine engine;
    private volatile boolean stopped;

    SpreadTrials(Trials here, TrialEngine engine) {
        this.here = here;
        this.engine = engine;
    }

    @Override
    public long budget(Map<String, String> values) {
        return here.budget(values);
    }

    @Override
    public void check(Map<String, String> values, long budget) {
        here.check(values, budget);
    }

    @Override
    public Trained train(Map<String, String> values, long budget) {
        try {
            return answer(engine.run(request(values, budget)));
        } catch (EngineException cancelled) {
            if (stopped) {
                return new Trained(Double.NaN, Double.NaN, "");
            }
            throw cancelled;
        }
    }

    @Override
    public byte[] sent() {
        return here.sent();
    }

    @Override
    public void stop() {
        stopped = true;
        engine.stop();
    }

    /// A trial as it is sent.
    static String request(Map<String, String> values, long budget) {
        ObjectBuilder varied = new ObjectBuilder();
        values.forEach(varied::put);
        return new ObjectBuilder()
                .put("budget", budget)
                .put("values", varied.json())
                .json()
                .toString();
    }

    /// Carries a request out.
    ///
    /// @return what [#answer] reads: numbers to the bit, or why training diverged
    static String carriedOut(Trials trials, String request) {
        Map<String, Json> members = members(request);
        Map<String, String> values = new LinkedHashMap<>();
        if (members.get("values") instanceof Json.Members varied) {
            varied.values().forEach((name, value) -> values.put(name, text(value)));
        }
        long budget = Long.parseLong(String.valueOf(members.get("budget")));
        try {
            Trained trained = trials.train(values, budget);
            return new ObjectBuilder()
                    .put("headline", Double.toHexString(trained.headline()))
                    .put("loss", Double.toHexString(trained.loss()))
                    .put("hash", trained.hash())
                    .json()
                    .toString();
        } catch (TrainingException diverged) {
            return new ObjectBuilder()
                    .put("step", diverged.step())
                    .put("diverged", String.valueOf(diverged.getMessage()))
                    .json()
                    .toString();
        }
    }

    private static Trained answer(String text) {
        Map<String, Json> members = members(text);
        if (members.containsKey("diverged")) {
            throw new TrainingException(
                    Long.parseLong(String.valueOf(members.get("step"))),
                    text(members.getOrDefault("diverged", Json.Word.NULL)));
        }
        return new Trained(
                Double.parseDouble(text(members.getOrDefault("headline", Json.Word.NULL))),
                Double.parseDouble(text(members.getOrDefault("loss", Json.Word.NULL))),
                text(members.getOrDefault("hash", Json.Word.NULL)));
    }

    private static Map<String, Json> members(String text) {
        if (Json.parse(text) instanceof Json.Members members) {
            return members.values();
        }
        throw new IllegalArgumentException("trial: expected an object, found " + text);
    }

    private static String text(Json value) {
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw new IllegalArgumentException("trial: expected a text, found " + value);
    }
}
