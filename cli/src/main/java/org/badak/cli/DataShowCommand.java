package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.badak.augment.Augmentation;
import org.badak.augment.Augmenter;
import org.badak.data.Dataset;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.figure.ImageGrid;
import org.badak.figure.Tile;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.report.Readings;
import org.badak.report.TableRecord;
import org.badak.tabular.Column;
import org.badak.tabular.Table;
import org.badak.tabular.TableTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `badak data show`: a look at images.
@Command(
        name = "show",
        header = "Draws images of a data set, or lists the columns of a table.",
        description =
                "badak data show FILE.csv lists columns, types and missing cells. Otherwise draws images of a data set in"
                        + " the terminal and as SVG and PNG, with --augment each with nine changed ones beside it, and"
                        + " counts the examples of each class.")
final class DataShowCommand extends BadakCommand {
    private static final int MOST = 1000;
    private static final int CHANGED = 9; // that many beside each image make a row of the grid
    private static final double INK = 255; // of a pixel of 1

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "A CSV file; or what --data names.")
    private @Nullable Path table;

    @Mixin
    private CsvReadingOptions reading = new CsvReadingOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "Images. Default: ${DEFAULT-VALUE}.")
    private int count = 20;

    @Option(names = "--first", description = "The first images in place of images drawn at random.")
    private boolean first;

    @Option(names = "--test", description = "Images of the test set in place of the training set.")
    private boolean test;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which images. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private AugmentOptions augment = new AugmentOptions();

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    DataShowCommand() {}

    @Override
    Outcome run(Console console) {
        if (count < 1 || count > MOST) {
            throw UsageException.of("--count", count, "1 to " + MOST, "try --count 20");
        }
        List<Augmentation> augmentations = augment.augmentations();
        if (table != null) {
            data.name(table);
        }
        if (data.table().isPresent()) {
            if (given("--augment")) {
                throw new UsageException("--augment: found, but a table is to be shown, expected images;"
                        + " leave it out or name images, such as --data digits");
            }
            Table read = reading.read(data.table().get(), List.of());
            List<Column> columns = TableTask.Choices.OPEN.columns(read);
            TableText.columns(read, columns, Map.of(), "", console);
            return Outcome.ok(new ObjectBuilder()
                    .put("data", read.source())
                    .put("rows", read.count())
                    .put("header", read.dialect().headed())
                    .put("columns", TableRecord.columns(columns))
                    .json());
        }
        LoadedData loaded = data.load(console);
        Dataset images = test ? loaded.split().test() : loaded.split().train();
        if (given("--augment") && !(images instanceof ImageDataset)) {
            throw new UsageException("--augment: found, but " + images + ", expected grey images of bytes;"
                    + " leave it out or name images, such as --data digits");
        }
        long[] counts = new long[images.classes()];
        for (int label : images.labels()) {
            counts[label]++;
        }
        ObjectBuilder json = new ObjectBuilder();
        for (int label = 0; label < counts.length; label++) {
            String name = loaded.classNames().get(label);
            console.result(String.format(Locale.ROOT, "  %-12s %,9d", name, counts[label]));
            json.put(name, counts[label]);
        }
        double[] labels = new double[0];
        if (Readings.arePictures(images)) {
            labels = draw(loaded, images, augmentations, console);
        }
        return Outcome.ok(new ObjectBuilder()
                .put("data", loaded.name())
                .put("count", images.count())
                .put("shape", images.shape().toString())
                .put("classes", json.json())
                .put("labels", Json.of(labels))
                .put("figures", figures.json())
                .json());
    }

    /// Draws some images; tells their labels.
    private double[] draw(LoadedData loaded, Dataset images, List<Augmentation> augmentations, Console console) {
        Philox random = new Philox(seed, Purpose.SAMPLING, 1);
        int[] indices = new int[Math.min(count, images.count())];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = first ? i : random.below(i, images.count());
        }
        List<List<Tile>> changed = changed(images, indices, augmentations);
        ImageGrid grid = ImageGrid.titled(images.name());
        double[] labels = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = images.label(indices[i]);
            grid = grid.with(Readings.tile(
                            images, indices[i], loaded.classNames().get(images.label(indices[i]))))
                    .with(changed.get(i));
        }
        figures.show(
                "data-" + images.name().replaceAll(".*[/\\\\]", "").replaceAll("[^A-Za-z0-9_.-]", "-"), grid, console);
        return labels;
    }

    /// For every image what augmentation makes of it at the first steps of a run that has these images for its batch;
    /// nothing without augmentations.
    private List<List<Tile>> changed(Dataset examples, int[] indices, List<Augmentation> augmentations) {
        List<List<Tile>> tiles = Stream.<List<Tile>>generate(ArrayList::new)
                .limit(indices.length)
                .toList();
        if (augmentations.isEmpty() || !(examples instanceof ImageDataset images)) {
            return tiles;
        }
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Augmenter augmenter = new Augmenter(augmentations, seed, images.shape(), kernels);
            Matrix x = kernels.zeros(indices.length, images.features());
            for (int step = 0; step < CHANGED; step++) {
                images.load(kernels, indices, 0, x);
                augmenter.apply(x, step);
                double[][] pixels = x.toArray();
                for (int i = 0; i < indices.length; i++) {
                    for (int pixel = 0; pixel < pixels[i].length; pixel++) {
                        pixels[i][pixel] *= INK; // beside bytes
                    }
                    tiles.get(i).add(Tile.of(images.columns(), images.rows(), pixels[i], ""));
                }
            }
        }
        return tiles;
    }
}
