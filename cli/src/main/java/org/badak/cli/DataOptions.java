package org.badak.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.badak.catalog.SavedModel;
import org.badak.catalog.Suggestion;
import org.badak.data.ArrayData;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.DataSplit;
import org.badak.data.Dataset;
import org.badak.data.FeatureDataset;
import org.badak.data.FolderListing;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.data.ImageFolder;
import org.badak.data.LabelledData;
import org.badak.data.MnistSource;
import org.badak.figure.GrayImage;
import org.badak.figure.PngReader;
import picocli.CommandLine.Option;

/// The options that choose data, and how they are carried out.
final class DataOptions {
    /// Seed of the generated digits: always the same images, whatever the seed of the training.
    static final long DIGITS_SEED = 1;

    private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt", ".data");
    private static final List<String> NAMES = List.of("mnist", "fashion-mnist", "digits");
    private static final float LARGE = 20;
    private static final int SHOWN = 5;

    @Option(
            names = "--data",
            paramLabel = "NAME|FOLDER|FILE",
            description = {
                "mnist, fashion-mnist, digits (built in, no download); a folder with four IDX files, of PNG files in a"
                        + " folder for each class, or of NPY files; an NPZ file, an NPY file with --labels, or a CSV"
                        + " file.",
                "Default: MNIST, found or downloaded; digits if it cannot be had."
            })
    private String data = "";

    @Option(names = "--labels", paramLabel = "FILE", description = "The labels of --data FILE.npy, another NPY file.")
    private String labels = "";

    @Option(names = "--train-count", paramLabel = "N", description = "Use the first N training images only.")
    private int trainCount = -1;

    @Option(names = "--test-count", paramLabel = "N", description = "Use the first N test images only.")
    private int testCount = -1;

    private double fraction = 0.2;
    private long seed = 1;
    private boolean defaulted; // the data is that of a model
    private Optional<String> wanted = Optional.empty(); // hash of the only data that is divided

    /// Made by picocli.
    DataOptions() {}

    /// Chooses another data set unless one was named, and of that as many training images as needed.
    void setDefault(String name, int images) {
        if (data.isEmpty()) {
            data = name;
            trainCount = trainCount == -1 ? images : trainCount;
            testCount = testCount == -1 ? 1 : testCount;
        }
    }

    /// Chooses the data set that a model was trained on, unless one was named. It is divided as it was then; other
    /// data is not divided.
    void setDefault(SavedModel model) {
        if (data.isEmpty()) {
            defaulted = true;
            data = model.origin().getOrDefault("data", "");
            labels = labels.isEmpty() ? model.origin().getOrDefault("labels", "") : labels;
        }
        wanted = Optional.of(model.origin().getOrDefault("data_sha256", "none"));
        divide(Double.parseDouble(model.origin().getOrDefault("test_fraction", "0.2")), model.seed());
    }

    /// Says how data without a test part is divided.
    ///
    /// @param share of the examples to test with
    void divide(double share, long decides) {
        fraction = share;
        seed = decides;
    }

    /// Chooses a file or folder.
    void name(Path path) {
        data = path.toString();
    }

    /// The table that was named in place of images: a file, or a name that ends like one.
    Optional<Path> table() {
        return !data.isEmpty() && isTable(Path.of(data)) ? Optional.of(Path.of(data)) : Optional.empty();
    }

    /// Whether a path names a table.
    static boolean isTable(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return TABLES.stream().anyMatch(name::endsWith) || Files.isRegularFile(path) && !isArray(path);
    }

    private static boolean isArray(Path path) {
        return ArrayData.isOne(path) || ArrayData.isArray(path);
    }

    /// What was named; empty for nothing.
    String named() {
        return data;
    }

