package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.badak.data.GeneratedDigits;
import org.badak.data.IdxArray;
import org.badak.data.IdxFile;
import org.badak.data.IdxType;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.figure.ImageGrid;
import org.badak.figure.TerminalCells;
import org.badak.metric.Classification;
import org.badak.report.ClassFigures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands that use a model: evaluate, predict, line; and check-gradient, data, doctor.
class ModelCommandsTest {
    private static final String[] DATA = {"--data", "digits", "--train-count", "1000", "--test-count", "200"};

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Run trained = new Run(-1, "", "");

    @BeforeAll
    static void train() {
        trained = Run.of(with(
                DATA,
                "train",
                "--iterations",
                "300",
                "--init",
                "xavier",
                "--lr",
                "0.5",
                "--batch",
                "50",
                "--hidden",
                "20",
                "--json",
                "--out",
                shared.resolve("run").toString()));
        assertThat(trained.exit()).as(trained.err()).isZero();
    }

    @Test
    void reportAndCurvesAreWellFormed() throws Exception {
        Path run = shared.resolve("run");
        FunctionCommandsTest.requireFigure(run, "curve");
        String page = Files.readString(run.resolve("report.html"));
        FunctionCommandsTest.requireXml(page, "html");
        assertThat(page)
                .contains(
                        "Confusion",
                        "First-layer weights",
                        "Most confident mistakes",
                        "<svg",
                        trained.text("parameters_sha256"),
                        "훈련");
        assertThat(page).as("self-contained").doesNotContain("src=\"http", "href=\"http", "<script", "<link");
    }

    @Test
    void evaluatingTheCheckpointGivesWhatTrainingSaid() throws Exception {
        Run run = Run.of(with(
                DATA,
                "evaluate",
                shared.resolve("run/checkpoint-300.safetensors").toString(),
                "--json",
                "--out",
                folder.toString()));
        assertThat(run.number("accuracy")).isEqualTo(trained.number("test_accuracy"));
        assertThat(run.number("loss")).isEqualTo(trained.number("test_loss"));
        assertThat(run.number("count")).isEqualTo(200);
        assertThat(run.text("parameters_sha256")).isEqualTo(trained.text("parameters_sha256"));
        FunctionCommandsTest.requireFigure(folder, "confusion");
        FunctionCommandsTest.requireFigure(folder, "mistakes");
        assertThat(run.json().get("metrics"))
                .as("the same figures at the end of training")
                .isEqualTo(trained.json().get("test_metrics"));
    }

    @Test
    void everyClassHasItsFigures() throws IOException {
        Run run = Run.of(with(
                DATA,
                "evaluate",
                shared.resolve("run/checkpoint-300.safetensors").toString(),
                "--no-figures",
                "--json"));
        var metrics = ((Json.Members) member(run, "metrics")).values();
        assertThat(metrics).containsKeys("macro", "weighted", "top_3", "log_loss", "roc_auc");
        assertThat(value(metrics, "log_loss")).isCloseTo(run.number("loss"), within(1e-5));
        assertThat(value(metrics, "top_3")).isBetween(run.number("accuracy"), 1.0);
        assertThat(value(metrics, "roc_auc")).isBetween(0.9, 1.0);
        double examples = 0;
        for (Json each : ((Json.Members) metrics.get("classes")).values().values()) {
            examples += value(((Json.Members) each).values(), "count");
        }
        assertThat(examples).isEqualTo(200);
        assertThat(run.err()).contains("precision", "recall", "mean of classes", "weighted mean", "top 3 ", "ROC AUC");
        assertThat(trained.err()).contains("Test images: F1 ", "hardest class: ");
        assertThat(Files.readString(shared.resolve("run/report.html"))).contains("정밀도", "weighted mean / 가중 평균");
    }

    @Test
    void columnsOfTheClassTableStayInLineUnderHangul() {
        Classification answers = Classification.of(new double[][] {{.9, .1}, {.2, .8}}, new int[] {0, 1}, 2);
        StringWriter out = new StringWriter();
        PrintWriter results = new PrintWriter(out);
        new ClassTable(new ClassFigures(
                        answers, List.of("고양이", "a very long name of a class indeed"), ClassFigures.IMAGES))
                .print(new Console(results, results, Terminal.NONE));
        assertThat(out.toString().lines().limit(5).map(TerminalCells::columns).distinct())
                .as(out.toString())
                .hasSize(1);
    }

    private static double value(Map<String, Json> members, String name) {
        return members.get(name) instanceof Json.Numeral(String digits) ? Double.parseDouble(digits) : Double.NaN;
    }

    @Test
    void runDirectoryStandsForItsModelAndItsData() {
        Run run = Run.of(
                "evaluate",
                shared.resolve("run").toString(),
                "--train-count",
                "1000",
                "--test-count",
                "200",
                "--set",
                "train",
                "--json",
                "--no-figures");
        assertThat(run.text("data")).isEqualTo("digits");
        assertThat(run.number("count")).isEqualTo(1000);
    }

