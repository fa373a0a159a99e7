package org.badak.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.badak.kernel.Activation;
import org.badak.kernel.Elementary;
import org.badak.kernel.SmoothFunctions;

/// The functions of an exported class: those of the scalar kernels in float32, written out in Java 17, one example at a
/// time. They stand in `functions.txt`, each behind a line `@ name: what it calls`; their constants come from the
/// kernels. Tests hold them to the kernels' bits.
final class JavaFunctions {
    private static final Map<String, Function> ALL = read();

    private final List<String> chosen = new ArrayList<>();

    JavaFunctions() {}

    /// @param text Java source
    /// @param calls functions that it calls
    private record Function(String text, List<String> calls) {}

    /// Asks for a function and all that it calls.
    ///
    /// @return its name
    String use(String name) {
        if (!chosen.contains(name)) {
            chosen.add(name);
            Objects.requireNonNull(ALL.get(name), name).calls().forEach(this::use);
        }
        return name;
    }

    /// The source of all functions that were asked for.
    String source() {
        StringBuilder source = new StringBuilder();
        for (String name : ALL.keySet()) {
            if (chosen.contains(name)) {
                source.append('\n').append(ALL.get(name).text()).append('\n');
            }
        }
        return source.toString();
    }

    private static Map<String, Function> read() {
        Map<String, Function> functions = new LinkedHashMap<>();
        for (String part : text().split("(?m)^@ ")) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                String[] head = part.substring(0, end).split(":");
                List<String> calls =
                        head.length == 1 ? List.of() : List.of(head[1].strip().split(" "));
                functions.put(head[0], new Function(part.substring(end + 1).stripTrailing(), calls));
            }
        }
        return functions;
    }

    private static String text() {
        try (InputStream stream = JavaFunctions.class.getResourceAsStream("functions.txt")) {
            String text = new String(
                    Objects.requireNonNull(stream, "the module has its functions")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            for (Map.Entry<String, String> constant : constants().entrySet()) {
                text = text.replace("@" + constant.getKey() + "@", constant.getValue());
            }
            return text;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, String> constants() {
        StringJoiner normal = new StringJoiner(", ");
        for (int i = 0; i < SmoothFunctions.normalTermsOfFloat(); i++) {
            normal.add(SmoothFunctions.normalTermOfFloat(i) + "f");
        }
        return Map.of(
                "NORMAL", normal.toString(),
                "LINEAR", Activation.LINEAR_F + "f",
                "CUBIC", Activation.CUBIC_F + "f",
                "INVERSE_LN2", Elementary.INVERSE_LN2_F + "f",
                "ROUNDER", Elementary.ROUNDER_F + "f",
                "LN2_LOW", Elementary.LN2_LOW_F + "f",
                "LN2_HIGH", Elementary.LN2_HIGH_F + "f");
    }
}
