package org.badak.kernel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.badak.matrix.Precision;
import org.jspecify.annotations.Nullable;

/// The choice between kernel sets, made once per process and printed by `badak doctor`.
///
/// SIMD serves where its module is present and has no objection, otherwise scalar. `-Dbadak.kernels=scalar|simd` forces
/// one; a forced set that is missing or objects is an error, never a silent fallback.
///
/// @param set the chosen set
/// @param reason why, in one line
public record KernelChoice(KernelSet set, String reason) {
    /// The system property that forces a set.
    public static final String PROPERTY = "badak.kernels";

    private static @Nullable KernelChoice chosen;

    /// This process's choice.
    ///
    /// @throws IllegalStateException if a forced set is not available
    public static synchronized KernelChoice current() {
        KernelChoice choice = chosen;
        if (choice
                == null) { // not in a static initialiser: that would hide the message of a forced set that is missing
            choice = choose(System.getProperty(PROPERTY, ""));
            chosen = choice;
        }
        return choice;
    }

    /// Kernels of the chosen set.
    ///
    /// @param threads at least 1
    public Kernels kernels(Precision precision, int threads) {
        return new Kernels(set.name(), set.operations(precision), threads);
    }

    /// The scalar kernel set, always available.
    public static KernelSet scalar() {
        return new ScalarKernels();
    }

    static KernelChoice choose(String forced) {
        List<KernelSet> found = new ArrayList<>();
        List<String> objections = new ArrayList<>();
        String failure = "no SIMD kernels on the module path or class path";
        Iterator<KernelSet> services = ServiceLoader.load(KernelSet.class).iterator();
        try {
            while (services.hasNext()) {
                KernelSet set = services.next();
                objections.add(set.objection()); // loads what the set needs, or fails here
                found.add(set);
            }
        } catch (ExceptionInInitializerError misused) { // a property of the set with a wrong value
            throw misused;
        } catch (ServiceConfigurationError | LinkageError e) {
            // expected on a class path without --add-modules jdk.incubator.vector
            failure = "SIMD kernels could not be loaded (" + e.getMessage()
                    + "); on a class path add --add-modules jdk.incubator.vector";
        }
        found.add(scalar());
        if (!forced.isEmpty()) {
            return forced(forced, found, failure);
        }
        objections.add(scalar().objection());
        KernelSet first = found.getFirst();
        if (objections.getFirst().isEmpty()) {
            return new KernelChoice(first, first.name().equals("scalar") ? failure : "the fastest available");
        }
        return new KernelChoice(scalar(), first.name() + " kernels not used: " + objections.getFirst());
    }

    private static KernelChoice forced(String forced, List<KernelSet> found, String failure) {
        for (KernelSet set : found) {
            if (set.name().equals(forced)) {
                if (!set.objection().isEmpty()) {
                    throw new IllegalStateException(
                            "-D" + PROPERTY + "=" + forced + ": these kernels cannot serve here: " + set.objection()
                                    + ". Leave the property out to let Badak choose.");
                }
                return new KernelChoice(set, "forced by -D" + PROPERTY);
            }
        }
        List<String> names = found.stream().map(KernelSet::name).toList();
        throw new IllegalStateException("-D" + PROPERTY + "=" + forced + ": no such kernel set; available: " + names
                + (names.contains("simd") ? "" : " (" + failure + ")"));
    }
}