    /// Loads what was chosen and says in one line what it is.
    LoadedData load(Console console) {
        requireCount("--train-count", trainCount);
        requireCount("--test-count", testCount);
        LoadedData loaded = counted(divided(choose(console), console));
        LabelledData split = loaded.split();
        Dataset train = split.train();
        String kind = switch (train) {
            case ImageDataset images -> Texts.of("images of ", "이미지, 크기 ") + images.rows() + " x " + images.columns();
            case FeatureDataset numbers ->
                Texts.of("examples of " + numbers.shape() + " numbers", "예시, 숫자 " + numbers.shape() + "개");
        };
        console.note(
                split.isWhole()
                        ? String.format(
                                Locale.ROOT,
                                Texts.of("Data: %s: all %,d %s", "데이터: %s: 모두 %,d %s"),
                                split.origin(),
                                train.count(),
                                kind)
                        : String.format(
                                Locale.ROOT,
                                Texts.of("Data: %s: %,d training and %,d test %s", "데이터: %s: 훈련 %,d, 시험 %,d %s"),
                                split.origin(),
                                train.count(),
                                split.test().count(),
                                kind));
        if (train instanceof FeatureDataset numbers) {
            warnOfLarge(numbers, console);
        }
        return loaded;
    }

    private static void warnOfLarge(FeatureDataset numbers, Console console) {
        float most = 0;
        for (float value : numbers.values()) {
            most = Math.max(most, Math.abs(value));
        }
        if (most > LARGE) {
            console.note(Texts.of(
                    "Note: numbers reach " + most + " and are taken as they are; networks learn better from numbers"
                            + " near 1: (x - x.mean(axis=0)) / x.std(axis=0)",
                    "알림: 숫자가 " + most + "까지 있고 그대로 씁니다. 1에 가까운 숫자에서 더 잘 배웁니다:"
                            + " (x - x.mean(axis=0)) / x.std(axis=0)"));
        }
    }

    /// Divides a test part off where there is none, and remembers how.
    private LoadedData divided(LoadedData loaded, Console console) {
        if (!loaded.split().isWhole()) {
            return loaded;
        }
        String hash = loaded.split().train().sha256();
        if (wanted.isPresent() && !wanted.get().equals(hash)) {
            if (defaulted) {
                console.note(Texts.of(
                        "Note: the data is not what the model was trained on any more; all of it is taken",
                        "알림: 데이터가 모델을 학습한 때와 달라, 전부를 씁니다"));
            }
            return loaded;
        }
        LabelledData split = loaded.split().divided(fraction, seed);
        Map<String, String> facts = new LinkedHashMap<>(loaded.facts());
        facts.put("test_fraction", Double.toString(fraction));
        facts.put("data_sha256", hash);
        return new LoadedData(loaded.name(), split, facts);
    }

    private LoadedData choose(Console console) {
        if (!labels.isEmpty() && (data.isEmpty() || NAMES.contains(data))) {
            throw new UsageException("--labels: found " + labels + ", but "
                    + (data.isEmpty() ? "no --data" : "--data " + data)
                    + ", expected the NPY file whose labels they are; add --data FILE.npy, or leave --labels out");
        }
        return switch (data) {
            case "" -> mnistOrDigits(console);
            case "mnist" -> mirrored(MnistSource.mnist(), console);
            case "fashion-mnist" -> mirrored(MnistSource.fashionMnist(), console);
            case "digits" -> digits();
            default -> named(Path.of(data));
        };
    }

    private LoadedData mnistOrDigits(Console console) {
        MnistSource mnist = MnistSource.mnist();
        DataLocations locations = DataLocations.ofEnvironment();
        if (mnist.find(locations).isEmpty()) {
            console.note(
                    Texts.of("MNIST is not on this machine: downloading it, once.", "MNIST가 이 컴퓨터에 없어 한 번 내려받습니다."));
            try {
                mnist.fetch(locations, new DownloadBar(console, false));
            } catch (DataException unavailable) {
                console.note(Texts.of(
                        "MNIST could not be downloaded: using the built-in generated digits, drawn by program"
                                + " (badak data fetch mnist says why).",
                        "MNIST를 내려받을 수 없어, 프로그램이 그린 내장 생성 숫자를 사용합니다" + " (이유: badak data fetch mnist)."));
                return digits();
            }
        }
        return mirrored(mnist, console);
    }