    @Test
    void predictionsReadIdxAndPng() throws IOException {
        ImageDataset test =
                GeneratedDigits.generate(DataOptions.DIGITS_SEED, 1, 50).test();
        Path idx = folder.resolve("images.idx");
        IdxFile.write(idx, bytes(test.pixels(), 50, 28, 28));
        Run run = predict("--json", idx.toString());
        List<Json> predictions = ((Json.Items) member(run, "predictions")).values();
        assertThat(predictions).hasSize(50);
        int correct = 0;
        for (int i = 0; i < 50; i++) {
            correct += number(predictions.get(i), "class") == test.label(i) ? 1 : 0;
        }
        assertThat(correct).isGreaterThan(35);
        assertThat(predict(idx.toString()).out())
                .contains("images.idx [19]", "and 30 more")
                .doesNotContain("[20]");
    }

    @Test
    void invertedImagesAreNoticedAndInverted() throws IOException {
        ImageDataset test =
                GeneratedDigits.generate(DataOptions.DIGITS_SEED, 1, 1).test();
        byte[] dark = Arrays.copyOf(test.pixels(), 28 * 28);
        byte[] light = new byte[dark.length];
        for (int i = 0; i < dark.length; i++) {
            light[i] = (byte) (255 - (dark[i] & 255));
        }
        Path normal = folder.resolve("normal.idx");
        Path paper = folder.resolve("paper.idx");
        IdxFile.write(normal, bytes(dark, 1, 28, 28));
        IdxFile.write(paper, bytes(light, 1, 28, 28));
        assertThat(predict(normal.toString()).err()).doesNotContain("invert");
        assertThat(predict(paper.toString()).err()).contains("--invert");
        assertThat(member(predict("--invert", "--json", paper.toString()), "predictions")
                        .toString())
                .contains(member(predict("--json", normal.toString()), "predictions")
                        .toString()
                        .replaceAll(".*probabilities", "probabilities"));
    }

