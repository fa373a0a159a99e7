package org.badak.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.catalog.ModelFile;
import org.badak.data.Json;
import org.badak.data.Partition;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.train.Evaluation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableModelTest {
    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        kernels.close();
    }

    @Test
    void classesAreLearnedSavedAndPredictedFromTheRawTable() throws IOException {
        Table table = table(fruits(90));
        TableModel model = trained(table);
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model.saved(1, 100, Map.of()));
        TableModel read = TableModel.of(ModelFile.read(file), file.toString());

        assertThat(model.evaluate(kernels, table, rows(table)).headline()).isGreaterThan(0.95);
        assertThat(read.preparation()).isEqualTo(model.preparation());
        assertThat(answers(read, table)).isEqualTo(answers(model, table));
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() throws IOException {
        TableModel model = trained(table(fruits(90)));
        Table turned = table("price,colour,kind,weight,size\n9,red,apple,100,7\n1,yellow,banana,120,19\n");
        Table straight = table("size,weight,colour\n7,100,red\n19,120,yellow\n");

        assertThat(answers(model, turned)).isEqualTo(answers(model, straight)).containsExactly("apple", "banana");
        assertThat(Alignment.of(model.preparation(), turned).notes())
                .containsExactly("columns that the model does not know are not used: price");
    }

    @Test
    void aMissingColumnIsTold() throws IOException {
        TableModel model = trained(table(fruits(90)));
        Table without = table("size,colour\n7,red\n");

        assertThatThrownBy(() -> answers(model, without)).hasMessageContaining("no weight among size, colour");
    }

    @Test
    void anotherNumberOfColumnsWithoutNamesIsTold() throws IOException {
        TableModel model = trained(table(fruits(90)));
        Table narrow =
                CsvFile.read(write("7,100\n8,120\n"), CsvOptions.DETECTED.with(CsvOptions.Header.ABSENT), List.of());

        assertThatThrownBy(() -> answers(model, narrow))
                .hasMessageContaining("2 columns")
                .hasMessageContaining("4, or 3 without the target");
    }

    @Test
    void anUnseenCategoryIsNoneOfTheKnownOnesAndCounted() throws IOException {
        TableModel model = trained(table(fruits(90)));
        Table table = table("size,weight,colour\n7,100,violet\n7,,red\n");
        Encoded encoded =
                Encoded.of(model.preparation(), table, Alignment.of(model.preparation(), table), new int[] {0, 1});

        assertThat(encoded.unseen()).containsExactly(Map.entry("colour", 1));
        assertThat(encoded.imputed()).containsExactly(Map.entry("weight", 1));
        assertThat(encoded.x().toArray()[0]).endsWith(0, 0);
    }

    @Test
    void anUnknownLabelIsToldWithItsPlace() throws IOException {
        TableModel model = trained(table(fruits(90)));
        Table table = table("size,weight,colour,kind\n7,100,red,cherry\n");

        assertThatThrownBy(() -> model.evaluate(kernels, table, new int[] {0}))
                .hasMessageContaining("line 2, column 4 (kind)")
                .hasMessageContaining("'cherry'")
                .hasMessageContaining("one of apple, banana");
    }

    @Test
    void onlyTrainingRowsSettleThePreparation() throws IOException {
        Table table = table("x,g,y\n0,a,1\n2,b,2\n1000,c,3\n?,a,4\n");
        TableTask task =
                TableTask.of(table, new TableTask.Choices("y", Task.REGRESSION, List.of(), List.of(), List.of()));
        Preparation preparation = Preparation.fit(task, new int[] {0, 1, 3});

        Feature.Numeric x = (Feature.Numeric) preparation.features().getFirst();
        assertThat(x.median()).isEqualTo(1);
        assertThat(x.mean()).isCloseTo(1, within(1e-12));
        assertThat(x.deviation()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-12));
        assertThat(x.indicator()).isTrue();
        assertThat(((Feature.Categories) preparation.features().get(1)).values())
                .containsExactly("a", "b");
        TargetEncoding.Values values = (TargetEncoding.Values) preparation.target();
        assertThat(values.mean()).isCloseTo(7.0 / 3, within(1e-12));
    }

    @Test
    void numbersAreLearnedAndPredictedInTheirUnits() throws IOException {
        StringBuilder text = new StringBuilder("x,same,y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 12).append(",5,").append(1000 + 50.5 * (i % 12)).append('\n');
        }
        Table table = table(text.toString());
        TableModel model = trained(table);

        assertThat(model.preparation().left()).containsExactly(Map.entry("same", "constant"));
        Score.Values score = (Score.Values) model.evaluate(kernels, table, rows(table));
        assertThat(score.r2()).isGreaterThan(0.9);
        assertThat(Double.parseDouble(answers(model, table("x,same\n6,5\n")).getFirst()))
                .isCloseTo(1303, within(60.0));
    }

    @Test
    void theSameSeedGivesTheSameBits() throws IOException {
        Table table = table(fruits(60));

        assertThat(trained(table).parameters().sha256())
                .isEqualTo(trained(table).parameters().sha256());
    }

    @Test
    void validationEndsEarlyWithTheBestParameters() throws IOException {
        Table table = table(fruits(60));
        TableTask task = TableTask.of(table, TableTask.Choices.OPEN);
        Partition split = task.divide(0.3, 1);
        TableTraining.Result result = new TableTraining(
                        task, TrainingSettings.of(split.train().length, Task.CLASSIFICATION, 1), kernels)
                .fit(split.train(), split.held(), new int[0], (reading, parameters) -> {});

        double best = result.readings().stream()
                .mapToDouble(Evaluation::validationLoss)
                .min()
                .orElseThrow();
        Score.Classes score = (Score.Classes) result.model().evaluate(kernels, table, split.held());
        assertThat(score.loss()).isCloseTo(best, within(1e-5));
    }

    @Test
    void targetsThatCannotBeLearnedAreTold() throws IOException {
        assertThatThrownBy(() -> TableTask.of(table("a,class\n1,x\n2,x\n3,x\n"), TableTask.Choices.OPEN))
                .hasMessageContaining("'x' in all 3 rows");
        assertThatThrownBy(() -> Preparation.fit(
                        TableTask.of(table("a,class\n1,x\n2,y\n3,x\n"), TableTask.Choices.OPEN), new int[] {0, 2}))
                .hasMessageContaining("one class only")
                .hasMessageContaining("[x] in all 2 training rows");
        assertThatThrownBy(() -> Preparation.fit(
                        TableTask.of(table("a,class\n1,x\n1,y\n1,x\n"), TableTask.Choices.OPEN), new int[] {0, 1}))
                .hasMessageContaining("no column is left");
        assertThatThrownBy(() -> TableTask.of(table("a,class\n1,x\n2,y\n"), TableTask.Choices.OPEN)
                        .divide(0.2, 1))
                .hasMessageContaining("no row is left to hold out");
    }

    @Test
    void aDamagedPreparationIsRefused() throws IOException {
        TableModel model = trained(table(fruits(30)));
        String text = PreparationJson.write(model.preparation()).toString();
        for (String damage : List.of(
                "\"version\":1|\"version\":2",
                "\"headed\":true|\"headed\":5",
                "\"deviation\":|\"deviation\":-",
                "\"column\":\"size\"|\"column\":\"sizes\"",
                "\"labels\"|\"label\"")) {
            String[] parts = damage.split("\\|");
            Json.Members damaged = (Json.Members) Json.parse(text.replace(parts[0], parts[1]));

            assertThat(text).contains(parts[0]);
            assertThatThrownBy(() -> PreparationJson.read(damaged, "model")).hasMessageContaining("damaged");
        }
    }

    private TableModel trained(Table table) {
        TableTask task = TableTask.of(table, TableTask.Choices.OPEN);
        return new TableTraining(
                        task,
                        TrainingSettings.of(task.rows().length, task.target().task(), 1),
                        kernels)
                .fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                .model();
    }

    private List<String> answers(TableModel model, Table table) {
        Predictions predictions = model.predict(kernels, table, rows(table));
        return IntStream.range(0, predictions.count())
                .mapToObj(predictions::answer)
                .toList();
    }

    private static int[] rows(Table table) {
        return IntStream.range(0, table.count()).toArray();
    }

    private static String fruits(int rows) {
        StringBuilder text = new StringBuilder("size,weight,colour,kind\n");
        for (int i = 0; i < rows; i++) {
            boolean apple = i % 2 == 0;
            text.append(apple ? 6 + i % 3 : 17 + i % 5)
                    .append(',')
                    .append(90 + i % 40)
                    .append(',');
            text.append(apple ? "red" : "yellow")
                    .append(',')
                    .append(apple ? "apple" : "banana")
                    .append('\n');
        }
        return text.toString();
    }

    private Table table(String text) throws IOException {
        return CsvFile.read(write(text));
    }

    private Path write(String text) throws IOException {
        Path file = folder.resolve("table.csv");
        Files.writeString(file, text);
        return file;
    }
}
