package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.badak.data.Partition;
import org.badak.tabular.TableTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTrialsTest {
    @TempDir
    Path folder;

    @Test
    void aTrialInFoldsIsTheMeanOfTheTrainingsOfEach() throws Exception {
        StringBuilder text = new StringBuilder("size,weight,kind\n");
        for (int i = 0; i < 61; i++) {
            text.append(i * i % 17).append(",").append(i % 7).append(i * 5 % 11 < 5 ? ",a\n" : ",b\n");
        }
        Path file = Files.writeString(folder.resolve("fruits.csv"), text.toString());
        TableTask task = TableTask.of(new CsvReadingOptions().read(file, List.of()), new TableOptions().choices());
        List<TableTrials.Part> parts = task.folds(task.rows(), 3, 1).stream()
                .map(fold -> part(task, fold))
                .toList();
        TrialOptions options = new TrialOptions(
                new ObjectBuilder().put("data", file.toString()).json());
        Trials.Trained folded = new TableTrials(options, task, parts).train(Map.of("hidden", "4"), 5);
        List<Trials.Trained> each = parts.stream()
                .map(part -> new TableTrials(options, task, List.of(part)).train(Map.of("hidden", "4"), 5))
                .toList();
        assertThat(each).doesNotHaveDuplicates();
        assertThat(folded.headline())
                .isCloseTo(
                        each.stream()
                                .mapToDouble(Trials.Trained::headline)
                                .average()
                                .orElseThrow(),
                        within(1e-12));
        assertThat(folded.loss())
                .isCloseTo(
                        each.stream()
                                .mapToDouble(Trials.Trained::loss)
                                .average()
                                .orElseThrow(),
                        within(1e-12));
        assertThat(folded.hash())
                .isEqualTo(
                        String.join(" ", each.stream().map(Trials.Trained::hash).toList()));
    }

    private static TableTrials.Part part(TableTask task, Partition fold) {
        Partition inner = task.divide(fold.train(), 0.2, 1);
        return new TableTrials.Part(inner.train(), inner.held(), fold.held());
    }
}
