package org.badak.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.model.Slot;
import org.badak.tabular.TableModel;

/// A model as one class in Java 17 that needs nothing else: parameters, preparation of its inputs, and prediction, in a
/// source file.
///
/// It answers with the same bits as [org.badak.model.Predictor] on the scalar kernels: every sum is the same chain of
/// fused multiply-adds, exp and its kin are the same polynomials. Java 17 is the first whose arithmetic is strict
/// everywhere. Numbers of float64 models are rounded to float32, as a predictor does.
///
/// @param packageName where it stands; empty for none
/// @param className its name
public record JavaSource(String packageName, String className) {
    /// How an exported file begins.
    public static final String MARK = "// Made by Badak";

    private static final long MOST_PARAMETERS = 1 << 24;
    private static final int MOST_CLASSES = 5000;
    private static final Set<String> TAKEN = Set.of(
            "Arrays",
            "Base64",
            "ByteBuffer",
            "Float",
            "IllegalArgumentException",
            "List",
            "Locale",
            "Map",
            "Math",
            "Pattern",
            "Set",
            "String"); // classes that the source names

    /// @throws IllegalArgumentException if one of the names is none in Java
    public JavaSource {
        if (!packageName.isEmpty() && !SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException(
                    "package: found '" + packageName + "', expected a name of Java such as org.example.digits");
        }
        boolean named = SourceVersion.isIdentifier(className) && !SourceVersion.isKeyword(className);
        if (!named || TAKEN.contains(className)) {
            throw new IllegalArgumentException("class: found '" + className
                    + "', expected a name of Java that the class does not use itself, such as Digits");
        }
    }

    /// The source of the class.
    ///
    /// @param where the model was read from, for messages
    /// @throws IllegalArgumentException if the model has a layer of the user's own, or is too large for a class
    public String of(SavedModel model, String where) {
        long count = model.parameters().slots().stream().mapToLong(Slot::count).sum();
        if (count > MOST_PARAMETERS) {
            throw tooLarge(where, count + " parameters", MOST_PARAMETERS);
        }
        if (model.classNames().size() > MOST_CLASSES) {
            throw tooLarge(where, model.classNames().size() + " classes", MOST_CLASSES);
        }
        JavaFunctions functions = new JavaFunctions();
        JavaNetwork network = new JavaNetwork(model.network(), model.parameters(), functions);
        String statements = network.statements();
        String prediction = network.prediction();
        String inputs = switch (model.inputs()) {
            case Inputs.Images images -> pixels("pixels, row by row");
            case Inputs.Features features -> features.bytes() ? pixels("bytes") : "";
            case Inputs.Table table -> new JavaTable(TableModel.of(model, where).preparation(), functions).members();
        };
        return head(model)
                + declarations(model, network.numbers())
                + """

                    private %1$s() {}
                %2$s
                    /**
                     * What the network predicts for one example%3$s.
                     *
                     * @param x INPUTS numbers; not changed
                     * @return OUTPUTS numbers
                     */
                    public static float[] predict(float[] x) {
                        float[] a = outputs(x);
                        return %4$s;
                    }

                    /** The position of the largest output for one example, the first of equals. */
                    public static int classOf(float[] x) {
                        float[] a = outputs(x);
                        int best = 0;
                        for (int i = 1; i < a.length; i++) {
                            best = a[i] > a[best] ? i : best;
                        }
                        return best;
                    }

                    /** The layers. */
                    private static float[] outputs(float[] x) {
                        if (x.length != INPUTS) {
                            throw new IllegalArgumentException("expected " + INPUTS + " numbers, found " + x.length);
                        }
                        float[] a = x;
                %5$s        return a;
                    }
                %6$s}
                """.formatted(
                                className,
                                inputs,
                                model.classNames().isEmpty() ? "" : ": of each of CLASSES, its probability or score",
                                prediction,
                                statements,
                                functions.source());
    }

    private static IllegalArgumentException tooLarge(String where, String found, long most) {
        return new IllegalArgumentException(where + ": found " + found + ", expected at most "
                + String.format(Locale.ROOT, "%,d", most)
                + " for a class of Java; use the model file with the library badak-core instead");
    }

    private String head(SavedModel model) {
        StringBuilder head = new StringBuilder(MARK)
                .append(" (badak export): a trained network in one class. It needs Java 17 and nothing else,\n")
                .append("// may be used by any number of threads, and answers with the same bits as Badak.\n//\n")
                .append("// Network: ")
                .append(ascii(model.network().summary()))
                .append("; step ")
                .append(model.step())
                .append(", seed ")
                .append(model.seed())
                .append("\n// Parameters: SHA-256 ")
                .append(model.parameters().sha256())
                .append('\n');
        if (!packageName.isEmpty()) {
            head.append("package ").append(packageName).append(";\n");
        }
        List<String> used = new ArrayList<>(List.of("java.nio.ByteBuffer", "java.util.Arrays", "java.util.Base64"));
        used.add("java.util.List");
        if (model.inputs() instanceof Inputs.Table) {
            used.addAll(List.of("java.util.Locale", "java.util.Map", "java.util.Set", "java.util.regex.Pattern"));
        }
        head.append('\n');
        used.forEach(name -> head.append("import ").append(name).append(";\n"));
        return head.toString();
    }

    private String declarations(SavedModel model, float[] numbers) {
        return """

                /** A trained network; what it takes and gives is said at its methods. */
                public final class %1$s {
                    /** Numbers that make up one example. */
                    public static final int INPUTS = %2$d;

                    /** Numbers that are predicted for one example. */
                    public static final int OUTPUTS = %3$d;

                    /** What the outputs stand for, in order; empty where they are values. */
                    public static final List<String> CLASSES = List.of(%4$s);

                    private static final String[] DATA = { // float32, big-endian, in Base64
                %5$s    };

                    private static final float[] P = parameters();

                    private static float[] parameters() {
                        float[] all = new float[%6$d];
                        int place = 0;
                        for (String part : DATA) {
                            ByteBuffer bytes = ByteBuffer.wrap(Base64.getMimeDecoder().decode(part));
                            while (bytes.hasRemaining()) {
                                all[place++] = bytes.getFloat();
                            }
                        }
                        return all;
                    }
                """.formatted(
                        className,
                        model.network().inputs(),
                        model.network().outputs(),
                        JavaText.quoted(model.classNames()),
                        JavaText.blocks(numbers),
                        numbers.length);
    }

    private static String pixels(String what) {
        return """

                    /** The inputs for unsigned bytes, that is %s: divided by 255. */
                    public static float[] pixels(byte[] bytes) {
                        float[] x = new float[bytes.length];
                        for (int i = 0; i < x.length; i++) {
                            x[i] = (bytes[i] & 0xFF) / 255f;
                        }
                        return x;
                    }
                """.formatted(what);
    }

    private static String ascii(String text) {
        return text.replaceAll("[^ -~]|\\\\", "?");
    }
}
