package org.badak.gradient;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.badak.matrix.Matrix;

/// Two gradients of one parameter tensor, element by element: `a`, which is checked, and `n`, the central
/// differences.
///
/// An element agrees if |a − n| ≤ atol·s + rtol·|n| + floor, where the scale s is the largest |n| of the tensor and
/// the floor is the rounding error of a central difference, 64·2⁻⁵²·|loss|/h.
final class Comparison {
    /// rtol, PyTorch's.
    static final double RELATIVE = 1e-3;
    /// atol, as a part of the scale.
    static final double ABSOLUTE = 1e-5;

    private static final double ROUNDINGS = 64 * 0x1p-52;
    private static final double COUNTS = 1e-3;

    /// The place of an element.
    record Place(int row, int column) {}

    final double[][] a;
    final double[][] n;
    final int rows;
    final int columns;
    final double scale;
    final double floor;

    /// @param loss the batch's loss, for the rounding error
    /// @param h the step of n
    Comparison(double[][] a, double[][] n, double loss, double h) {
        this.a = a;
        this.n = n;
        rows = n.length;
        columns = rows == 0 ? 0 : n[0].length;
        double largest = 0;
        for (double[] values : n) {
            for (double value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        scale = largest;
        floor = floor(loss, h);
    }

    static Comparison of(Matrix a, Matrix n, double loss, double h) {
        return new Comparison(a.toArray(), n.toArray(), loss, h);
    }

    static double floor(double loss, double h) {
        return ROUNDINGS * Math.abs(loss) / h;
    }

    /// How far a may be from a wanted value.
    double tolerance(double wanted) {
        return ABSOLUTE * scale + RELATIVE * Math.abs(wanted) + floor;
    }

    boolean agrees(int row, int column) {
        return close(a[row][column], n[row][column]);
    }

    boolean close(double found, double wanted) {
        return Math.abs(found - wanted) <= tolerance(wanted);
    }

    /// All elements that do not agree, the worst first.
    List<Place> wrong() {
        List<Place> places = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (!agrees(row, column)) {
                    places.add(new Place(row, column));
                }
            }
        }
        places.sort(Comparator.comparingDouble(place -> -excess(place)));
        return places;
    }

    private double excess(Place place) {
        double wanted = n[place.row][place.column];
        return Math.abs(a[place.row][place.column] - wanted) / tolerance(wanted);
    }

    boolean finite() {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (!Double.isFinite(a[row][column]) || !Double.isFinite(n[row][column])) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether neither gradient has an element above the rounding error.
    boolean vacuous() {
        return scale <= floor && largestOfA() <= floor;
    }

    double largestOfA() {
        double largest = 0;
        for (double[] values : a) {
            for (double value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    double error(Place place) {
        return Math.abs(a[place.row][place.column] - n[place.row][place.column]);
    }

    double relativeError(Place place) {
        double found = a[place.row][place.column];
        double wanted = n[place.row][place.column];
        double larger = Math.max(Math.abs(found), Math.abs(wanted));
        return larger == 0 ? 0 : Math.abs(found - wanted) / larger;
    }

    /// The element with the largest relative error among those that count.
    ///
    /// @param left elements that do not count
    Place worst(List<Place> left) {
        Place worst = new Place(0, 0);
        double largest = -1;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                Place place = new Place(row, column);
                boolean counts = Math.max(Math.abs(a[row][column]), Math.abs(n[row][column])) > COUNTS * scale + floor
                        || !agrees(row, column);
                double error = relativeError(place);
                if (Double.isNaN(error)) {
                    return place;
                }
                if (counts && error > largest && !left.contains(place)) {
                    largest = error;
                    worst = place;
                }
            }
        }
        return worst;
    }

    /// Whether all of a are float32 numbers that differ from n as rounding to float32 makes them differ.
    boolean looksRoundedToFloat32() {
        int numbers = 0;
        int away = 0;
        int full = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = a[row][column];
                if (value != (float) value) {
                    return false;
                }
                if (Math.abs(value) > COUNTS * scale + floor) {
                    numbers++;
                    away += Math.abs(value - n[row][column]) > 1e-9 * Math.abs(value) ? 1 : 0;
                    full += (Float.floatToRawIntBits((float) value) & 0xFFF) != 0 ? 1 : 0;
                }
            }
        }
        return numbers >= 3 && 2 * away >= numbers && 2 * full >= numbers;
    }
}
