package org.badak.spark;

import java.util.function.UnaryOperator;
import org.apache.spark.TaskContext;
import org.badak.tune.TrialFunction;

/// A function for tests: as many times the trial as the shared byte says. A trial `torn` fails at first, `slow` takes
/// half a minute, `bad` fails always.
public final class Doubling implements TrialFunction {
    /// For [java.util.ServiceLoader].
    public Doubling() {}

    @Override
    public String name() {
        return "doubling";
    }

    @Override
    public UnaryOperator<String> prepare(byte[] shared) {
        return trial -> {
            if (trial.equals("bad") || trial.equals("torn") && TaskContext.get().attemptNumber() == 0) {
                throw new IllegalStateException("no disk for " + trial);
            }
            if (trial.equals("slow")) {
                Sleep.seconds(30);
            }
            return trial.repeat(shared[0]);
        };
    }
}
