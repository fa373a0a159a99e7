package org.badak.catalog;

import java.util.Collection;
import java.util.Optional;

/// Finds the name that somebody meant who typed another: the one with the smallest edit distance, if it is near enough
/// to be no accident.
public final class Suggestion {
    private static final int LEAST_END = 3;

    private Suggestion() {}

    /// The name nearest to what was typed, upper and lower case alike: the first that ends in it behind a hyphen; else
    /// the one that fewest changes make of it, empty if none is within a third of its letters.
    public static Optional<String> nearest(String typed, Collection<String> names) {
        String end = "-" + typed.toLowerCase(java.util.Locale.ROOT);
        for (String name : names) {
            if (end.length() > LEAST_END && name.endsWith(end)) {
                return Optional.of(name);
            }
        }
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            int distance = distance(typed.toLowerCase(java.util.Locale.ROOT), name.toLowerCase(java.util.Locale.ROOT));
            if (distance < least && distance <= Math.max(1, name.length() / 3)) {
                least = distance;
                nearest = name;
            }
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }

    /// A message about a name that is not known: what was found, what is known, and which was probably meant.
    ///
    /// @param kind what the name should name: `activation`
    public static String unknown(String kind, String typed, Collection<String> names) {
        return "unknown " + kind + " '" + typed + "'; expected one of " + String.join(", ", names)
                + nearest(typed, names)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("");
    }

    /// How many letters must be added, left out, replaced or exchanged with their neighbour to make b from a: the
    /// optimal string alignment distance (Damerau, CACM 7(3), 1964; each place changed at most once).
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
