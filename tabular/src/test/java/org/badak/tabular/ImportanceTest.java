package org.badak.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;

/// Columns that decide, and columns that do not.
class ImportanceTest {
    /// The answer is that of the first column; the second one is of no use, the third is a word that is of no use.
    private static TableTask task() {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int useful = i * 37 % 100;
            rows.add(new String[] {
                Integer.toString(useful),
                Integer.toString(i * 53 % 89),
                i % 3 == 0 ? "a" : "b",
                useful < 50 ? "low" : "high"
            });
        }
        Table table = Table.of("rows", List.of("useful", "noise", "word", "answer"), rows, true, Set.of());
        return TableTask.of(table, new TableTask.Choices("answer", null, List.of(), List.of(), List.of()));
    }

    @Test
    void columnThatDecidesIsWorthWhatGuessingLoses() {
        TableTask task = task();
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TrainingSettings settings = TrainingSettings.of(task.rows().length, Task.CLASSIFICATION, 1);
            TableModel model = new TableTraining(task, settings, kernels)
                    .fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                    .model();
            List<Importance> all = Importance.of(model, kernels, task.table(), task.rows(), 5, 1);

            assertThat(all).extracting(Importance::column).containsExactlyInAnyOrder("useful", "noise", "word");
            assertThat(all.getFirst().column()).isEqualTo("useful");
            assertThat(all.getFirst().drop()).as("two classes of 100 rows").isCloseTo(0.5, within(0.1));
            assertThat(all)
                    .filteredOn(each -> !each.column().equals("useful"))
                    .allSatisfy(
                            each -> assertThat(each.drop()).as(each.column()).isCloseTo(0, within(0.05)));
            assertThat(Importance.of(model, kernels, task.table(), task.rows(), 5, 1))
                    .as("the same seed")
                    .isEqualTo(all);
        }
    }
}