    private static LoadedData mirrored(MnistSource source, Console console) {
        DataSplit split = source.obtain(DataLocations.ofEnvironment(), new DownloadBar(console, true));
        return new LoadedData(source.name(), LabelledData.of(split, source.classNames()), Map.of());
    }

    private LoadedData digits() {
        DataSplit split = GeneratedDigits.generate(
                DIGITS_SEED,
                trainCount < 0 ? GeneratedDigits.TRAIN : trainCount,
                testCount < 0 ? GeneratedDigits.TEST : testCount);
        return new LoadedData(
                "digits", LabelledData.of(split, MnistSource.mnist().classNames()), Map.of());
    }

    private LoadedData named(Path path) {
        String text = path.toString();
        if (!Files.exists(path) && !isArray(path) && !text.contains("/") && !text.contains("\\")) {
            throw new UsageException("--data: " + Suggestion.unknown("data set", text, NAMES)
                    + "; or name a folder or file of examples");
        }
        if (ArrayData.isArray(path) == labels.isEmpty()) {
            throw new UsageException(
                    labels.isEmpty()
                            ? "--data: found " + path + " alone, expected its labels too; add --labels FILE.npy"
                            : "--labels: found " + labels + ", but --data " + path + " is no NPY file, expected"
                                    + " labels in the same place; leave --labels out");
        }
        if (!labels.isEmpty()) {
            return new LoadedData(text, ArrayData.read(path, Path.of(labels)), Map.of("labels", labels));
        }
        if (ArrayData.isOne(path)) {
            return new LoadedData(text, ArrayData.read(path), Map.of());
        }
        if (ImageFolder.isOne(path) && !holdsIdx(path)) {
            return new LoadedData(text, ImageFolder.read(path, ".png", DataOptions::picture), Map.of());
        }
        requireIdx(path);
        return new LoadedData(text, idx(path), Map.of());
    }

    private static void requireIdx(Path path) {
        if (holdsIdx(path)) {
            return;
        }
        String found = "no such file or folder";
        if (Files.isDirectory(path)) {
            List<String> names = FolderListing.of(path).stream()
                    .map(each -> String.valueOf(each.getFileName()))
                    .toList();
            found = names.isEmpty()
                    ? "an empty folder"
                    : "a folder with " + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                            + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
        }
        throw new DataException(
                "cannot find data to learn from",
                path.toString(),
                found,
                "a CSV, NPZ or NPY file, or a folder of four IDX files, of NPY files, or of PNG files in a folder for each"
                        + " class",
                Files.exists(path)
                        ? "name a folder or file that has the data"
                        : "check the spelling; the working folder is "
                                + Path.of("").toAbsolutePath());
    }

    private static boolean holdsIdx(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*-ubyte*")) {
            return files.iterator().hasNext();
        } catch (IOException unreadable) {
            return false; // whoever reads it says what is wrong
        }
    }

    private static ImageFolder.Picture picture(Path file) {
        GrayImage image = PngReader.read(file);
        return new ImageFolder.Picture(image.height(), image.width(), image.pixels());
    }

    private static LabelledData idx(Path folder) {
        for (MnistSource known : List.of(MnistSource.mnist(), MnistSource.fashionMnist())) {
            if (folder.endsWith(known.name())) {
                return LabelledData.of(known.load(folder), known.classNames());
            }
        }
        DataSplit split = MnistSource.mnist().load(folder);
        return LabelledData.of(
                new DataSplit(split.train(), split.test(), folder.toString()),
                IntStream.range(0, split.train().classes())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private LoadedData counted(LoadedData loaded) {
        LabelledData split = loaded.split();
        if (split.isWhole() && trainCount < 0 && testCount < 0) {
            return loaded;
        }
        return new LoadedData(
                loaded.name(),
                split.head(
                        trainCount < 0 ? split.train().count() : trainCount,
                        testCount < 0 ? split.test().count() : testCount),
                loaded.facts());
    }

    private static void requireCount(String option, int count) {
        if (count < 1 && count != -1) {
            throw UsageException.of(option, count, "at least 1", "leave it out to use all images");
        }
    }
}
