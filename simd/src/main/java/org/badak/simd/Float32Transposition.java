package org.badak.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies a float32 matrix across. Blocks of 8 × 8 are exchanged in registers in three rounds, halves, quarters and
/// neighbours of a row with those of another; what is left at the edges is copied one by one.
final class Float32Transposition {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
    private static final int SIDE = 8;
    private static final boolean IN_REGISTERS = Width.FLOATS.length() >= SIDE;
    private static final int FEWEST_ELEMENTS = 1024; // fewer are copied before the blocks would be compiled

    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromValues(SPECIES, 4, 5, 6, 7, 0, 1, 2, 3);
    private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1, 6, 7, 4, 5);
    private static final VectorShuffle<Float> SINGLES = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2, 5, 4, 7, 6);
    private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(SPECIES, 0b11110000);
    private static final VectorMask<Float> UPPER_PAIRS = VectorMask.fromLong(SPECIES, 0b11001100);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(SPECIES, 0b10101010);

    private Float32Transposition() {}

    /// target[j, i] = source[i, j] for i below `rows` and j below `columns`.
    ///
    /// @param from place of source[0, 0]
    /// @param stride distance of the source's rows
    /// @param to place of target[0, 0]
    /// @param targetStride distance of the target's rows
    static void copy(
            float[] source, int from, int stride, float[] target, int to, int targetStride, int rows, int columns) {
        boolean blocks = IN_REGISTERS && rows * columns >= FEWEST_ELEMENTS;
        int blockRows = blocks ? rows - rows % SIDE : 0;
        int blockColumns = blocks ? columns - columns % SIDE : 0;
        for (int i = 0; i < blockRows; i += SIDE) {
            for (int j = 0; j < blockColumns; j += SIDE) {
                block(source, from + i * stride + j, stride, target, to + j * targetStride + i, targetStride);
            }
        }
        singly(source, from, stride, target, to, targetStride, 0, blockRows, blockColumns, columns);
        singly(source, from, stride, target, to, targetStride, blockRows, rows, 0, columns);
    }

    private static void singly(
            float[] source,
            int from,
            int stride,
            float[] target,
            int to,
            int targetStride,
            int firstRow,
            int lastRow,
            int firstColumn,
            int lastColumn) {
        for (int j = firstColumn; j < lastColumn; j++) {
            int place = from + firstRow * stride + j;
            int row = to + j * targetStride;
            for (int i = firstRow; i < lastRow; i++) {
                target[row + i] = source[place];
                place += stride;
            }
        }
    }

    private static void block(float[] source, int from, int stride, float[] target, int to, int targetStride) {
        FloatVector row0 = FloatVector.fromArray(SPECIES, source, from);
        FloatVector row1 = FloatVector.fromArray(SPECIES, source, from + stride);
        FloatVector row2 = FloatVector.fromArray(SPECIES, source, from + 2 * stride);
        FloatVector row3 = FloatVector.fromArray(SPECIES, source, from + 3 * stride);
        FloatVector row4 = FloatVector.fromArray(SPECIES, source, from + 4 * stride);
        FloatVector row5 = FloatVector.fromArray(SPECIES, source, from + 5 * stride);
        FloatVector row6 = FloatVector.fromArray(SPECIES, source, from + 6 * stride);
        FloatVector row7 = FloatVector.fromArray(SPECIES, source, from + 7 * stride);
        FloatVector half0 = row0.blend(row4.rearrange(HALVES), UPPER_HALF);
        FloatVector half1 = row1.blend(row5.rearrange(HALVES), UPPER_HALF);
        FloatVector half2 = row2.blend(row6.rearrange(HALVES), UPPER_HALF);
        FloatVector half3 = row3.blend(row7.rearrange(HALVES), UPPER_HALF);
        FloatVector half4 = row0.rearrange(HALVES).blend(row4, UPPER_HALF);
        FloatVector half5 = row1.rearrange(HALVES).blend(row5, UPPER_HALF);
        FloatVector half6 = row2.rearrange(HALVES).blend(row6, UPPER_HALF);
        FloatVector half7 = row3.rearrange(HALVES).blend(row7, UPPER_HALF);
        FloatVector pair0 = half0.blend(half2.rearrange(PAIRS), UPPER_PAIRS);
        FloatVector pair1 = half1.blend(half3.rearrange(PAIRS), UPPER_PAIRS);
        FloatVector pair2 = half0.rearrange(PAIRS).blend(half2, UPPER_PAIRS);
        FloatVector pair3 = half1.rearrange(PAIRS).blend(half3, UPPER_PAIRS);
        FloatVector pair4 = half4.blend(half6.rearrange(PAIRS), UPPER_PAIRS);
        FloatVector pair5 = half5.blend(half7.rearrange(PAIRS), UPPER_PAIRS);
        FloatVector pair6 = half4.rearrange(PAIRS).blend(half6, UPPER_PAIRS);
        FloatVector pair7 = half5.rearrange(PAIRS).blend(half7, UPPER_PAIRS);
        pair0.blend(pair1.rearrange(SINGLES), ODD).intoArray(target, to);
        pair0.rearrange(SINGLES).blend(pair1, ODD).intoArray(target, to + targetStride);
        pair2.blend(pair3.rearrange(SINGLES), ODD).intoArray(target, to + 2 * targetStride);
        pair2.rearrange(SINGLES).blend(pair3, ODD).intoArray(target, to + 3 * targetStride);
        pair4.blend(pair5.rearrange(SINGLES), ODD).intoArray(target, to + 4 * targetStride);
        pair4.rearrange(SINGLES).blend(pair5, ODD).intoArray(target, to + 5 * targetStride);
        pair6.blend(pair7.rearrange(SINGLES), ODD).intoArray(target, to + 6 * targetStride);
        pair6.rearrange(SINGLES).blend(pair7, ODD).intoArray(target, to + 7 * targetStride);
    }
}