    @Test
    void otherSizesAreRefusedUnlessResized() throws IOException {
        Path png = folder.resolve("figure.png");
        Files.write(png, ImageGrid.titled("x").png(200, 200));
        Run refused = predict(png.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("200 x 200", "28 x 28", "--resize");
        Run resized = predict("--resize", "--json", png.toString());
        assertThat(resized.exit()).isZero();
        assertThat(resized.err()).contains("--invert");
    }

    @Test
    void filesThatAreNoImagesAreTold() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "hello");
        assertThat(predict(text.toString()).err()).contains("where:", "text.png");
        Path labels = folder.resolve("labels.idx");
        IdxFile.write(labels, bytes(new byte[3], 3));
        assertThat(predict(labels.toString()).err()).contains("rank 1", "rank 3");
        assertThat(predict(folder.resolve("none.png").toString()).err()).contains("no such file");
        assertThat(Run.of("predict", shared.resolve("run").toString()).exit()).isEqualTo(2);
    }

    @Test
    void brokenModelsAreTold() throws IOException {
        Path model = Files.writeString(folder.resolve("model.safetensors"), "<html>not found</html>");
        Run run = Run.of("evaluate", model.toString(), "--data", "digits");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("model.safetensors", "found:", "expected:", "remedy:");
        assertThat(Run.of("evaluate", folder.resolve("no").toString()).err()).contains("no such file");
    }

    @Test
    void lossMovesAlongALineWhereAccuracyRests() throws Exception {
        Run run = Run.of(with(
                DATA,
                "line",
                shared.resolve("run").toString(),
                "--count",
                "50",
                "--points",
                "101",
                "--json",
                "--out",
                folder.toString()));
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.number("flat_accuracy_share")).isGreaterThan(0.5);
        assertThat(run.number("flat_loss_share")).isLessThan(0.05);
        FunctionCommandsTest.requireFigure(folder, "line");
        Run random = Run.of(with(
                DATA,
                "line",
                shared.resolve("run").toString(),
                "--direction",
                "random",
                "--from",
                "-1",
                "--to",
                "1",
                "--points",
                "21",
                "--json",
                "--no-figures"));
        List<Json> losses = ((Json.Items) member(random, "loss")).values();
        assertThat(Double.parseDouble(losses.get(10).toString()))
                .isLessThan(Double.parseDouble(losses.get(0).toString()))
                .isLessThan(Double.parseDouble(losses.get(20).toString()));
        assertThat(Run.of("line", shared.resolve("run").toString(), "--from", "2", "--to", "1")
                        .exit())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid", "tanh", "relu"})
    void correctGradientsPass(String activation) throws Exception {
        Run run = Run.of(
                "check-gradient",
                "--hidden",
                "12,8",
                "--activation",
                activation,
                "--init",
                "xavier",
                "--json",
                "--out",
                folder.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(member(run, "passed")).isEqualTo(Json.Word.TRUE);
        List<Json> tensors = ((Json.Items) member(run, "tensors")).values();
        assertThat(tensors).hasSize(6);
        for (Json tensor : tensors) {
            assertThat(((Json.Members) tensor).values()).containsKeys("name", "max_relative_error", "verdict");
            assertThat(number(tensor, "max_relative_error")).isLessThan(1e-3);
        }
        FunctionCommandsTest.requireFigure(folder, "gradients");
    }

    @Test
    void theDeltaOfTheChapterIsNamed() {
        // a net that is sure and wrong: y is not far above the delta, so that the bias shows
        Run run =
                Run.of("check-gradient", "--hidden", "none", "--init", "normal:3", "--delta", "--json", "--no-figures");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(member(run, "passed")).isEqualTo(Json.Word.FALSE);
        assertThat(member(run, "tensors").toString()).contains("delta-bias");
    }

    @Test
    void directionsCheckLargeNetworks() {
        Run run = Run.of(
                "check-gradient", "--directions", "3", "--hidden", "30", "--init", "xavier", "--json", "--no-figures");
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @Test
    void mistakesOfCheckGradientAreTold() {
        assertThat(Run.of("check-gradient", "--loss", "softmax-cross-entrpy").err())
                .contains("did you mean softmax-cross-entropy?");
        assertThat(Run.of("check-gradient", "--batch", "0").exit()).isEqualTo(2);
        assertThat(Run.of("check-gradient", "--train-count", "3", "--data", "digits")
                        .err())
                .contains("at most 3");
    }

    @Test
    void dataIsListedAndShown() throws Exception {
        Run list = Run.of("data", "list", "--json");
        assertThat(list.out()).contains("mnist", "fashion-mnist", "digits");
        Run show = Run.of(
                "data",
                "show",
                "--data",
                "digits",
                "--train-count",
                "30",
                "--test-count",
                "1",
                "--count",
                "10",
                "--out",
                folder.toString());
        assertThat(show.out()).contains("digits train", "data-digits-train.png");
        FunctionCommandsTest.requireFigure(folder, "data-digits-train");
        assertThat(Run.of("data", "fetch", "digits").exit()).isEqualTo(2);
        assertThat(Run.of("data", "fetch", "minst").err()).contains("did you mean mnist?");
        assertThat(Run.of("data").exit()).isEqualTo(2);
        assertThat(Run.of("data", "shwo").err()).contains("did you mean show?");
    }

    @Test
    void chapterComputesEveryFigureThatIsPublished() {
        Run run = Run.of("chapter", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("holds")).isEqualTo(Json.of(true));
        assertThat(run.err())
                .contains("0.510825457099338", "0.9280682857864075", "0.1999999999990898", "diverged", "hardly moved")
                .contains("33 of 33 figures hold")
                .doesNotContain("DIFFERS");
    }

    @Test
    void doctorSaysWhatItFound() {
        Run run = Run.of("doctor", "--json");
        assertThat(run.exit()).isZero();
        assertThat(run.json()).containsKeys("java", "kernels", "threads", "mnist", "cache", "fma", "memory");
        assertThat(Run.of("doctor").out()).contains("Kernels", Runtime.version().toString());
    }

    @Test
    void koreanReadersAreSpokenToInKorean() {
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        try {
            Locale.setDefault(Locale.Category.DISPLAY, Locale.KOREA);
            assertThat(Run.of("train", "--help").out()).contains("사용법: badak train", "학습률", "비트까지");
            assertThat(Run.of("doctor").out()).contains("커널", "스레드");
            assertThat(Run.of(with(
                                    DATA,
                                    "train",
                                    "--iterations",
                                    "1",
                                    "--out",
                                    folder.resolve("run").toString()))
                            .out())
                    .contains("훈련정확도", "학습이 되지 않았습니다");
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : List.of(
                "train",
                "evaluate",
                "predict",
                "export",
                "import",
                "serve",
                "line",
                "check-gradient",
                "derive",
                "descend",
                "data",
                "chapter",
                "doctor")) {
            Run run = Run.of(command, "--help");
            assertThat(run.exit()).isZero();
            assertThat(run.out()).contains("Usage: badak " + command);
            assertThat(Run.of("help", command).out()).isEqualTo(run.out());
        }
        assertThat(Run.of("help").out()).contains("check-gradient", "doctor");
    }

    private static Run predict(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "predict";
        all[1] = shared.resolve("run").toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.of(all);
    }

    private static String[] with(String[] data, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(data));
        return all.toArray(String[]::new);
    }

    private static IdxArray bytes(byte[] content, int... shape) {
        return new IdxArray(IdxType.UNSIGNED_BYTE, shape, content);
    }

    private static Json member(Run run, String name) {
        return java.util.Objects.requireNonNull(run.json().get(name), run.out() + run.err());
    }

    private static double number(Json object, String name) {
        return Double.parseDouble(((Json.Members) object).values().get(name).toString());
    }
}
