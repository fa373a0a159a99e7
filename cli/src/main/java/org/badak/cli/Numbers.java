package org.badak.cli;

import java.util.Arrays;

/// Lists of numbers as they are typed: `-3,4`.
final class Numbers {
    private Numbers() {}

    /// The numbers of a list.
    ///
    /// @param option named in messages
    /// @throws UsageException if one is not a number, or not finite
    static double[] of(String option, String text) {
        String[] parts = text.split(",", -1);
        double[] numbers = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                numbers[i] = Double.parseDouble(parts[i].trim());
            } catch (NumberFormatException malformed) {
                numbers[i] = Double.NaN;
            }
            if (!Double.isFinite(numbers[i])) {
                throw UsageException.of(
                        option,
                        "'" + parts[i].trim() + "'",
                        "finite numbers separated by commas",
                        "try " + option + " 3 or " + option + " -3,4");
            }
        }
        return numbers;
    }

    /// A list of numbers as text: `(-3.0, 4.0)`, without brackets if there is one.
    static String text(double... numbers) {
        return numbers.length == 1
                ? Double.toString(numbers[0])
                : Arrays.toString(numbers).replace('[', '(').replace(']', ')');
    }
}
