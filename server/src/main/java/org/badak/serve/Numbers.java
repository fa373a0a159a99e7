package org.badak.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Numbers of a tensor as they come, with the lengths of the arrays they were nested in.
final class Numbers {
    private double[] values = new double[64];
    private int count;
    private int depth;
    private final List<Integer> lengths = new ArrayList<>();

    /// @param level how many arrays are around the number
    void add(double value, int level) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
        depth = depth == 0 || depth == level ? level : -1;
    }

    /// An array ended.
    ///
    /// @param level arrays around it
    /// @param length its items
    /// @return whether all arrays of its level have this length and all numbers one level
    boolean close(int level, int length) {
        while (lengths.size() <= level) {
            lengths.add(-1);
        }
        int known = lengths.get(level);
        lengths.set(level, length);
        return depth >= 0 && (known < 0 || known == length);
    }

    int count() {
        return count;
    }

    /// The shape that the nesting gives; of one number where they are flat.
    List<Integer> shape() {
        return List.copyOf(lengths);
    }

    double get(int i) {
        return values[i];
    }
}
