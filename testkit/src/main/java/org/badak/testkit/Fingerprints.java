package org.badak.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;

/// What short trainings give, to the bit: a SHA-256 of losses and parameters for every layer, activation, loss,
/// optimizer, schedule, sampler, augmentation and gradient of the catalog, in float32 and float64. The ones that count
/// are recorded in `fingerprints.txt` beside this class; whatever processor, kernels, number of threads or JVM option
/// gives another one breaks the promise of the same bits.
public final class Fingerprints {
    /// The file of the recorded ones: a line for each, name = SHA-256.
    static final String FILE = "fingerprints.txt";

    /// A selection for where all take too long: what computes special functions, draws random numbers, or adds in an
    /// order of its own.
    public static final String SMALL =
            "(activation/(sigmoid|gelu|softplus)|augment/all|loss/[a-z-]+|optimizer/(sgd|adam)/decay)/float32"
                    + "|layer/(conv|dropout|batchnorm)/float64";
    /// All of them.
    public static final String WHOLE = ".*";

    private Fingerprints() {}

    /// Trains, in the order of the file.
    ///
    /// @param threads at least 1
    /// @param names a regular expression for those wanted: [#WHOLE], [#SMALL]
    /// @return by name: `layer/conv/float32`
    public static Map<String, String> of(KernelChoice choice, int threads, String names) {
        Map<String, String> found = new LinkedHashMap<>();
        for (Precision precision : Precision.values()) {
            try (Kernels kernels = choice.kernels(precision, threads)) {
                for (Recipe recipe : Recipe.all()) {
                    String name = recipe.name() + "/" + precision.name().toLowerCase(Locale.ROOT);
                    if (recipe.fits(precision) && name.matches(names)) {
                        found.put(name, recipe.fingerprint(kernels));
                    }
                }
            }
        }
        return found;
    }

    /// Those that count.
    public static Map<String, String> recorded() {
        InputStream file =
                Objects.requireNonNull(Fingerprints.class.getResourceAsStream(FILE), "the module has its fingerprints");
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            Map<String, String> recorded = new LinkedHashMap<>();
            reader.lines().forEach(line -> {
                String[] parts = line.split(" = ", 2);
                recorded.put(parts[0], parts[1]);
            });
            return recorded;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// In a process of its own: prints what it runs on, and a line for each, as in the file.
    ///
    /// @param arguments number of threads, and a regular expression for the names wanted
    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        KernelChoice choice = KernelChoice.current();
        out.println("# " + choice.set().description());
        of(choice, threads, arguments[1]).forEach((name, hash) -> out.println(name + " = " + hash));
        out.flush();
    }
}
