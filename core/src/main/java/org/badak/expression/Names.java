package org.badak.expression;

import java.util.ArrayList;
import java.util.List;

/// The names that an expression may use, and the one a wrong name was probably meant to be.
final class Names {
    private Names() {}

    /// Whether a name in small letters is x, x0, x1, … or x_0, x_1, ….
    static boolean isVariable(String name) {
        if (!name.startsWith("x")) {
            return false;
        }
        String digits = name.startsWith("x_") ? name.substring(2) : name.substring(1);
        boolean numbered = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return name.equals("x") || numbered;
    }

    /// " Did you mean …?" for the nearest known name, or nothing where none is near.
    static String suggestion(String name) {
        if (name.matches("[a-z]") && !name.equals("x")) {
            return " Did you mean \"x\"?";
        }
        List<String> known = new ArrayList<>(Function.names());
        known.add("pi");
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return least <= Math.max(1, name.length() / 3) ? " Did you mean \"" + best + "\"?" : "";
    }

    /// Least number of letters to insert, delete, replace or swap with their neighbour.
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
