package org.badak.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.badak.catalog.ModelFile;
import org.badak.data.Partition;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is promised of tables, a test for each promise that no other test holds: how the target is named, columns are
/// left out, numbers, categories, missing cells and targets become inputs and outputs, and how rows are divided.
class TablePromisesTest {
    private static final String TEXT = """
            size,weight,colour,kind
            7,100,red,apple
            9,,red,apple
            8,140,,apple
            19,120,yellow,banana
            17,?,yellow,banana
            18,180,green,banana
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"kind, 3", "4, 3", "-1, 3", "colour, 2", "3, 2", "-2, 2"})
    void theTargetIsNamedByNameOrByNumberFromEitherEnd(String wanted, int column) throws IOException {
        assertThat(task(TEXT, wanted, List.of()).target().column()).isEqualTo(column);
    }

    @ParameterizedTest
    @CsvSource({"size", "1", "-4"})
    void ignoredColumnsBecomeNoInputs(String ignored) throws IOException {
        TableTask task = task(TEXT, "kind", List.of(ignored));
        Preparation preparation = Preparation.fit(task, task.rows());

        assertThat(preparation.left()).containsExactly(Map.entry("size", "ignored"));
        assertThat(preparation.needed()).containsExactly("weight", "colour");
        assertThat(preparation.leftInWords(Locale.ENGLISH)).isEqualTo("size (ignored)");
        assertThat(preparation.leftInWords(Locale.KOREAN)).isEqualTo("size (제외하도록 지정)");
    }

    @Test
    void koreanReadersAreToldInKoreanWhatATableIsTakenFor() throws IOException {
        Target named = task(TEXT, "kind", List.of()).target();
        assertThat(named.reason(Locale.ENGLISH)).isEqualTo("as demanded; words");
        assertThat(named.reason(Locale.KOREA)).isEqualTo("지정한 열; 단어");
        Target last = task(TEXT, "", List.of()).target();
        assertThat(last.reason(Locale.ENGLISH)).isEqualTo("the last column; words");
        assertThat(last.reason(Locale.KOREA)).isEqualTo("마지막 열; 단어");
        CsvDialect dialect = new CsvDialect('\t', '\'', false, true);
        assertThat(dialect.inWords(Locale.FRENCH)).isEqualTo("separator tab, no header, decimal commas, quote '");
        assertThat(dialect.inWords(Locale.KOREA)).isEqualTo("구분자 탭, 머리글 없음, 소수점은 쉼표, 따옴표 '");
        for (ColumnType type : ColumnType.values()) {
            assertThat(type.word(Locale.KOREA)).containsPattern("^[가-힣 ]+$");
            assertThat(Preparation.reason(type.word(), Locale.KOREA)).isEqualTo(type.word(Locale.KOREA));
        }
    }

    @Test
    void numbersHaveMeanZeroAndDeviationOneAndMissingOnesAreTheMedian() throws IOException {
        TableTask task = task(TEXT, "kind", List.of());
        Preparation preparation = Preparation.fit(task, task.rows());
        Matrix x = encoded(preparation, task).x();

        assertThat(preparation.inputNames()).startsWith("size", "weight", "weight missing");
        for (int column : new int[] {0, 1}) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < 6; row++) {
                sum += x.get(row, column);
                squares += x.get(row, column) * x.get(row, column);
            }
            assertThat(sum).isCloseTo(0, within(1e-6));
            assertThat(squares / 6).isCloseTo(1, within(1e-6));
        }
        // 100, 120, 140, 180: the median is 130, the mean with it twice 800/6
        Feature.Numeric weight = (Feature.Numeric) preparation.features().get(1);
        assertThat(x.get(1, 1)).isCloseTo((130 - 800 / 6.0) / weight.deviation(), within(1e-6));
        assertThat(x.get(4, 1)).isEqualTo(x.get(1, 1));
        assertThat(new double[] {x.get(0, 2), x.get(1, 2), x.get(4, 2)}).containsExactly(0, 1, 1);
    }

    @Test
    void categoriesAreOneHotAndMissingOnesMarked() throws IOException {
        TableTask task = task(TEXT, "kind", List.of("size", "weight"));
        Preparation preparation = Preparation.fit(task, task.rows());
        double[][] x = encoded(preparation, task).x().toArray();

        assertThat(preparation.inputNames())
                .containsExactly("colour=green", "colour=red", "colour=yellow", "colour missing");
        assertThat(x[0]).containsExactly(0, 1, 0, 0);
        assertThat(x[2]).containsExactly(0, 0, 0, 1);
        assertThat(x[3]).containsExactly(0, 0, 1, 0);
        assertThat(x[5]).containsExactly(1, 0, 0, 0);
    }

    @Test
    void aMissingCategoryThatIsRareIsTheMostFrequentOne() throws IOException {
        StringBuilder text = new StringBuilder("colour,kind\n,a\n");
        for (int i = 0; i < 30; i++) {
            text.append(i % 3 == 0 ? "blue" : "red").append(i % 2 == 0 ? ",a\n" : ",b\n");
        }
        TableTask task = task(text.toString(), "kind", List.of());
        Preparation preparation = Preparation.fit(task, task.rows());

        assertThat(preparation.inputNames()).containsExactly("colour=blue", "colour=red");
        assertThat(encoded(preparation, task).x().toArray()[0]).containsExactly(0, 1);
    }

    @Test
    void labelsAreInOrderAndNumbersThatAreEqualAreOne() throws IOException {
        TableTask task = task("x,y\n1,10\n2,9\n3,10.0\n4,9\n5,-1\n", "y", List.of(), Task.CLASSIFICATION);
        Preparation preparation = Preparation.fit(task, task.rows());

        assertThat(((TargetEncoding.Classes) preparation.target()).labels()).containsExactly("-1", "9", "10");
    }

    @Test
    void aNumberThatIsLearnedIsStandardisedByTheTrainingRows() throws IOException {
        TableTask task = task("x,y\n1,100\n2,300\n3,9999\n", "y", List.of(), Task.REGRESSION);
        TargetEncoding.Values values =
                (TargetEncoding.Values) Preparation.fit(task, new int[] {0, 1}).target();

        assertThat(values.mean()).isEqualTo(200);
        assertThat(values.deviation()).isEqualTo(100);
    }

    @Test
    void everyPartHasItsShareOfEveryClass() throws IOException {
        StringBuilder text = new StringBuilder("x,kind\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(".5,").append(i % 10 == 0 ? "rare" : "common").append('\n');
        }
        TableTask task = task(text.toString(), "kind", List.of());

        Partition split = task.divide(0.2, 1);
        assertThat(rare(split.held())).isEqualTo(2);
        assertThat(rare(task.divide(split.train(), 0.25, 1).held())).isEqualTo(2);
        int[] seen = new int[100];
        for (Partition fold : task.folds(5, 1)) {
            assertThat(fold.held()).hasSize(20);
            assertThat(rare(fold.held())).isEqualTo(2);
            Arrays.stream(fold.held()).forEach(row -> seen[row]++);
        }
        assertThat(seen).containsOnly(1);
        assertThat(task.divide(0.2, 2).held()).isNotEqualTo(split.held());
    }

    private static long rare(int[] rows) {
        return Arrays.stream(rows).filter(row -> row % 10 == 0).count();
    }

    private Encoded encoded(Preparation preparation, TableTask task) {
        return Encoded.of(preparation, task.table(), Alignment.of(preparation, task.table()), task.rows());
    }

    private TableTask task(String text, String target, List<String> ignored) throws IOException {
        return TableTask.of(table(text), new TableTask.Choices(target, null, ignored, List.of(), List.of()));
    }

    private TableTask task(String text, String target, List<String> ignored, Task demanded) throws IOException {
        return TableTask.of(table(text), new TableTask.Choices(target, demanded, ignored, List.of(), List.of()));
    }

    private Table table(String text) throws IOException {
        return CsvFile.read(Files.writeString(folder.resolve("table.csv"), text));
    }

    @Test
    void rowsCountByTheirWeights() throws IOException {
        TableTask task = weighted("x,w,y\n1,1,a\n2,3,b\n3,4,a\n4,2,b\n");
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TableModel model = new TableTraining(task, TrainingSettings.of(4, Task.CLASSIFICATION, 1), kernels)
                    .fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                    .model();
            Path file = folder.resolve("model.safetensors");
            ModelFile.write(file, model.saved(1, 1, Map.of()));
            TableModel read = TableModel.of(ModelFile.read(file), file.toString());
            Table other = table("x,w,y\n1,1,a\n2,5,a\n");
            Predictions.Classes answers = (Predictions.Classes) read.predict(kernels, other, new int[] {0, 1});
            Score.Classes score = (Score.Classes) read.evaluate(kernels, other, new int[] {0, 1});
            double first = -Math.log(answers.probabilities().get(0, 0));
            double second = -Math.log(answers.probabilities().get(1, 0));
            double right = (answers.best(0) == 0 ? 1 : 0) + (answers.best(1) == 0 ? 5 : 0);

            assertThat(model.preparation().left()).containsExactly(Map.entry("w", "weight"));
            assertThat(read.preparation()).isEqualTo(model.preparation());
            assertThat(score.loss()).isCloseTo((first + 5 * second) / 6, within(1e-6));
            assertThat(score.accuracy()).isEqualTo(right / 6);
            Table without = table("x,z\n1,0\n2,0\n");
            assertThat(read.predict(kernels, without, new int[] {0, 1}).count()).isEqualTo(2);
        }
    }

    @Test
    void aHeavyRowPullsTheAnswerToItself() throws IOException {
        StringBuilder text = new StringBuilder("x,w,y\n");
        for (int i = 0; i < 40; i++) { // x says nothing about y
            text.append(i / 2 % 4).append(i % 2 == 0 ? ",9,10\n" : ",1,20\n");
        }
        TableTask task = TableTask.of(
                table(text.toString()),
                new TableTask.Choices("y", Task.REGRESSION, List.of(), List.of(), List.of(), "w"));
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TableModel model = new TableTraining(task, TrainingSettings.of(40, Task.REGRESSION, 1), kernels)
                    .fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                    .model();
            Predictions.Values answers = (Predictions.Values) model.predict(kernels, task.table(), new int[] {0});

            assertThat(answers.values()[0]).isCloseTo((9 * 10 + 20) / 10.0, within(1.0));
        }
    }

    @Test
    void balancedClassesAreAnsweredAsIfTheyHadAsManyRows() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 100; i++) { // x says nothing about y
            text.append(i / 5 % 4).append(i % 5 == 0 ? ",rare\n" : ",common\n");
        }
        TableTask task = task(text.toString(), "y", List.of());
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TrainingSettings settings = TrainingSettings.of(100, Task.CLASSIFICATION, 1);
            double plain = rare(new TableTraining(task, settings, kernels), task, kernels);
            double balanced = rare(new TableTraining(task, settings, kernels).balanced(), task, kernels);

            assertThat(plain).isCloseTo(0.2, within(0.05));
            assertThat(balanced).isCloseTo(0.5, within(0.05));
        }
    }

    private static double rare(TableTraining training, TableTask task, Kernels kernels) {
        TableModel model = training.fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                .model();
        return ((Predictions.Classes) model.predict(kernels, task.table(), new int[] {0}))
                .probabilities()
                .get(0, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0 | line 3, column 2 (w)", "-1 | -1 | positive", "'' | nothing | positive"})
    void aWeightThatIsNotPositiveIsToldWithItsPlace(String cell, String found, String part) throws IOException {
        TableTask task = weighted("x,w,y\n1,1,a\n2," + cell + ",b\n3,4,a\n4,2,b\n");
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TableTraining training = new TableTraining(task, TrainingSettings.of(4, Task.CLASSIFICATION, 1), kernels);
            assertThatThrownBy(() -> training.fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {}))
                    .hasMessageContaining(found)
                    .hasMessageContaining(part);
        }
    }

    @Test
    void theTargetIsNoWeight() {
        assertThatThrownBy(() -> TableTask.of(
                        table("x,y\n1,1\n2,2\n"),
                        new TableTask.Choices("y", Task.REGRESSION, List.of(), List.of(), List.of(), "y")))
                .hasMessageContaining("column 2 (y)");
    }

    private TableTask weighted(String text) throws IOException {
        return TableTask.of(
                table(text), new TableTask.Choices("y", Task.CLASSIFICATION, List.of(), List.of(), List.of(), "2"));
    }
}
