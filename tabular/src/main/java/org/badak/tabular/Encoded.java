package org.badak.tabular;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;

/// Rows of a table as inputs of a network.
///
/// @param x [rows, width of the preparation]
/// @param unseen how many cells held a category that the training rows did not have, by column
/// @param imputed how many cells were missing, by column
public record Encoded(Matrix x, Map<String, Integer> unseen, Map<String, Integer> imputed) {
    /// Encodes rows.
    ///
    /// @param rows which
    /// @throws DataException where a cell of a column of numbers is none
    public static Encoded of(Preparation preparation, Table table, Alignment alignment, int[] rows) {
        Matrix x = Matrix.zeros(Precision.FLOAT32, rows.length, preparation.width());
        Map<String, Integer> unseen = new LinkedHashMap<>();
        Map<String, Integer> imputed = new LinkedHashMap<>();
        int first = 0;
        for (int i = 0; i < preparation.features().size(); i++) {
            Feature feature = preparation.features().get(i);
            int column = alignment.positions()[i];
            for (int row = 0; row < rows.length; row++) {
                boolean missing = table.isMissing(rows[row], column);
                if (missing) {
                    imputed.merge(feature.column(), 1, Integer::sum);
                    if (feature.indicator()) {
                        x.set(row, first + feature.width() - 1, 1);
                    }
                }
                switch (feature) {
                    case Feature.Numeric numeric -> {
                        double value = missing ? numeric.median() : table.number(rows[row], column);
                        double standard = (value - numeric.mean()) / numeric.deviation();
                        if (!Float.isFinite((float) standard)) {
                            throw new DataException(
                                    "cannot use the table: a number is too far from those of the training rows",
                                    table.place(rows[row], column),
                                    table.cell(rows[row], column),
                                    "numbers near " + NumberText.of(numeric.mean()) + ", give or take "
                                            + NumberText.of(numeric.deviation()),
                                    "correct the cell, or leave it empty: it is then missing");
                        }
                        x.set(row, first, standard);
                    }
                    case Feature.Categories categories -> {
                        if (missing && feature.indicator()) {
                            continue;
                        }
                        String value = missing ? categories.mode() : table.cell(rows[row], column);
                        int position = categories.values().indexOf(value);
                        if (position >= 0) {
                            x.set(row, first + position, 1);
                        } else {
                            unseen.merge(feature.column(), 1, Integer::sum);
                        }
                    }
                }
            }
            first += feature.width();
        }
        return new Encoded(x, unseen, imputed);
    }

    /// What a reader should know, a line for each column.
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        imputed.forEach((column, count) -> notes.add(
                column + ": " + count + (count == 1 ? " cell was" : " cells were") + " missing and filled in"));
        unseen.forEach((column, count) -> notes.add(column + ": " + count + (count == 1 ? " cell" : " cells")
                + " with a category that the training rows did not have; counted as none of the known ones"));
        return notes;
    }
}
