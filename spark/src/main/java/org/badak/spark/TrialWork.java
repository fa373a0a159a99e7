package org.badak.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.badak.tune.TrialFunction;

/// What all trials of a search share, as it is sent to every executor, once.
///
/// @param job a name that no other search in a process has
/// @param function the name of the service that carries trials out
/// @param shared as that takes it
record TrialWork(String job, String function, byte[] shared) implements Serializable {
    private static final Map<String, UnaryOperator<String>> READY = new ConcurrentHashMap<>();

    /// The function, made ready in this process.
    UnaryOperator<String> ready() {
        return READY.computeIfAbsent(job, name -> prepared());
    }

    /// Forgets it.
    void forget() {
        READY.remove(job);
    }

    private UnaryOperator<String> prepared() {
        for (TrialFunction each : ServiceLoader.load(TrialFunction.class, TrialWork.class.getClassLoader())) {
            if (each.name().equals(function)) {
                return each.prepare(shared);
            }
        }
        throw new IllegalStateException("no service of " + TrialFunction.class.getName() + " is called " + function
                + " on this executor: its code was not sent, or is of another version");
    }
}
