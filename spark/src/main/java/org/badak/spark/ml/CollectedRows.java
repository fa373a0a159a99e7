package org.badak.spark.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.WeightedExamples;

/// The rows of a DataFrame on the driver, in the order in which batches number them.
///
/// @param features numbers of a row
/// @param learned rows to learn from
/// @param held rows held out, perhaps none
record CollectedRows(int features, Part learned, Part held) {
    /// The most numbers, of all rows together, that are collected: Spark's executors are sent them
    /// again in one piece.
    static final long MOST_NUMBERS = (1L << 30) / Float.BYTES;

    /// Some of the rows.
    ///
    /// @param x of the features, row by row
    /// @param labels of the rows
    /// @param weights of the rows; empty if all weigh the same
    record Part(float[] x, double[] labels, double[] weights) {
        int count() {
            return labels.length;
        }

        /// Examples made of these rows, with the rows' weights if there are some.
        Examples weighted(Examples plain) {
            return weights.length == 0 ? plain : new WeightedExamples(plain, weights);
        }
    }

    /// Where a model that has learned them comes from, for its file.
    Map<String, String> origin() {
        return Map.of("data", "a DataFrame of " + learned.count() + " rows");
    }

    /// Collects them, and checks each.
    ///
    /// @param dataset whose label column is of doubles
    /// @param columns names of features, label, weight and mark of held-out rows, the last two empty
    ///     where there are none
    /// @param classes whether labels must be classes
    /// @param byContent whether the order is that of the content; else as they come
    /// @throws DataException if there is none, or one cannot be used
    static CollectedRows of(Dataset<?> dataset, String[] columns, boolean classes, boolean byContent) {
        List<Column> selected = new ArrayList<>();
        selected.add(dataset.col(columns[0]));
        selected.add(dataset.col(columns[1]));
        if (!columns[2].isEmpty()) {
            selected.add(dataset.col(columns[2]).cast("double"));
        }
        if (!columns[3].isEmpty()) {
            selected.add(dataset.col(columns[3]).cast("boolean"));
        }
        List<RowChunk> chunks = dataset.select(selected.toArray(Column[]::new))
                .javaRDD()
                .mapPartitionsWithIndex(new RowReader(columns, classes), true)
                .collect();
        int features = 0;
        long count = 0;
        for (RowChunk chunk : chunks) {
            requireUsable(chunk);
            if (chunk.rows() > 0 && features > 0 && chunk.features() != features) {
                throw error(
                        columns[0], "vectors of " + features + " and of " + chunk.features() + " numbers", "one size");
            }
            features = Math.max(features, chunk.features());
            count += chunk.rows();
        }
        if (count * features > MOST_NUMBERS || count > Integer.MAX_VALUE) {
            throw error(
                    columns[0],
                    count + " rows of " + features + " numbers",
                    "at most " + MOST_NUMBERS + " numbers: the driver and every executor hold all of them");
        }
        long[] rows = places(chunks, (int) count);
        if (byContent) {
            rows = new ContentOrder(chunks, features).sorted(rows);
        }
        CollectedRows all = divided(chunks, rows, features);
        if (all.learned.count() == 0) {
            throw error(columns[0], count == 0 ? "no row" : "no row that is not held out", "rows to learn from");
        }
        return all;
    }

    private static void requireUsable(RowChunk chunk) {
        String[] problem = chunk.problem();
        if (problem.length > 0) {
            throw new DataException(
                    "cannot learn the DataFrame: a row cannot be used",
                    "column " + problem[0] + ", " + problem[1],
                    problem[2],
                    problem[3],
                    "mend or drop such rows; rows are numbered from 0 in their partition");
        }
    }

    private static DataException error(String column, String found, String expected) {
        return new DataException(
                "cannot learn the DataFrame", "column " + column, found, expected, "look at it with describe().show()");
    }

    /// Where each row stands: number of its chunk in the upper, place in it in the lower half.
    private static long[] places(List<RowChunk> chunks, int count) {
        long[] places = new long[count];
        int at = 0;
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            for (int row = 0; row < chunks.get(chunk).rows(); row++) {
                places[at++] = (long) chunk << 32 | row;
            }
        }
        return places;
    }

    private static CollectedRows divided(List<RowChunk> chunks, long[] rows, int features) {
        Copy learned = new Copy(features, rows.length);
        Copy held = new Copy(features, 0);
        for (long row : rows) {
            RowChunk chunk = chunks.get((int) (row >>> 32));
            boolean out = chunk.held().length > 0 && chunk.held()[(int) row];
            (out ? held : learned).add(chunk, (int) row);
        }
        return new CollectedRows(features, learned.part(), held.part());
    }

    /// A part in the making.
    private static final class Copy {
        private final int features;
        private float[] x;
        private double[] labels;
        private double[] weights = {};
        private int count;

        Copy(int features, int room) {
            this.features = features;
            x = new float[room * features];
            labels = new double[room];
        }

        void add(RowChunk chunk, int row) {
            if (count == labels.length) {
                int room = Math.max(16, 2 * count);
                x = Arrays.copyOf(x, room * features);
                labels = Arrays.copyOf(labels, room);
            }
            System.arraycopy(chunk.x(), row * features, x, count * features, features);
            labels[count] = chunk.labels()[row];
            if (chunk.weights().length > 0) {
                if (weights.length < labels.length) {
                    weights = Arrays.copyOf(weights, labels.length);
                }
                weights[count] = chunk.weights()[row];
            }
            count++;
        }

        Part part() {
            return new Part(
                    x.length == count * features ? x : Arrays.copyOf(x, count * features),
                    Arrays.copyOf(labels, count),
                    weights.length == 0 ? weights : Arrays.copyOf(weights, count));
        }
    }
}
