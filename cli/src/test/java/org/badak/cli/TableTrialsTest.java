package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.badak.data.Partition;
import org.badak.tabular.TableTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTrialsTest {
    @TempDir
    Path folder;

    @Test
    void aTrialInFoldsIsTheMeanOfTheTrainingsOfEach() throws Exception {
        Path file = table();
        TableTask task = task(file);
        List<TableTrials.Part> parts = task.folds(task.rows(), 3, 1).stream()
                .map(fold -> part(task, fold))
                .toList();
        TrialOptions options = new TrialOptions(
                new ObjectBuilder().put("data", file.toString()).json());
        Trials.Trained folded = new TableTrials(options, task, parts, file).train(Map.of("hidden", "4"), 5);
        List<Trials.Trained> each = parts.stream()
                .map(part -> new TableTrials(options, task, List.of(part), file).train(Map.of("hidden", "4"), 5))
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

    @Test
    void aTrialIsMeasuredOnTheRowsThatAreScoredAndNoOthers() throws Exception {
        Path file = table();
        TableTask task = task(file);
        TrialOptions options = new TrialOptions(
                new ObjectBuilder().put("data", file.toString()).json());
        TableTrials.Part part = part(task, task.folds(task.rows(), 3, 1).getFirst());
        int half = part.scored().length / 2;
        List<Trials.Trained> halves = Stream.of(
                        Arrays.copyOf(part.scored(), half),
                        Arrays.copyOfRange(part.scored(), half, part.scored().length))
                .map(scored -> new TableTrials.Part(part.train(), part.validation(), scored))
                .map(each -> new TableTrials(options, task, List.of(each), file).train(Map.of("hidden", "4"), 5))
                .toList();

        assertThat(halves.getFirst().hash()).isEqualTo(halves.getLast().hash());
        assertThat(halves.getFirst().loss()).isNotEqualTo(halves.getLast().loss());
    }

    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("size,weight,kind\n");
        for (int i = 0; i < 61; i++) {
            text.append(i * i % 17).append(",").append(i % 7).append(i * 5 % 11 < 5 ? ",a\n" : ",b\n");
        }
        return Files.writeString(folder.resolve("fruits.csv"), text.toString());
    }

    private static TableTask task(Path file) {
        return TableTask.of(new CsvReadingOptions().read(file, List.of()), new TableOptions().choices());
    }

    private static TableTrials.Part part(TableTask task, Partition fold) {
        Partition inner = task.divide(fold.train(), 0.2, 1);
        return new TableTrials.Part(inner.train(), inner.held(), fold.held());
    }
}
