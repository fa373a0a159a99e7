package org.badak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.Dataset;
import org.badak.data.FeatureDataset;
import org.badak.data.ImageDataset;
import picocli.CommandLine.Parameters;

/// The argument that names a model: its file, or the run directory that has one.
final class ModelArgument {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model file, or a run directory: then its model.safetensors.")
    private Path path = Path.of("");

    /// Made by picocli.
    ModelArgument() {}

    /// The file.
    Path file() {
        return file(path);
    }

    /// The file of a model that a path names, itself or as its run directory.
    static Path file(Path path) {
        return Files.isDirectory(path) ? path.resolve("model.safetensors") : path;
    }

    /// Reads the model and says in one line what it is.
    SavedModel read(Console console) {
        SavedModel model = ModelFile.read(file());
        console.note(String.format(
                Locale.ROOT,
                Texts.of("Model: %s, %s, %,d parameters, step %,d, seed %d", "모델: %s, %s, 매개변수 %,d개, 단계 %,d, 시드 %d"),
                file(),
                model.network().summary(),
                model.parameters().count(),
                model.step(),
                model.seed()));
        return model;
    }

    /// Checks that a model can take the examples of a data set.
    ///
    /// @throws UsageException if their shape or classes differ
    void requireFit(SavedModel model, LoadedData loaded) {
        if (model.inputs() instanceof Inputs.Table) {
            throw new UsageException(file() + ": this model takes rows of a table, expected one of images or arrays;"
                    + " badak evaluate and badak predict use it with CSV files");
        }
        Dataset examples = loaded.split().train();
        Inputs found = switch (examples) {
            case ImageDataset images -> new Inputs.Images(images.rows(), images.columns());
            case FeatureDataset numbers -> new Inputs.Features(numbers.shape(), numbers.bytes());
        };
        if (!found.equals(model.inputs())) {
            throw UsageException.of(
                    "--data",
                    found.text(),
                    model.inputs().text() + " for the model " + file(),
                    "name the data that it was trained on");
        }
        if (examples.classes() != model.classNames().size()) {
            throw UsageException.of(
                    "--data",
                    examples.classes() + " classes",
                    model.classNames().size() + " for the model " + file(),
                    "name the data that it was trained on");
        }
        boolean named = !loaded.classNames()
                .equals(IntStream.range(0, examples.classes())
                        .mapToObj(Integer::toString)
                        .toList());
        if (named && !loaded.classNames().equals(model.classNames())) {
            throw UsageException.of(
                    "--data",
                    "the classes " + String.join(", ", loaded.classNames()),
                    String.join(", ", model.classNames()) + " for the model " + file(),
                    "name data with the same classes");
        }
    }
}
