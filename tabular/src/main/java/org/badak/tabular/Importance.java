package org.badak.tabular;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// How much a model relies on a column: how far its score falls, on average, when the values of the column are dealt
/// out
/// anew among the rows, and so tell nothing of their row any more (permutation importance; L. Breiman, "Random
/// forests",
/// Machine Learning 45, 2001, section 10).
///
/// It tells of the model, not of the world: of two columns that say the same, each may look dispensable, as the other
/// still speaks; and a drop below 0 is the chance of small samples.
///
/// @param column name
/// @param drop of accuracy, or of R²; 0: the column makes no difference
public record Importance(String column, double drop) {
    /// Measures all columns that a model takes, the most important first.
    ///
    /// @param rows of the table that have a target; those of the test, for training rows flatter
    /// @param repeats dealings of each column; their mean counts, at least 1
    /// @param seed of the dealings
    public static List<Importance> of(
            TableModel model, Kernels kernels, Table table, int[] rows, int repeats, long seed) {
        if (repeats < 1) {
            throw new IllegalArgumentException("importance: found " + repeats + " repeats, expected at least 1");
        }
        Preparation preparation = model.preparation();
        Alignment alignment = Alignment.of(preparation, table);
        Encoded encoded = Encoded.of(preparation, table, alignment, rows);
        double whole = headline(model, kernels, table, alignment, rows, encoded);
        List<Importance> all = new ArrayList<>();
        int first = 0;
        for (Feature feature : preparation.features()) {
            double sum = 0;
            for (int repeat = 0; repeat < repeats; repeat++) {
                int[] from = new int[rows.length];
                Philox.permute(seed, Purpose.SHUFFLE, all.size() * repeats + repeat, from);
                Matrix dealt = dealt(encoded.x(), first, feature.width(), from);
                sum += headline(
                        model,
                        kernels,
                        table,
                        alignment,
                        rows,
                        new Encoded(dealt, encoded.unseen(), encoded.imputed()));
            }
            all.add(new Importance(feature.column(), whole - sum / repeats));
            first += feature.width();
        }
        all.sort((a, b) -> Double.compare(b.drop, a.drop));
        return List.copyOf(all);
    }

    private static double headline(
            TableModel model, Kernels kernels, Table table, Alignment alignment, int[] rows, Encoded encoded) {
        return Score.of(model.predict(kernels, encoded), model.preparation(), table, alignment, rows)
                .headline();
    }

    /// A copy whose columns first … first + width − 1 come from other rows.
    private static Matrix dealt(Matrix x, int first, int width, int[] from) {
        Matrix copy = Matrix.zeros(Precision.FLOAT32, x.rows(), x.columns());
        for (int row = 0; row < x.rows(); row++) {
            for (int column = 0; column < x.columns(); column++) {
                boolean moved = column >= first && column < first + width;
                copy.set(row, column, x.get(moved ? from[row] : row, column));
            }
        }
        return copy;
    }
}
