package org.badak.gradient;

import java.util.Arrays;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;

/// What perturbing one weight at a time can do to the outputs of a dense layer, prepared once per batch.
///
/// Moving W[i][j] by ±h moves output j of row n by ±h·x[n][i]: nothing where x[n][i] = 0, and the same for
/// all inputs of a row that are equal. So a row has one *slot* per distinct input that is not zero; the
/// bias is an input of 1. Slots are laid out in chunks, each a row of [#steps]: first x for all slots of
/// the chunk (the perturbations by +h), then −x (those by −h), then zeros up to the next multiple of
/// [Matrix#PADDING]. Every row of the batch has room of its own, so that threads can prepare rows
/// independently of one another.
final class DistinctInputs {
    /// The most slots in a chunk; a chunk has two columns per slot.
    static final int CHUNK = 128;

    private static final double BIAS_INPUT = 1;

    private final int inputs;
    private int[] entryCount = new int[0]; // [rows]
    private int[] slotCount = new int[0]; // [rows]
    private int[] entryInput = new int[0]; // which input; inputs stands for the bias
    private int[] entrySlot = new int[0]; // its slot in the row
    private DoubleMatrix steps = DoubleMatrix.zeros(0, 2 * CHUNK);

    DistinctInputs(int inputs) {
        this.inputs = inputs;
    }

    /// What a thread needs to prepare a row.
    ///
    /// @param distinct the inputs found
    /// @param table a hash table of them: slot + 1, or 0
    record Scratch(double[] distinct, int[] table) {
        Scratch(int inputs) {
            this(new double[inputs + 1], new int[Integer.highestOneBit(inputs + 1) * 4]);
        }
    }

    /// Makes room for a batch of as many rows.
    void grow(int rows) {
        if (slotCount.length < rows) {
            entryCount = new int[rows];
            slotCount = new int[rows];
            entryInput = new int[Math.multiplyExact(rows, inputs + 1)];
            entrySlot = new int[entryInput.length];
            steps = DoubleMatrix.zeros(Math.multiplyExact(rows, inputs / CHUNK + 1), 2 * CHUNK);
        }
    }

    /// Takes in some rows of the inputs [rows, inputs] of a batch, after [#grow].
    ///
    /// @param from the first of them
    /// @param to one after the last
    /// @param scratch for at least as many inputs
    void prepare(Matrix x, int from, int to, Scratch scratch) {
        int[] table = scratch.table;
        double[] distinct = scratch.distinct;
        for (int row = from; row < to; row++) {
            int firstEntry = row * (inputs + 1);
            int entry = firstEntry;
            int slots = 0;
            Arrays.fill(table, 0);
            for (int input = 0; input <= inputs; input++) {
                double value = input == inputs ? BIAS_INPUT : x.get(row, input);
                if (value != 0) {
                    int place = place(value, distinct, table);
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
            entryCount[row] = entry - firstEntry;
            slotCount[row] = slots;
            for (int start = 0; start < slots; start += CHUNK) {
                layOut(distinct, start, Math.min(CHUNK, slots - start), firstChunk(row) + start / CHUNK);
            }
        }
    }

    private static int place(double value, double[] distinct, int[] table) {
        long bits = Double.doubleToRawLongBits(value) * 0x9E3779B97F4A7C15L;
        int place = (int) (bits >>> 32) & (table.length - 1);
        while (table[place] != 0
                && Double.doubleToRawLongBits(distinct[table[place] - 1]) != Double.doubleToRawLongBits(value)) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    private void layOut(double[] distinct, int start, int count, int chunk) {
        double[] values = steps.data();
        int at = steps.index(chunk, 0);
        for (int slot = 0; slot < count; slot++) {
            values[at + slot] = distinct[start + slot];
            values[at + count + slot] = -distinct[start + slot];
        }
        Arrays.fill(values, at + 2 * count, at + Matrix.paddedStride(2 * count), 0);
    }

    /// The directions of the perturbations, a row per chunk.
    Matrix steps() {
        return steps;
    }

    /// The first chunk of a row of the batch.
    int firstChunk(int row) {
        return row * (inputs / CHUNK + 1);
    }

    /// How many chunks a row has.
    int chunks(int row) {
        return (slotCount[row] + CHUNK - 1) / CHUNK;
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
        int first = row * (inputs + 1);
        for (int entry = first; entry < first + entryCount[row]; entry++) {
            sums[entryInput[entry]] += differences[entrySlot[entry]];
        }
    }
}
