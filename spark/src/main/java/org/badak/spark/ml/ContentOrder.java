package org.badak.spark.ml;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// An order of rows that depends on nothing but what stands in them: by a hash, rows with the same
/// hash by their numbers. Rows that are equal in everything may stand in either order: nobody can
/// tell them apart. The hash scatters rows, so that neighbours in it have nothing in common.
///
/// The order is part of what a seed means: another hash would give other models.
///
/// @param chunks that hold the rows
/// @param features numbers of a row
record ContentOrder(List<RowChunk> chunks, int features) {
    /// Sorted places of rows: number of the chunk in the upper, place in it in the lower half.
    long[] sorted(long[] rows) {
        long[] hashes = Arrays.stream(rows).parallel().map(this::hash).toArray();
        Integer[] order = IntStream.range(0, rows.length).boxed().toArray(Integer[]::new);
        Arrays.parallelSort(order, (one, other) -> {
            int byHash = Long.compareUnsigned(hashes[one], hashes[other]);
            return byHash != 0 ? byHash : compare(rows[one], rows[other]);
        });
        return Arrays.stream(order).mapToLong(i -> rows[i]).toArray();
    }

    /// Of features, label, weight and mark.
    private long hash(long place) {
        RowChunk chunk = chunks.get((int) (place >>> 32));
        int row = (int) place;
        long hash = features;
        for (int i = row * features; i < (row + 1) * features; i++) {
            hash = mixed(hash ^ Float.floatToRawIntBits(chunk.x()[i]));
        }
        hash = mixed(hash ^ Double.doubleToRawLongBits(chunk.labels()[row]));
        hash = mixed(hash ^ Double.doubleToRawLongBits(weight(chunk, row)));
        return mixed(hash ^ (isHeld(chunk, row) ? 1 : 0));
    }

    /// One multiplication and one shift (Steele, Lea and Flood's SplittableRandom, OOPSLA 2014, has
    /// two of each).
    private static long mixed(long bits) {
        long product = bits * 0x9E3779B97F4A7C15L;
        return product ^ product >>> 32;
    }

    private int compare(long one, long other) {
        RowChunk left = chunks.get((int) (one >>> 32));
        RowChunk right = chunks.get((int) (other >>> 32));
        int leftRow = (int) one;
        int rightRow = (int) other;
        int byFeatures = Arrays.compare(
                left.x(),
                leftRow * features,
                (leftRow + 1) * features,
                right.x(),
                rightRow * features,
                (rightRow + 1) * features);
        if (byFeatures != 0) {
            return byFeatures;
        }
        int byLabel = Double.compare(left.labels()[leftRow], right.labels()[rightRow]);
        if (byLabel != 0) {
            return byLabel;
        }
        int byWeight = Double.compare(weight(left, leftRow), weight(right, rightRow));
        return byWeight != 0 ? byWeight : Boolean.compare(isHeld(left, leftRow), isHeld(right, rightRow));
    }

    private static double weight(RowChunk chunk, int row) {
        return chunk.weights().length == 0 ? 1 : chunk.weights()[row];
    }

    private static boolean isHeld(RowChunk chunk, int row) {
        return chunk.held().length > 0 && chunk.held()[row];
    }
}
