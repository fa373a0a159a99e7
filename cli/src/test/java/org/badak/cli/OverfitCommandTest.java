package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverfitCommandTest {
    private static final String SMALL = "--data digits --images 80 --validation 80 --test-count 300 --lr 0.1 --seeds 2";

    @TempDir
    Path folder;

    @Test
    void everyCureHasItsFiguresItsWordsAndItsPanel() throws Exception {
        Run run = overfit(SMALL + " --epochs 100 --early-stopping 30 --json");
        assertThat(run.exit()).as(run.err()).isZero();
        Map<String, Json> cures = ((Json.Members) run.json().get("cures")).values();
        assertThat(cures).containsOnlyKeys("plain", "weight-decay", "dropout", "early-stopping");
        assertThat(number(cures, "plain", "train_accuracy")).isEqualTo(1);
        assertThat(number(cures, "plain", "gain")).isZero();
        assertThat(number(cures, "dropout", "gain"))
                .isEqualTo(number(cures, "dropout", "test_accuracy") - number(cures, "plain", "test_accuracy"));
        assertThat(number(cures, "early-stopping", "epochs")).isBetween(1.0, 100.0);
        assertThat(((Json.Items) ((Json.Members) cures.get("plain")).values().get("test_accuracies")).values())
                .as("each seed trains a network of its own")
                .hasSize(2)
                .doesNotHaveDuplicates();
        assertThat(number(cures, "early-stopping", "validation")).isEqualTo(80);
        assertThat(number(cures, "dropout", "validation")).isZero();
        assertThat(run.number("wrong_labels")).isEqualTo(32);
        assertThat(run.err())
                .contains(
                        "80 images, 32 of them with a wrong label",
                        "means of 2 seeds",
                        "Plain: right on 100.00 %",
                        "standard error",
                        "To use it: badak train")
                .contains(
                        "the 32 wrong labels too", "80 more images, 32 of them with a wrong label too, which no other")
                .contains(
                        "Weight decay 0.05: test accuracy",
                        "--weight-decay 0.001",
                        "dropout 0.15, dense 10\"",
                        "--validation 0.1 --early-stopping 5");
        FunctionCommandsTest.requireFigure(folder, "overfit");
        String page = Files.readString(folder.resolve("overfit.html"));
        FunctionCommandsTest.requireXml(page, "html");
        assertThat(page).contains("오버피팅과 처방", "weight decay 0.05 / 가중치 감소 0.05", "<svg");
    }

    @Test
    void validationImagesAreThoseBehindTheImagesToLearn() {
        byte[] pixels = {0, 1, 2, 3, 4, 5, 6, 7};
        ImageDataset all = new ImageDataset("images", 1, 1, 2, pixels, new int[8]);
        ImageDataset held = (ImageDataset) OverfitCommand.held(all, 3, 2);
        assertThat(held.pixels()).containsExactly(3, 4);
    }

    @Test
    void withoutNoiseNoWordIsSaidOfIt() throws Exception {
        Run run = overfit(SMALL.replace("--seeds 2", "--seeds 1") + " --epochs 60 --noise 0 --json");
        assertThat(run.number("wrong_labels")).isZero();
        assertThat(run.err()).contains("80 images, all labels right", "It has learnt them by heart.");
        assertThat(run.err()).doesNotContain("wrong");
    }

    @Test
    void threadsDoNotChangeTheResult() {
        Run one = overfit(SMALL + " --epochs 5 --threads 1 --no-figures --json");
        Run two = overfit(SMALL + " --epochs 5 --threads 2 --no-figures --json");
        assertThat(one.json().get("cures")).isEqualTo(two.json().get("cures"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void koreanReadersGetKorean() {
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        try {
            Locale.setDefault(Locale.Category.DISPLAY, Locale.KOREAN);
            Run run = overfit("--data digits --images 40 --validation 20 --test-count 50 --epochs 3 --seeds 1");
            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("이미지 40장(그중 16장은 레이블이 틀림)", "시드 1개", "가중치 감소 0.05", "쓰는 법: badak train");
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --images 0            | --images: found 0, expected 1 to
            --images 300          | --images and --validation: found 300 and 300, expected at most 500 together
            --noise 1             | --noise: label noise: expected at least 0 and below 1, found 1.0
            --epochs 0            | --epochs: found 0
            --seeds 0             | --seeds: found 0
            --dropout 1           | --dropout: expected at least 0 and below 1, found 1.0
            --weight-decay -1     | found -1.0
            --early-stopping 0    | patience: expected at least 1 epoch, found 0
            --validation 0        | --validation: found 0, expected 1 to
            --lr 0                | --lr: learning rate
            """)
    void mistakesAreTold(String options, String message) {
        Run run = overfit("--data digits --train-count 500 --test-count 50 " + options);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(folder).isEmptyDirectory();
    }

    private Run overfit(String options) {
        List<String> arguments = new ArrayList<>(List.of("overfit"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of("--out", folder.toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static double number(Map<String, Json> cures, String cure, String name) {
        Json value = ((Json.Members) cures.get(cure)).values().get(name);
        return Double.parseDouble(((Json.Numeral) value).digits());
    }
}
