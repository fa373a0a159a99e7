package org.badak.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.badak.data.DataLocations;
import org.badak.data.Partition;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The defaults on well-known tables, in the folder `tabular` of BADAK_DATA_HOME: accuracy or R², mean of five folds.
class TablesNeedsDataTest {
    @ParameterizedTest
    @CsvSource({
        "iris, 0.95",
        "wine, 0.97",
        "penguins, 0.97",
        "breast-cancer-wisconsin, 0.96",
        "pima-indians-diabetes, 0.75",
        "mpg, 0.85",
        "housing, 0.85"
    })
    void defaultsLearnWellKnownTables(String name, double least) {
        Path file = DataLocations.ofEnvironment().homes().stream()
                .map(home -> home.resolve("tabular").resolve(name + ".csv"))
                .findFirst()
                .orElse(Path.of("no BADAK_DATA_HOME"));
        assumeThat(file).exists();
        TableTask task = TableTask.of(CsvFile.read(file), TableTask.Choices.OPEN);
        double sum = 0;
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            for (Partition fold : task.folds(5, 1)) {
                TrainingSettings settings =
                        TrainingSettings.of(fold.train().length, task.target().task(), 1);
                sum += new TableTraining(task, settings, kernels)
                        .fit(fold.train(), new int[0], new int[0], (reading, parameters) -> {})
                        .model()
                        .evaluate(kernels, task.table(), fold.held())
                        .headline();
            }
        }

        assertThat(sum / 5).isGreaterThanOrEqualTo(least);
    }
}
