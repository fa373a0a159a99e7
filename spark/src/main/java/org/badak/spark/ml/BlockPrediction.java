package org.badak.spark.ml;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.badak.data.DataException;

/// Appends what a model predicts to the rows of a partition, block by block, so that weights are
/// read once for many rows. Every row's numbers are those that it would get alone.
///
/// @param model what predicts
/// @param column name of the features
/// @param position of the features in a row
/// @param added what is appended
/// @param thresholds of the classes; empty if the most probable one is predicted
record BlockPrediction(Broadcast<SentModel> model, String column, int position, Added added, double[] thresholds)
        implements MapPartitionsFunction<Row, Row> {
    private static final int MOST_ROWS = 256;
    private static final int MOST_NUMBERS = 1 << 20; // of a block

    /// Which columns are appended, in this order.
    ///
    /// @param raw the outputs
    /// @param probability of each class
    /// @param prediction the class
    /// @param value of a regression: the first output in the label's unit
    /// @param mean of the label in training
    /// @param deviation of the label in training
    record Added(boolean raw, boolean probability, boolean prediction, boolean value, double mean, double deviation)
            implements java.io.Serializable {
        int count() {
            return (raw ? 1 : 0) + (probability ? 1 : 0) + (prediction ? 1 : 0) + (value ? 1 : 0);
        }
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Blocks(rows, model.value());
    }

    private final class Blocks implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final SentModel network;
        private final Row[] block;
        private final float[] x;
        private float[] outputs = {};
        private float[] probabilities = {};
        private long read;
        private int count;
        private int next;

        Blocks(Iterator<Row> rows, SentModel network) {
            this.rows = rows;
            this.network = network;
            int most = Math.clamp(MOST_NUMBERS / network.inputs(), 1, MOST_ROWS);
            block = new Row[most];
            x = new float[most * network.inputs()];
        }

        @Override
        public boolean hasNext() {
            return next < count || rows.hasNext();
        }

        @Override
        public Row next() {
            if (next == count) {
                fill();
            }
            return extended(next++);
        }

        private void fill() {
            count = 0;
            next = 0;
            while (count < block.length && (count == 0 || rows.hasNext())) {
                Row row = rows.next();
                take(row, count * network.inputs());
                block[count++] = row;
                read++;
            }
            outputs = new float[count * network.outputs()];
            network.outputs(count == block.length ? x : Arrays.copyOf(x, count * network.inputs()), count, outputs);
            if (added.probability || thresholds.length > 0) {
                probabilities = outputs.clone();
                network.predictInPlace(probabilities, count);
            }
        }

        private void take(Row row, int first) {
            if (row.isNullAt(position)) {
                throw error("null", "a vector");
            }
            Features features = Features.of(row.get(position));
            if (features.size() != network.inputs()) {
                throw error("a vector of " + features.size() + " numbers", network.inputs() + ", as in training");
            }
            int wrong = features.into(x, first);
            if (wrong >= 0) {
                throw error(features.text(wrong) + " as number " + wrong, "numbers that are finite as float32");
            }
        }

        private DataException error(String found, String expected) {
            return new DataException(
                    "cannot predict: a row cannot be used",
                    "column " + column + ", partition " + TaskContext.getPartitionId() + ", row " + read,
                    found,
                    expected,
                    "mend or drop such rows; rows are numbered from 0 in their partition");
        }

        private Row extended(int number) {
            Row row = block[number];
            Object[] cells = new Object[row.size() + added.count()];
            for (int i = 0; i < row.size(); i++) {
                cells[i] = row.get(i);
            }
            int at = row.size();
            int width = network.outputs();
            double[] raw = widened(outputs, number * width, width);
            if (added.value) {
                cells[at] = added.mean + added.deviation * raw[0];
                return RowFactory.create(cells);
            }
            double[] probability = probabilities.length == 0 ? raw : widened(probabilities, number * width, width);
            if (added.raw) {
                cells[at++] = new DenseVector(raw);
            }
            if (added.probability) {
                cells[at++] = new DenseVector(probability);
            }
            if (added.prediction) {
                cells[at] = (double) classOf(thresholds.length == 0 ? raw : probability);
            }
            return RowFactory.create(cells);
        }
    }

    /// The outputs of the last layer for one row.
    static double[] outputs(SentModel model, Vector features) {
        float[] x = new float[model.inputs()];
        Features row = new Features(features);
        if (row.size() != x.length) {
            throw new IllegalArgumentException(
                    "features: expected " + x.length + " numbers, as in training, found " + row.size());
        }
        int wrong = row.into(x, 0);
        if (wrong >= 0) {
            throw new IllegalArgumentException("features: expected numbers that are finite as float32, found "
                    + row.text(wrong) + " as number " + wrong);
        }
        float[] result = new float[model.outputs()];
        model.outputs(x, 1, result);
        return widened(result, 0, result.length);
    }

    private static double[] widened(float[] from, int first, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = from[first + i];
        }
        return numbers;
    }

    /// The class of the largest number, in proportion to the thresholds where there are some; the first
    /// of equals. It is Spark's own rule.
    private int classOf(double[] scores) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            double score = thresholds.length == 0 ? scores[i] : scores[i] / thresholds[i];
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }
}
