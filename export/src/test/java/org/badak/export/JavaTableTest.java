package org.badak.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Predictions;
import org.badak.tabular.Preparation;
import org.badak.tabular.Table;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of a table: the exported class prepares them and answers as `badak predict` does, to the bit.
class JavaTableTest {
    @TempDir
    Path folder;

    @Test
    void labelsAndProbabilitiesOfRawRowsAreTheSame() throws Exception {
        Table table = table();
        TableModel model = model(table, "kind", Task.CLASSIFICATION);
        Compiled compiled = Compiled.of(model.saved(1, 0, Map.of()), folder);
        Predictions.Classes expected = (Predictions.Classes) predictions(model, table);
        for (int row = 0; row < table.count(); row++) {
            Map<String, String> cells = cells(table, row);
            float[] probabilities = compiled.predict(cells);
            for (int label = 0; label < probabilities.length; label++) {
                assertThat(Float.floatToRawIntBits(probabilities[label])).isEqualTo(Float.floatToRawIntBits((float)
                        expected.probabilities().get(row, label)));
            }
            assertThat(compiled.answer(cells)).isEqualTo(expected.answer(row));
        }
        assertThat(compiled.texts("COLUMNS"))
                .containsExactlyElementsOf(model.preparation().needed());
    }

    @Test
    void numbersComeInTheUnitsOfTheTable() throws Exception {
        Table table = table();
        TableModel model = model(table, "size", Task.REGRESSION);
        Compiled compiled = Compiled.of(model.saved(1, 0, Map.of()), folder);
        Predictions.Values expected = (Predictions.Values) predictions(model, table);
        for (int row = 0; row < table.count(); row++) {
            assertThat(compiled.answer(cells(table, row))).isEqualTo(expected.values()[row]);
        }
    }

    @Test
    void cellsThatCannotBeUsedAreTold() throws Exception {
        Table table = table();
        TableModel model = model(table, "kind", Task.CLASSIFICATION);
        Compiled compiled = Compiled.of(model.saved(1, 0, Map.of()), folder);
        Map<String, String> cells = cells(table, 0);
        Object answer = compiled.answer(cells);
        Map<String, String> spaced = new HashMap<>(cells);
        spaced.replaceAll((column, cell) -> "  " + cell + "\t");
        assertThat(compiled.answer(spaced)).isEqualTo(answer);
        for (String bad : List.of("1,5", "x", "0x10", "1e999", "inf", "NaN1", "1e300")) {
            Map<String, String> wrong = new HashMap<>(cells);
            wrong.put("size", bad);
            assertThatThrownBy(() -> compiled.answer(wrong))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column size: found")
                    .hasMessageContaining(bad.equals("1e300") ? "near" : "'" + bad + "'");
        }
        Map<String, String> absent = new HashMap<>(cells);
        absent.remove("size");
        assertThatThrownBy(() -> compiled.answer(absent)).hasMessageContaining("found no column size among");
        Map<String, String> unknown = new HashMap<>(cells);
        unknown.put("size", null);
        Map<String, String> word = new HashMap<>(cells);
        word.put("size", "N/A");
        assertThat(compiled.predict(unknown)).isEqualTo(compiled.predict(word)).isNotEqualTo(compiled.predict(cells));
    }

    /// Numbers and categories, cells missing in several ways, more features than one method takes, names to escape.
    private Table table() throws Exception {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("size;\"colour \"\"x\"\"\";길이;kind");
        IntStream.range(0, 60).forEach(i -> text.append(";c").append(i));
        for (int row = 0; row < 80; row++) {
            text.append('\n').append(random.nextInt(9) == 0 ? "NA" : Double.toString(random.nextGaussian() * 100));
            text.append(';')
                    .append(List.of("red", "빨강", "\"a;b\"", "?", "back\\slash").get(random.nextInt(5)));
            text.append(';').append(random.nextInt(40) == 0 ? "" : random.nextInt(1000));
            text.append(';').append(List.of("사과", "pear", "fig").get(random.nextInt(3)));
            for (int i = 0; i < 60; i++) {
                text.append(';').append(i % 2 == 0 ? random.nextFloat() : "v" + random.nextInt(4));
            }
        }
        Path file = Files.writeString(folder.resolve("fruits.csv"), text.append('\n'));
        return CsvFile.read(file, CsvOptions.DETECTED, List.of());
    }

    private static TableModel model(Table table, String target, Task task) {
        TableTask what = TableTask.of(table, new TableTask.Choices(target, task, List.of(), List.of(), List.of(), ""));
        Preparation preparation = Preparation.fit(what, what.rows());
        var network = TrainingSettings.of(what.rows().length, task, 3).network(preparation);
        return new TableModel(network, network.initialise(Precision.FLOAT32, 3), preparation);
    }

    private static Predictions predictions(TableModel model, Table table) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            return model.predict(
                    kernels, table, IntStream.range(0, table.count()).toArray());
        }
    }

    private static Map<String, String> cells(Table table, int row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = table.columns() - 1; column >= 0; column--) {
            cells.put(table.names().get(column), table.cell(row, column));
        }
        return cells;
    }
}
