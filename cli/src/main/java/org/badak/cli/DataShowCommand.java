package org.badak.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.figure.ImageGrid;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
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
                "badak data show FILE.csv lists columns, types and missing cells. Otherwise draws images of a data set in the terminal and as SVG and PNG.")
final class DataShowCommand extends BadakCommand {
    private static final int MOST = 1000;

    @Parameters(arity = "0..1", paramLabel = "TABLE", description = "A CSV file: its columns and their types.")
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
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    DataShowCommand() {}

    @Override
    Outcome run(Console console) {
        if (count < 1 || count > MOST) {
            throw UsageException.of("--count", count, "1 to " + MOST, "try --count 20");
        }
        if (table != null || data.table().isPresent()) {
            Table read = reading.read(table != null ? table : data.table().get(), List.of());
            List<Column> columns = TableTask.Choices.OPEN.columns(read);
            TableText.columns(read, columns, Map.of(), "", console);
            return Outcome.ok(new ObjectBuilder()
                    .put("data", read.source())
                    .put("rows", read.count())
                    .put("header", read.dialect().headed())
                    .put("columns", TableText.json(columns))
                    .json());
        }
        LoadedData loaded = data.load(console);
        ImageDataset images = test ? loaded.split().test() : loaded.split().train();
        Philox random = new Philox(seed, Purpose.SAMPLING, 1);
        int shown = Math.min(count, images.count());
        ImageGrid grid = ImageGrid.titled(images.name());
        double[] labels = new double[shown];
        for (int i = 0; i < shown; i++) {
            int index = first ? i : random.below(i, images.count());
            labels[i] = images.label(index);
            grid = grid.with(
                    TestReadings.tile(images, index, loaded.classNames().get(images.label(index))));
        }
        figures.show("data-" + images.name().replace(' ', '-'), grid, console);
        return Outcome.ok(new ObjectBuilder()
                .put("data", loaded.name())
                .put("count", images.count())
                .put("labels", Json.of(labels))
                .put("figures", figures.json())
                .json());
    }
}
