package org.badak.gradient;

import java.util.Arrays;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// What perturbing one weight at a time can do to the outputs of a dense layer, prepared once per batch.
///
/// Moving W[i][j] by ±h moves output j of row n by ±h·x[n][i]: nothing where x[n][i] = 0, and the same for all
/// inputs of a row that are equal. So a row has one *slot* per distinct input that is not zero; the bias is an
/// input of 1. Slots are laid out in chunks, each a row of [#steps]: first x for all slots of the chunk (the
/// perturbations by +h), then −x (those by −h), then zeros up to the next multiple of [Matrix#PADDING].
final class DistinctInputs {
    /// The most slots in a chunk; a chunk has two columns per slot.
    static final int CHUNK = 128;

    private static final double BIAS_INPUT = 1;

    private final int inputs;
    private int[] firstChunk = new int[1]; // [rows + 1]
    private int[] firstEntry = new int[1]; // [rows + 1]
    private int[] slotCount = new int[0]; // [rows]
    private int[] entryInput = new int[0]; // which input; inputs stands for the bias
    private int[] entrySlot = new int[0]; // its slot in the row
    private final double[] distinct; // of the row at hand
    private final int[] table; // hash table of the row at hand: slot + 1, or 0
    private DoubleMatrix steps = DoubleMatrix.zeros(0, 2 * CHUNK);

    DistinctInputs(int inputs) {
        this.inputs = inputs;
        distinct = new double[inputs + 1];
        table = new int[Integer.highestOneBit(inputs + 1) * 4];
    }

    /// Takes in the inputs [rows, inputs] of a batch.
    void prepare(Matrix x) {
        grow(x.rows());
        int chunk = 0;
        int entry = 0;
        for (int row = 0; row < x.rows(); row++) {
            firstChunk[row] = chunk;
            firstEntry[row] = entry;
            int slots = 0;
            Arrays.fill(table, 0);
            for (int input = 0; input <= inputs; input++) {
                double value = input == inputs ? BIAS_INPUT : x.get(row, input);
                if (value != 0) {
                    int place = place(value);
                    if (table[place] == 0) {
                        distinct[slots] = value;
                        slots++;
                        table[place] = slots;
                    }
                    entryInput[entry] = input;
                    entrySlot[entry] = table[place] - 1;
                    entry++;
                }
            }
            slotCount[row] = slots;
            for (int start = 0; start < slots; start += CHUNK) {
                layOut(start, Math.min(CHUNK, slots - start), chunk);
                chunk++;
            }
        }
        firstChunk[x.rows()] = chunk;
        firstEntry[x.rows()] = entry;
    }

    private int place(double value) {
        long bits = Double.doubleToRawLongBits(value) * 0x9E3779B97F4A7C15L;
        int place = (int) (bits >>> 32) & (table.length - 1);
        while (table[place] != 0
                && Double.doubleToRawLongBits(distinct[table[place] - 1]) != Double.doubleToRawLongBits(value)) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private void layOut(int start, int count, int chunk) {
        double[] values = steps.data();
        int at = steps.index(chunk, 0);
        for (int slot = 0; slot < count; slot++) {
            values[at + slot] = distinct[start + slot];
            values[at + count + slot] = -distinct[start + slot];
        }
        Arrays.fill(values, at + 2 * count, at + Matrix.paddedStride(2 * count), 0);
    }

    private void grow(int rows) {
        if (slotCount.length < rows) {
            firstChunk = new int[rows + 1];
            firstEntry = new int[rows + 1];
            slotCount = new int[rows];
            entryInput = new int[Math.multiplyExact(rows, inputs + 1)];
            entrySlot = new int[entryInput.length];
            steps = DoubleMatrix.zeros(Math.multiplyExact(rows, inputs / CHUNK + 1), 2 * CHUNK);
        }
    }

    /// The directions of the perturbations, a row per chunk.
    Matrix steps() {
        return steps;
    }

    /// The first chunk of a row of the batch; those of the row end where the next row's begin.
    int firstChunk(int row) {
        return firstChunk[row];
    }

    /// How many slots the chunk at a place in its row has.
    int slotsInChunk(int row, int chunkOfRow) {
        return Math.min(CHUNK, slotCount[row] - chunkOfRow * CHUNK);
    }

    /// Adds to the sum of each input that is not zero in a row, and last to that of the bias, the difference of its
    /// slot.
    ///
    /// @param differences by slot
    /// @param sums by input, `inputs + 1` entries, added to
    void addTo(int row, double[] differences, double[] sums) {
        for (int entry = firstEntry[row]; entry < firstEntry[row + 1]; entry++) {
            sums[entryInput[entry]] += differences[entrySlot[entry]];
        }
    }
}
