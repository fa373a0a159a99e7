package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.NpyArray;
import org.badak.data.NpyFile;
import org.badak.data.NpyType;
import org.badak.data.NpzFile;
import org.badak.testkit.SmallPng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Arrays of NumPy and folders of PNG files through the commands.
class ArrayCommandsTest {
    private static final int SIDE = 6;

    @TempDir
    Path folder;

    @Test
    void imagesOfAnArchiveAreLearnedEvaluatedPredictedAndShown() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x_train", images(60));
        arrays.put("y_train", labels(60));
        arrays.put("x_test", images(20));
        arrays.put("y_test", labels(20));
        Path file = folder.resolve("bars.npz");
        NpzFile.write(file, arrays);
        NpyFile.write(folder.resolve("new.npy"), images(2));
        Run train = train(file, "--activation", "relu", "--init", "he");
        Run evaluate = Run.of("evaluate", run(), "--data", file.toString(), "--no-figures", "--json");
        Run predict = Run.of("predict", run(), folder.resolve("new.npy").toString(), "--json");
        Run show = Run.of(
                "data",
                "show",
                file.toString(),
                "--out",
                folder.resolve("figures").toString());

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.err())
                .contains("60 training and 20 test images of 6 x 6", "steps of 20 images", "Test images: F1");
        assertThat(evaluate.err()).containsPattern("class +images +precision");
        assertThat(train.number("test_accuracy")).isEqualTo(1);
        assertThat(evaluate.exit()).as(evaluate.err()).isZero();
        assertThat(evaluate.number("count")).isEqualTo(20);
        assertThat(evaluate.number("accuracy")).isEqualTo(1);
        assertThat(predict.out()).contains("\"label\":\"0\"", "\"label\":\"1\"");
        assertThat(show.exit()).as(show.err()).isZero();
        assertThat(show.out()).contains("30");
    }

    @Test
    void numbersAreDividedByClassAndEvaluatedOnTheSamePart() throws IOException {
        Path file = folder.resolve("points.npz");
        NpzFile.write(file, Map.of("X", points(100, 0), "y", labels(100)));
        NpzFile.write(folder.resolve("others.npz"), Map.of("X", points(30, 0.01f), "y", labels(30)));
        Run train = train(file, "--test-fraction", "0.3", "--seed", "5");
        Run same = Run.of("evaluate", run(), "--no-figures", "--json");
        Run all =
                Run.of("evaluate", run(), "--data", folder.resolve("others.npz").toString(), "--no-figures", "--json");
        Run predict = Run.of("predict", run(), folder.resolve("others.npz").toString(), "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.err())
                .contains("70 training and 30 test examples of 2 numbers", "steps of 20 examples", "Test examples: F1");
        assertThat(train.err() + same.err()).doesNotContain("images");
        assertThat(same.err()).containsPattern("class +examples +precision");
        assertThat(same.number("count")).isEqualTo(30);
        assertThat(Files.readAllLines(folder.resolve("run/metrics.jsonl")))
                .anyMatch(line -> line.contains("\"step\":" + (long) train.number("best_iteration") + ",")
                        && line.contains("\"test_loss\":" + same.number("loss") + ","));
        assertThat(all.exit()).as(all.err()).isZero();
        assertThat(all.number("count")).isEqualTo(30);
        assertThat(all.text("set")).isEqualTo("all");
        assertThat(predict.out()).contains("\"index\":29");
    }

    @Test
    void balancedClassesCountTheSame() throws IOException {
        // 20 examples to learn from, one of them rare, all in every batch
        int[] few = new int[40];
        few[7] = 1;
        few[8] = 1;
        NpzFile.write(
                folder.resolve("rare.npz"), Map.of("X", NpyArray.of(new float[80], 40, 2), "y", NpyArray.of(few, 40)));
        Run plain = train(folder.resolve("rare.npz"), "--test-fraction", "0.5", "--sampling", "shuffle");
        Files.move(folder.resolve("run"), folder.resolve("plain"));
        Run balanced = train(
                folder.resolve("rare.npz"),
                "--test-fraction",
                "0.5",
                "--sampling",
                "shuffle",
                "--class-weight",
                "balanced");

        assertThat(balanced.exit()).as(balanced.err()).isZero();
        assertThat(folder.resolve("run/config.json")).content().contains("\"class_weight\":\"balanced\"");
        // nothing tells the classes apart: the loss is that of their shares, or of even odds
        assertThat(plain.number("test_loss")).isLessThan(0.3);
        assertThat(balanced.number("test_loss")).isGreaterThan(0.4);
    }

    @Test
    void twoFilesOfNumbersAreLearned() {
        NpyFile.write(folder.resolve("x.npy"), points(50, 0));
        NpyFile.write(folder.resolve("y.npy"), labels(50));
        Run train = train(
                folder.resolve("x.npy"), "--labels", folder.resolve("y.npy").toString());
        Run evaluate = Run.of("evaluate", run(), "--no-figures", "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(evaluate.number("count")).isEqualTo(10);
    }

    @Test
    void aFolderOfPngFilesForEachClassIsLearned() throws IOException {
        for (int i = 0; i < 40; i++) {
            png(
                    "train/" + (i % 2 == 0 ? "lying" : "standing") + "/" + i + ".png",
                    i % 2,
                    i,
                    i % 3 == 0 ? SmallPng.Kind.GRAY : i % 3 == 1 ? SmallPng.Kind.RGB : SmallPng.Kind.DEEP);
            png("test/" + (i % 2 == 0 ? "lying" : "standing") + "/" + i + ".png", i % 2, i + 1, SmallPng.Kind.GRAY);
        }
        Run train = train(folder.resolve("pictures"), "--activation", "relu", "--init", "he");
        Run predict = Run.of(
                "predict", run(), folder.resolve("pictures/test/standing/3.png").toString(), "--json");

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.number("test_accuracy")).isEqualTo(1);
        assertThat(predict.out()).contains("\"label\":\"standing\"");
    }

    @Test
    void aPictureThatCannotBeReadIsToldWithItsFile() throws IOException {
        png("a/1.png", 0, 0, SmallPng.Kind.GRAY);
        png("b/1.png", 1, 0, SmallPng.Kind.RGB);
        Path broken = folder.resolve("pictures/b/2.png");
        byte[] whole = Files.readAllBytes(folder.resolve("pictures/b/1.png"));
        Files.write(broken, java.util.Arrays.copyOf(whole, whole.length - 20));
        Run cut = train(folder.resolve("pictures"));
        Files.write(broken, SmallPng.of(20_000, 1, SmallPng.Kind.GRAY, new byte[20_000]));
        Run large = train(folder.resolve("pictures"));

        assertThat(cut.exit()).isEqualTo(1);
        assertThat(cut.err()).contains("b/2.png", "the file is damaged");
        assertThat(large.err()).contains("b/2.png", "20000 × 1", "4096");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.npy | | 2 | add --labels FILE.npy",
                "none.npz | | 1 | no such file",
                "points.npz | --labels y.npy | 2 | leave --labels out",
                "points.npz | --target y | 2 | --target: found, but",
                "points.npz | --test-fraction 0 | 2 | --test-fraction: found 0.0",
                "points.npz | --data digits | 2 | expected one of them",
                "digits | --weight 1 | 2 | --weight: found, but",
                "digits | --test-fraction 0.5 | 2 | has a test part of its own"
            })
    void mistakesAreToldAndLeaveNothing(String name, String options, int exit, String message) {
        NpzFile.write(folder.resolve("points.npz"), Map.of("X", points(100, 0), "y", labels(100)));
        NpyFile.write(folder.resolve("x.npy"), points(50, 0));
        String[] more = options == null ? new String[0] : options.split(" ");
        Run failed = name.equals("digits")
                ? Run.of("train", "--data", "digits", more[0], more[1], "--out", run())
                : train(folder.resolve(name), more);

        assertThat(failed.exit()).isEqualTo(exit);
        assertThat(failed.err()).contains(message);
        assertThat(Path.of(run())).doesNotExist();
    }

    @Test
    void aModelTakesOnlyWhatItLearned() {
        Path file = folder.resolve("points.npz");
        NpzFile.write(file, Map.of("X", points(100, 0), "y", labels(100)));
        train(file);
        NpyFile.write(folder.resolve("three.npy"), NpyArray.of(new float[6], 2, 3));
        NpyFile.write(folder.resolve("bytes.npy"), new NpyArray(NpyType.UINT8, new int[] {1, 2}, new byte[2]));
        NpyFile.write(folder.resolve("one.npy"), NpyArray.of(new float[2], 2));
        Run shape = Run.of("predict", run(), folder.resolve("three.npy").toString());
        Run bytes = Run.of("predict", run(), folder.resolve("bytes.npy").toString());
        Run one = Run.of("predict", run(), folder.resolve("one.npy").toString());
        Run digits = Run.of("evaluate", run(), "--data", "digits");

        assertThat(shape.err()).contains("arrays of 3 numbers", "arrays of 2 numbers");
        assertThat(bytes.err()).contains("arrays of 2 unsigned bytes", "astype");
        assertThat(one.exit()).as(one.err()).isZero();
        assertThat(digits.err()).contains("images of 28 x 28 pixels", "arrays of 2 numbers");
    }

    private Run train(Path data, String... options) {
        String[] all = new String[options.length + 12];
        System.arraycopy(
                new String[] {
                    "train",
                    data.toString(),
                    "--iterations",
                    "300",
                    "--hidden",
                    "8",
                    "--batch",
                    "20",
                    "--out",
                    run(),
                    "--learning-rate",
                    "0.5"
                },
                0,
                all,
                0,
                12);
        System.arraycopy(options, 0, all, 12, options.length);
        String[] json = java.util.Arrays.copyOf(all, all.length + 1);
        json[all.length] = "--json";
        return Run.of(json);
    }

    private String run() {
        return folder.resolve("run").toString();
    }

    /// Bars: lying ones of class 0, standing ones of class 1.
    private static NpyArray images(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < SIDE; j++) {
                int place = i / 2 % SIDE;
                pixels[i * SIDE * SIDE + (i % 2 == 0 ? place * SIDE + j : j * SIDE + place)] = (byte) 255;
            }
        }
        return new NpyArray(NpyType.UINT8, new int[] {count, SIDE, SIDE}, pixels);
    }

    private static NpyArray labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
        }
        return NpyArray.of(labels, count);
    }

    /// Points left of 0 of class 0, right of it of class 1.
    private static NpyArray points(int count, float shift) {
        float[] values = new float[2 * count];
        for (int i = 0; i < count; i++) {
            values[2 * i] = (i % 2 == 0 ? -1 : 1) * (1 + i % 7 / 7f) + shift;
            values[2 * i + 1] = i % 5 / 5f;
        }
        return NpyArray.of(values, count, 2);
    }

    private void png(String name, int standing, int place, SmallPng.Kind kind) throws IOException {
        byte[] bar = images(place / 2 % SIDE * 2 + standing + 1).bytes();
        byte[] pixels = java.util.Arrays.copyOfRange(bar, bar.length - SIDE * SIDE, bar.length);
        Path file = folder.resolve("pictures").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, SmallPng.of(SIDE, SIDE, kind, pixels));
    }
}
