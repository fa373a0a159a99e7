package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.Json;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.model.Pass;
import org.badak.model.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `badak predict`: what a trained model sees in images.
@Command(
        name = "predict",
        header = "Predicts the class of images, or the target of rows of a table.",
        description = {
            "A model of a table predicts all rows of CSV files; columns are found by name, in any order.",
            "Predicts the class of images, from PNG files, or IDX, NPY and NPZ files of many.",
            "A model of arrays takes NPY and NPZ files of such examples.",
            "MNIST is white on black: use --invert for black on white, --resize for other sizes."
        })
final class PredictCommand extends BadakCommand {
    private static final int WHITE = 255;

    @Mixin
    private ModelArgument argument = new ModelArgument();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "PNG, IDX, NPY, NPZ or CSV files.")
    private List<Path> files = List.of();

    @Option(names = "--invert", description = "Exchange black and white: for dark ink on light paper.")
    private boolean invert;

    @Option(names = "--resize", description = "Scale images of another size, by the mean over areas.")
    private boolean resize;

    @Mixin
    private CsvReadingOptions reading = new CsvReadingOptions();

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    /// Made by picocli.
    PredictCommand() {}

    @Override
    Outcome run(Console console) {
        threads.threads();
        SavedModel model = argument.read(console);
        if (TableAnswers.takes(model)) {
            return new TableAnswers(model, argument.file(), reading).predict(files, threads, console);
        }
        if (model.inputs() instanceof Inputs.Features features) {
            return new ArrayAnswers(model, features, argument.file()).predict(files, threads, console);
        }
        List<Picture> pictures = new ArrayList<>();
        for (Path file : files) {
            pictures.addAll(Picture.read(file));
        }
        List<Json> predictions = new ArrayList<>();
        int inverted = 0;
        try (Kernels kernels = threads.kernels(model.parameters().precision())) {
            Matrix x = kernels.zeros(1, model.network().inputs());
            Pass pass = Workspace.forInference(model.network(), model.parameters(), kernels)
                    .pass(x);
            for (Picture picture : pictures) {
                Picture fitted = picture.fit(model.imageRows(), model.imageColumns(), resize);
                inverted += fitted.isLightAtItsBorder() != invert ? 1 : 0;
                for (int i = 0; i < fitted.pixels().length; i++) {
                    int pixel = fitted.pixels()[i] & WHITE;
                    x.set(0, i, (invert ? WHITE - pixel : pixel) / (float) WHITE);
                }
                Matrix outputs = pass.forward();
                model.network().loss().predict(kernels, outputs, outputs);
                predictions.add(ArrayAnswers.prediction(
                        model,
                        picture.file(),
                        picture.index(),
                        picture.name(),
                        outputs,
                        predictions.size() < ArrayAnswers.SHOWN ? Optional.of(console) : Optional.empty()));
            }
        }
        ArrayAnswers.tellOfMore(pictures.size(), console);
        if (inverted > 0) {
            console.note(Texts.of(
                    inverted + " of " + pictures.size() + " images are light at their border, but the model knows light"
                            + " ink on black: try " + (invert ? "without --invert" : "--invert"),
                    pictures.size() + "장 가운데 " + inverted + "장은 가장자리가 밝습니다. 모델은 검은 바탕의 흰 글씨를 배웠으므로 "
                            + (invert ? "--invert를 빼 보십시오" : "--invert를 써 보십시오")));
        }
        return Outcome.ok(new ObjectBuilder()
                .put("predictions", new Json.Items(predictions))
                .put("model", argument.file().toString())
                .put("look_inverted", inverted)
                .json());
    }
}
