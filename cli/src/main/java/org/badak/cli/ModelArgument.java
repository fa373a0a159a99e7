package org.badak.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
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

    /// Checks that a model can take the images of a data set.
    ///
    /// @throws UsageException if their size or number of classes differ
    void requireFit(SavedModel model, ImageDataset images) {
        if (images.rows() != model.imageRows() || images.columns() != model.imageColumns()) {
            throw UsageException.of(
                    "--data",
                    "images of " + images.rows() + " x " + images.columns(),
                    model.imageRows() + " x " + model.imageColumns() + " for the model " + file(),
                    "name the data that it was trained on");
        }
        if (images.classes() != model.classNames().size()) {
            throw UsageException.of(
                    "--data",
                    images.classes() + " classes",
                    model.classNames().size() + " for the model " + file(),
                    "name the data that it was trained on");
        }
    }
}
