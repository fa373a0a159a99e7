package org.badak.catalog;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// One line of the catalog: a name, what it stands for, and how it is made.
///
/// @param <T> what is made
/// @param name as on the command line and in files
/// @param form how it is written with its argument: `normal:0.01`; the name alone if it takes none
/// @param summary one line for readers
/// @param factory makes it from its argument, the text behind the colon; empty if there was none
public record Named<T>(String name, String form, String summary, Function<String, T> factory) {
    /// A line for something without an argument.
    static <T> Named<T> plain(String name, String summary, T value) {
        return new Named<>(name, name, summary, argument -> {
            if (!argument.isEmpty()) {
                throw new IllegalArgumentException(name + ": expected no argument, found " + argument);
            }
            return value;
        });
    }

    /// A line for something made from one number, which may be left out.
    static <T> Named<T> number(String name, double usual, String summary, DoubleFunction<? extends T> maker) {
        return new Named<>(
                name,
                name + ":" + usual,
                summary,
                argument -> maker.apply(argument.isEmpty() ? usual : number(name, argument)));
    }

    /// A number in an argument.
    ///
    /// @throws IllegalArgumentException if it is none; names what it was for
    static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(name + ": expected a number, found '" + text + "'", malformed);
        }
    }

    /// Names of all lines, in order.
    public static List<String> names(List<? extends Named<?>> lines) {
        return lines.stream().<String>map(Named::name).toList();
    }

    /// Forms of all lines, in order.
    public static List<String> forms(List<? extends Named<?>> lines) {
        return lines.stream().<String>map(Named::form).toList();
    }

    /// Makes the thing that a text such as `normal:0.01` names.
    ///
    /// @param kind what it should be, for messages: `initialisation`
    /// @throws IllegalArgumentException if the name or its argument is wrong; says what would be right
    static <T> T make(String kind, List<Named<T>> lines, String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        for (Named<T> line : lines) {
            if (line.name().equals(name)) {
                return line.factory().apply(colon < 0 ? "" : text.substring(colon + 1));
            }
        }
        throw new IllegalArgumentException(Suggestion.unknown(kind, name, names(lines)));
    }
}
