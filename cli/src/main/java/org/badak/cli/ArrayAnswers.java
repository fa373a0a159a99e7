package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.ArrayData;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.data.NpyArray;
import org.badak.data.NpyType;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// What models of arrays answer.
///
/// @param model as it was read
/// @param inputs what it takes
/// @param file where from
record ArrayAnswers(SavedModel model, Inputs.Features inputs, Path file) {
    /// How many answers are printed.
    static final int SHOWN = 20;

    /// Predicts all examples of files.
    BadakCommand.Outcome predict(List<Path> files, ThreadOptions threads, Console console) {
        List<Json> predictions = new ArrayList<>();
        try (Kernels kernels = threads.kernels(model.parameters().precision())) {
            Matrix x = kernels.zeros(1, model.network().inputs());
            Pass pass = Workspace.forInference(model.network(), model.parameters(), kernels)
                    .pass(x);
            for (Path path : files) {
                float[] values = values(path);
                for (int index = 0; index < values.length / x.columns(); index++) {
                    for (int i = 0; i < x.columns(); i++) {
                        x.set(0, i, values[index * x.columns() + i]);
                    }
                    Matrix outputs = pass.forward();
                    model.network().loss().predict(kernels, outputs, outputs);
                    predictions.add(prediction(
                            model,
                            path,
                            index,
                            path + " [" + index + "]",
                            outputs,
                            predictions.size() < SHOWN ? Optional.of(console) : Optional.empty()));
                }
            }
        }
        tellOfMore(predictions.size(), console);
        return BadakCommand.Outcome.ok(new ObjectBuilder()
                .put("predictions", new Json.Items(predictions))
                .put("model", file.toString())
                .json());
    }

    /// The numbers of the examples in a file; one example may stand without the index that counts.
    private float[] values(Path path) {
        NpyArray array = ArrayData.readExamples(path);
        NpyArray all = array;
        if (array.size() == inputs.columns() && (array.rank() == 0 || array.dimension(0) != 1)) {
            int[] shape = new int[array.rank() + 1];
            shape[0] = 1;
            System.arraycopy(array.shape(), 0, shape, 1, array.rank());
            all = array.reshaped(shape);
        }
        Shape shape = ArrayData.shape(all, path.toString());
        boolean bytes = array.type() == NpyType.UINT8;
        if (!shape.equals(inputs.shape()) || bytes != inputs.bytes()) {
            throw new DataException(
                    "cannot predict: the examples are not like those that the model learned",
                    path.toString(),
                    new Inputs.Features(shape, bytes).text(),
                    inputs.text(),
                    bytes == inputs.bytes()
                            ? "use examples of the shape that it was trained on"
                            : "make them as those of the training were made: "
                                    + (bytes ? "x.astype('float32'), scaled alike" : "uint8"));
        }
        return ArrayData.features(all, path.toString());
    }

    /// Says how many answers were not printed.
    static void tellOfMore(int answers, Console console) {
        if (answers > SHOWN) {
            console.result(Texts.of("... and ", "... 그 밖에 ")
                    + Texts.count(answers - SHOWN)
                    + Texts.of(" more; --json prints them all", "개; --json은 모두 출력합니다"));
        }
    }

    /// One answer.
    ///
    /// @param name of the example, for people
    /// @param probabilities [1, classes]
    /// @param shown where it is printed, if it is
    static Json prediction(
            SavedModel model, Path file, int index, String name, Matrix probabilities, Optional<Console> shown) {
        int best = Kernels.argMax(probabilities, 0);
        int second = best == 0 ? 1 : 0;
        double[] all = probabilities.toArray()[0];
        for (int i = 0; i < all.length; i++) {
            second = i != best && all[i] > all[second] ? i : second;
        }
        String text = String.format(
                Locale.ROOT,
                Texts.of("%s: %s  %s  (then %s, %s)", "%s: %s  %s  (다음은 %s, %s)"),
                name,
                model.classNames().get(best),
                Texts.percent(all[best]),
                model.classNames().get(second),
                Texts.percent(all[second]));
        shown.ifPresent(console -> console.result(text));
        return new ObjectBuilder()
                .put("file", file.toString())
                .put("index", index)
                .put("class", best)
                .put("label", model.classNames().get(best))
                .put("probability", all[best])
                .put("probabilities", Json.of(all))
                .json();
    }
}
