package org.badak.figure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Contour lines by marching squares, joined to long lines. Cells with a value that is not finite are left out.
final class ContourLines {
    private final Field field;
    private final double level;
    /// Edge of the grid → the one or two edges it is joined to. Edges are numbered: horizontal ones 2k, vertical 2k +
    /// 1,
    /// where k is the number of their left or lower sample.
    private final Map<Integer, List<Integer>> joined = new LinkedHashMap<>();

    private ContourLines(Field field, double level) {
        this.field = field;
        this.level = level;
    }

    /// The lines where the field has the value `level`.
    static List<Points> at(Field field, double level) {
        ContourLines lines = new ContourLines(field, level);
        for (int j = 0; j + 1 < field.rows(); j++) {
            for (int i = 0; i + 1 < field.columns(); i++) {
                lines.cell(i, j);
            }
        }
        return lines.chains();
    }

    /// Round levels between the extremes of a field: evenly spaced in the square root of the height above the lowest
    /// value, so that a bowl gets evenly spaced rings.
    static double[] levels(Field field, int count) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < field.rows(); j++) {
            for (int i = 0; i < field.columns(); i++) {
                double value = field.value(i, j);
                if (Scale.drawable(false, value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (!(most > least)) {
            return new double[0];
        }
        double[] levels = new double[count];
        for (int k = 0; k < count; k++) {
            double t = (k + 1.0) / (count + 1);
            levels[k] = least + (most - least) * t * t;
        }
        return levels;
    }

    private void cell(int i, int j) {
        double a = field.value(i, j);
        double b = field.value(i + 1, j);
        double c = field.value(i + 1, j + 1);
        double d = field.value(i, j + 1);
        if (!Double.isFinite(a) || !Double.isFinite(b) || !Double.isFinite(c) || !Double.isFinite(d)) {
            return;
        }
        int lower = edge(i, j, 0);
        int right = edge(i + 1, j, 1);
        int upper = edge(i, j + 1, 0);
        int left = edge(i, j, 1);
        int pattern = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
        boolean middleAbove = (a + b + c + d) / 4 > level;
        switch (pattern) {
            case 1, 14 -> join(left, lower);
            case 2, 13 -> join(lower, right);
            case 3, 12 -> join(left, right);
            case 4, 11 -> join(right, upper);
            case 6, 9 -> join(lower, upper);
            case 7, 8 -> join(left, upper);
            case 5, 10 -> {
                boolean cutsLowerLeft = (pattern == 5) != middleAbove;
                join(left, cutsLowerLeft ? lower : upper);
                join(right, cutsLowerLeft ? upper : lower);
            }
            default -> {} // 0 and 15: the line does not cross this cell
        }
    }

    private int edge(int i, int j, int vertical) {
        return 2 * (j * field.columns() + i) + vertical;
    }

    private void join(int one, int other) {
        joined.computeIfAbsent(one, e -> new ArrayList<>(2)).add(other);
        joined.computeIfAbsent(other, e -> new ArrayList<>(2)).add(one);
    }

    private List<Points> chains() {
        List<Points> chains = new ArrayList<>();
        while (!joined.isEmpty()) {
            int start = joined.keySet().iterator().next();
            Deque<Integer> chain = new ArrayDeque<>(List.of(start));
            for (int next = step(start); next >= 0; next = step(next)) {
                chain.addLast(next);
            }
            for (int next = step(start); next >= 0; next = step(next)) {
                chain.addFirst(next);
            }
            double[] xs = new double[chain.size()];
            double[] ys = new double[chain.size()];
            int n = 0;
            for (int edge : chain) {
                place(edge, xs, ys, n++);
            }
            chains.add(Points.of(xs, ys));
        }
        return chains;
    }

    /// Takes one joint away from an edge and returns the edge at its other end, or −1.
    private int step(int edge) {
        List<Integer> ends = joined.get(edge);
        if (ends == null) {
            return -1;
        }
        int other = ends.removeLast();
        List<Integer> back = joined.getOrDefault(other, new ArrayList<>()); // joints are kept at both ends
        back.remove(Integer.valueOf(edge));
        if (ends.isEmpty()) {
            joined.remove(edge);
        }
        if (back.isEmpty()) {
            joined.remove(other);
        }
        return other;
    }

    private void place(int edge, double[] xs, double[] ys, int n) {
        int sample = edge / 2;
        int i = sample % field.columns();
        int j = sample / field.columns();
        boolean vertical = edge % 2 == 1;
        double here = field.value(i, j);
        double there = vertical ? field.value(i, j + 1) : field.value(i + 1, j);
        double t = Math.clamp((level - here) / (there - here), 0.0, 1.0);
        xs[n] = vertical ? field.x(i) : field.x(i) + t * (field.x(i + 1) - field.x(i));
        ys[n] = vertical ? field.y(j) + t * (field.y(j + 1) - field.y(j)) : field.y(j);
    }
}
