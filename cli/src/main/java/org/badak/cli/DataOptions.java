package org.badak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.badak.catalog.Suggestion;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.MnistSource;
import picocli.CommandLine.Option;

/// The options that choose data, and how they are carried out.
final class DataOptions {
    /// Seed of the generated digits: always the same images, whatever the seed of the training.
    static final long DIGITS_SEED = 1;

    private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt", ".data");
    private static final List<String> NAMES = List.of("mnist", "fashion-mnist", "digits");

    @Option(
            names = "--data",
            paramLabel = "NAME|FOLDER|TABLE",
            description = {
                "mnist, fashion-mnist, digits (built in, no download), a folder with four IDX files, or a CSV file.",
                "Default: MNIST, found or downloaded; digits if it cannot be had."
            })
    private String data = "";

    @Option(names = "--train-count", paramLabel = "N", description = "Use the first N training images only.")
    private int trainCount = -1;

    @Option(names = "--test-count", paramLabel = "N", description = "Use the first N test images only.")
    private int testCount = -1;

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

    /// Chooses the data set that a model was trained on, unless one was named.
    void setDefault(String name) {
        data = data.isEmpty() ? name : data;
    }

    /// The table that was named in place of images: a file, or a name that ends like one.
    Optional<Path> table() {
        String name = data.toLowerCase(Locale.ROOT);
        boolean table =
                TABLES.stream().anyMatch(name::endsWith) || !data.isEmpty() && Files.isRegularFile(Path.of(data));
        return table ? Optional.of(Path.of(data)) : Optional.empty();
    }

    /// What was named; empty for nothing.
    String named() {
        return data;
    }

    /// Loads what was chosen and says in one line what it is.
    LoadedData load(Console console) {
        requireCount("--train-count", trainCount);
        requireCount("--test-count", testCount);
        LoadedData loaded = counted(choose(console));
        DataSplit split = loaded.split();
        console.note(String.format(
                Locale.ROOT,
                Texts.of(
                        "Data: %s: %,d training and %,d test images of %d x %d",
                        "데이터: %s: 훈련 이미지 %,d장, 시험 이미지 %,d장, 크기 %d x %d"),
                split.origin(),
                split.train().count(),
                split.test().count(),
                split.train().rows(),
                split.train().columns()));
        return loaded;
    }

    private LoadedData choose(Console console) {
        return switch (data) {
            case "" -> mnistOrDigits(console);
            case "mnist" -> mirrored(MnistSource.mnist(), console);
            case "fashion-mnist" -> mirrored(MnistSource.fashionMnist(), console);
            case "digits" -> digits();
            default -> folder(Path.of(data));
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
        return new LoadedData(source.name(), split, source.classNames());
    }

    private LoadedData digits() {
        DataSplit split = GeneratedDigits.generate(
                DIGITS_SEED,
                trainCount < 0 ? GeneratedDigits.TRAIN : trainCount,
                testCount < 0 ? GeneratedDigits.TEST : testCount);
        return new LoadedData("digits", split, MnistSource.mnist().classNames());
    }

    private static LoadedData folder(Path folder) {
        String text = folder.toString();
        if (!Files.exists(folder) && !text.contains("/") && !text.contains("\\")) {
            throw new UsageException("--data: " + Suggestion.unknown("data set", text, NAMES)
                    + "; or name a folder that holds the four IDX files");
        }
        for (MnistSource known : List.of(MnistSource.mnist(), MnistSource.fashionMnist())) {
            if (folder.endsWith(known.name())) {
                return new LoadedData(text, known.load(folder), known.classNames());
            }
        }
        DataSplit split = MnistSource.mnist().load(folder);
        split = new DataSplit(split.train(), split.test(), folder.toString());
        return new LoadedData(
                text,
                split,
                IntStream.range(0, split.train().classes())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private LoadedData counted(LoadedData loaded) {
        DataSplit split = loaded.split();
        return new LoadedData(
                loaded.name(),
                split.head(
                        trainCount < 0 ? split.train().count() : trainCount,
                        testCount < 0 ? split.test().count() : testCount),
                loaded.classNames());
    }

    private static void requireCount(String option, int count) {
        if (count < 1 && count != -1) {
            throw UsageException.of(option, count, "at least 1", "leave it out to use all images");
        }
    }
}
