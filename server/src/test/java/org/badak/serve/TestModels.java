package org.badak.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.tabular.Preparation;
import org.badak.tabular.Table;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.testkit.SmallPng;

/// Models of every kind with parameters from a seed: what they answer is known, whether it is right does not matter.
final class TestModels {
    private static final List<String> DIGITS =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private TestModels() {}

    /// The chapter's network with other widths, for images of 28 x 28.
    static SavedModel digits(long seed, int... hidden) {
        Network network = network(784, 10, hidden);
        return new SavedModel(network, network.initialise(Precision.FLOAT32, seed), 28, 28, DIGITS, seed, 1, Map.of());
    }

    private static Network network(int inputs, int outputs, int... hidden) {
        List<org.badak.layer.Layer> layers = new ArrayList<>();
        for (int width : hidden) {
            layers.add(new Dense(width, new Initialisation.Xavier()));
            layers.add(new Sigmoid());
        }
        layers.add(new Dense(outputs, new Initialisation.Xavier()));
        return new Network(inputs, layers, outputs == 1 ? new MeanSquaredError() : new SoftmaxCrossEntropy());
    }

    /// Four numbers to three classes.
    static SavedModel flowers() {
        Network network = network(4, 3, 5);
        return new SavedModel(
                network,
                network.initialise(Precision.FLOAT32, 3),
                new Inputs.Features(Shape.flat(4), false),
                List.of("setosa", "versicolor", "virginica"),
                3,
                1,
                Map.of());
    }

    /// A table of fruits: size and weight are numbers, colour a category; `kind` or `weight` is predicted.
    static SavedModel fruits(String target) {
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boolean apple = i % 2 == 0;
            rows.add(new String[] {
                Integer.toString(6 + i % 5),
                i % 7 == 0 ? "" : Integer.toString(100 + i * (apple ? 1 : 2)),
                apple ? i % 3 == 0 ? "green" : "red" : "yellow",
                apple ? "apple" : "banana"
            });
        }
        Table table = Table.of("fruits", List.of("size", "weight", "colour", "kind"), rows, true, Set.of("na"));
        TableTask task = TableTask.of(table, new TableTask.Choices(target, null, List.of(), List.of(), List.of(), ""));
        Preparation preparation = Preparation.fit(task, task.rows());
        Network network = network(preparation.width(), preparation.target().outputs(), 4);
        return new TableModel(network, network.initialise(Precision.FLOAT32, 5), preparation).saved(5, 1, Map.of());
    }

    static Path write(Path file, SavedModel model) throws IOException {
        ModelFile.write(file, model);
        return file;
    }

    /// A PNG file of gray pixels.
    static byte[] png(int width, int height, byte[] pixels) {
        return SmallPng.of(width, height, SmallPng.Kind.GRAY, pixels);
    }
}
