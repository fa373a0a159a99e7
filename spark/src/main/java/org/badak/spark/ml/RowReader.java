package org.badak.spark.ml;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;

/// Turns the rows of a partition into numbers, where they lie, and checks them: the first one that
/// cannot be used ends the partition with what is wrong.
///
/// @param columns names of features, label, weight and mark of held-out rows, in the rows' order;
///     the last two empty where there are none
/// @param classes whether labels must be classes
record RowReader(String[] columns, boolean classes) implements Function2<Integer, Iterator<Row>, Iterator<RowChunk>> {
    private static final int MOST_NUMBERS = 1 << 20; // of a chunk
    private static final int MOST_ROWS = 1 << 13;

    @Override
    public Iterator<RowChunk> call(Integer partition, Iterator<Row> rows) {
        return new Chunks(partition, rows);
    }

    /// One chunk after another, so that no partition has to fit into memory twice.
    private final class Chunks implements Iterator<RowChunk> {
        private final int partition;
        private final Iterator<Row> rows;
        private long read;
        private boolean ended; // nothing behind a row that cannot be used counts

        Chunks(int partition, Iterator<Row> rows) {
            this.partition = partition;
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return !ended && rows.hasNext();
        }

        @Override
        public RowChunk next() {
            if (!hasNext()) {
                throw new NoSuchElementException("partition " + partition + " is at its end");
            }
            Filling filling = new Filling();
            while (rows.hasNext() && filling.hasRoom()) {
                try {
                    filling.take(rows.next());
                } catch (BadValue bad) {
                    ended = true;
                    return filling.chunk(
                            bad.column, "partition " + partition + ", row " + read, bad.found, bad.expected);
                }
                read++;
            }
            return filling.chunk();
        }
    }

    /// A chunk in the making.
    private final class Filling {
        private final boolean weighted = !columns[2].isEmpty();
        private final boolean marked = !columns[3].isEmpty();
        private int features;
        private int count;
        private int most = 1;
        private float[] x = {};
        private double[] labels = {};
        private double[] weights = {};
        private boolean[] held = {};

        boolean hasRoom() {
            return count < most;
        }

        void take(Row row) {
            if (row.isNullAt(0)) {
                throw new BadValue(columns[0], "null", "a vector; drop such rows, or fill them in with an Imputer");
            }
            Features vector = Features.of(row.get(0));
            if (count == 0) {
                begin(vector.size());
            } else if (vector.size() != features) {
                throw new BadValue(
                        columns[0], "a vector of " + vector.size() + " numbers", features + ", as in the row before");
            }
            int wrong = vector.into(x, count * features);
            if (wrong >= 0) {
                throw new BadValue(
                        columns[0] + ", number " + wrong, vector.text(wrong), "numbers that are finite as float32");
            }
            labels[count] = label(row);
            if (weighted) {
                weights[count] = weight(row);
            }
            if (marked) {
                held[count] = held(row);
            }
            count++;
        }

        private void begin(int size) {
            if (size == 0) {
                throw new BadValue(columns[0], "a vector of no numbers", "one or more");
            }
            features = size;
            most = Math.clamp(MOST_NUMBERS / size, 1, MOST_ROWS);
            x = new float[most * size];
            labels = new double[most];
            weights = new double[weighted ? most : 0];
            held = new boolean[marked ? most : 0];
        }

        private double label(Row row) {
            if (row.isNullAt(1)) {
                throw new BadValue(columns[1], "null", classes ? "a class" : "a number");
            }
            double label = row.getDouble(1);
            if (classes && !(label >= 0 && label < Integer.MAX_VALUE && label == Math.rint(label))) {
                throw new BadValue(
                        columns[1],
                        Double.toString(label),
                        "a class: 0, 1, 2, …; a StringIndexer makes such of other labels");
            }
            if (!Double.isFinite((float) label)) {
                throw new BadValue(columns[1], Double.toString(label), "a number that is finite as float32");
            }
            return label;
        }

        private double weight(Row row) {
            double weight = row.isNullAt(2) ? Double.NaN : row.getDouble(2);
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new BadValue(
                        columns[2],
                        row.isNullAt(2) ? "null" : Double.toString(weight),
                        "a finite number that is not negative");
            }
            return weight;
        }

        private boolean held(Row row) {
            int at = weighted ? 3 : 2;
            if (row.isNullAt(at)) {
                throw new BadValue(columns[3], "null", "true or false");
            }
            return row.getBoolean(at);
        }

        RowChunk chunk(String... problem) {
            return new RowChunk(
                    features,
                    count,
                    Arrays.copyOf(x, count * features),
                    Arrays.copyOf(labels, count),
                    Arrays.copyOf(weights, weighted ? count : 0),
                    Arrays.copyOf(held, marked ? count : 0),
                    problem);
        }
    }

    private static final class BadValue extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String column;
        private final String found;
        private final String expected;

        BadValue(String column, String found, String expected) {
            super(column, null, false, false);
            this.column = column;
            this.found = found;
            this.expected = expected;
        }
    }
}
