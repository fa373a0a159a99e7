package org.badak.tabular;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.data.ValueExamples;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.train.Evaluator;

/// A trained network with the preparation of the rows it takes: tables go in as they are, answers come
/// out in the user's own labels and units.
///
/// @param network its description
/// @param parameters its numbers
/// @param preparation how rows become inputs, and outputs answers
public record TableModel(Network network, Parameters parameters, Preparation preparation) {
    /// The model in a file that was read.
    ///
    /// @param where it was read from, for messages
    /// @throws DataException if it takes no tables, or its preparation does not fit its network
    public static TableModel of(SavedModel saved, String where) {
        if (!(saved.inputs() instanceof Inputs.Table table)) {
            throw new DataException(
                    "cannot use the model with a table",
                    where,
                    "a model that takes " + saved.inputs().text(),
                    "a model that was trained on a CSV file",
                    "name the run directory of badak train FILE.csv");
        }
        Preparation preparation = PreparationJson.read(table.preparation(), where);
        boolean classes = preparation.target() instanceof TargetEncoding.Classes encoding
                ? encoding.labels().equals(saved.classNames())
                : saved.classNames().isEmpty();
        if (preparation.width() != saved.network().inputs()
                || preparation.target().outputs() != saved.network().outputs()
                || !classes) {
            throw new DataException(
                    "cannot use the model file: its table preparation does not fit its network",
                    where + ", table",
                    preparation.width() + " inputs, "
                            + preparation.target().outputs() + " outputs, classes "
                            + Table.some(saved.classNames()),
                    saved.network().inputs() + " inputs, " + saved.network().outputs() + " outputs, the same classes",
                    "use a file that badak train wrote: runs/<name>/model.safetensors");
        }
        return new TableModel(saved.network(), saved.parameters(), preparation);
    }

    /// The model as files hold it.
    ///
    /// @param seed of the run
    /// @param step steps that were trained
    /// @param origin further facts, for readers
    public SavedModel saved(long seed, long step, Map<String, String> origin) {
        return new SavedModel(
                network,
                parameters,
                new Inputs.Table(preparation.width(), PreparationJson.write(preparation)),
                preparation.target() instanceof TargetEncoding.Classes classes ? classes.labels() : List.of(),
                seed,
                step,
                origin);
    }

    /// The answers for rows of a table.
    ///
    /// @param rows which
    public Predictions predict(Kernels kernels, Table table, int[] rows) {
        return predict(kernels, Encoded.of(preparation, table, Alignment.of(preparation, table), rows));
    }

    /// The answers for encoded rows.
    public Predictions predict(Kernels kernels, Encoded encoded) {
        int count = encoded.x().rows();
        Matrix outputs = Matrix.zeros(Precision.FLOAT32, count, network.outputs());
        ValueExamples examples = new ValueExamples("rows", encoded.x(), Matrix.zeros(Precision.FLOAT32, count, 1));
        new Evaluator(network, parameters, kernels, examples).predictions((index, label, predictions, row) -> {
            for (int column = 0; column < outputs.columns(); column++) {
                outputs.set(index, column, predictions.get(row, column));
            }
        });
        return switch (preparation.target()) {
            case TargetEncoding.Classes classes -> new Predictions.Classes(classes.labels(), outputs);
            case TargetEncoding.Values values -> {
                double[] numbers = new double[count];
                Arrays.setAll(numbers, row -> values.mean() + values.deviation() * outputs.get(row, 0));
                yield new Predictions.Values(numbers);
            }
        };
    }

    /// How good the answers for rows of a table are. Rows without a target do not count.
    ///
    /// @throws DataException if the table has no target, or labels that the model does not know
    public Score evaluate(Kernels kernels, Table table, int[] rows) {
        Alignment alignment = Alignment.of(preparation, table);
        if (alignment.target() < 0) {
            throw new DataException(
                    "cannot evaluate: the table lacks the column that is predicted",
                    table.source(),
                    "no column " + preparation.target().column(),
                    "the column with the right answers",
                    "use badak predict for a table without answers");
        }
        int[] answered = IntStream.of(rows)
                .filter(row -> !table.isMissing(row, alignment.target()))
                .toArray();
        if (answered.length == 0) {
            throw new DataException(
                    "cannot evaluate: no row has an answer to compare with",
                    table.source() + ", column " + preparation.target().column(),
                    rows.length + " rows, all without it",
                    "at least one row with it",
                    "use badak predict for a table without answers");
        }
        Predictions predictions = predict(kernels, Encoded.of(preparation, table, alignment, answered));
        return Score.of(predictions, preparation, table, alignment, answered);
    }
}
