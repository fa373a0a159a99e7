package org.badak.spark.ml;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.Json;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.loss.MeanSquaredError;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Predictor;
import org.badak.spark.FlatNumbers;
import org.jspecify.annotations.Nullable;

/// A model as it is sent to executors: layers and loss by their names in the catalog, numbers as
/// one array. Every process that receives it makes one predictor of it, which all of its tasks
/// share.
final class SentModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String input;
    private final String[] layers;
    private final String loss;
    private final float[] numbers;
    private final String table; // how cells become numbers; empty for plain features
    private final String[] classNames;
    private final long seed;
    private final long step;
    private final LinkedHashMap<String, String> origin;
    private transient volatile @Nullable Predictor predictor;

    private SentModel(SavedModel model) {
        Network network = model.network();
        input = network.input().toString();
        layers = network.layers().stream().map(Catalog::text).toArray(String[]::new);
        loss = Catalog.text(network.loss());
        numbers = FlatNumbers.of(model.parameters());
        table = model.inputs() instanceof Inputs.Table(long columns, Json.Members preparation)
                ? preparation.toString()
                : "";
        classNames = model.classNames().toArray(String[]::new);
        seed = model.seed();
        step = model.step();
        origin = new LinkedHashMap<>(model.origin());
    }

    /// What is to be sent.
    static SentModel of(SavedModel model) {
        return new SentModel(model);
    }

    /// The model itself, made anew.
    SavedModel saved() {
        Network network = network();
        Parameters parameters = new Parameters(Precision.FLOAT32, network.slots());
        FlatNumbers.into(numbers, parameters);
        Inputs inputs = table.isEmpty()
                ? new Inputs.Features(network.input(), false)
                : new Inputs.Table(network.inputs(), (Json.Members) Json.parse(table));
        return new SavedModel(network, parameters, inputs, List.of(classNames), seed, step, origin);
    }

    private Network network() {
        return new Network(
                Shape.parse(input), Stream.of(layers).map(Catalog::layer).toList(), Catalog.loss(loss));
    }

    /// Numbers of a row.
    int inputs() {
        return predictor().inputs();
    }

    /// Outputs for a row.
    int outputs() {
        return predictor().outputs();
    }

    /// The outputs of the last layer: what the loss makes probabilities of.
    ///
    /// @param x [rows, inputs]
    /// @param result [rows, outputs], overwritten
    void outputs(float[] x, int rows, float[] result) {
        predictor().predict(x, rows, result);
    }

    /// What the network predicts, from its outputs: probabilities, where the loss knows some.
    ///
    /// @param scores [rows, outputs], outputs; overwritten
    void predictInPlace(float[] scores, int rows) {
        int columns = scores.length / rows;
        FloatMatrix matrix = FloatMatrix.zeros(rows, columns);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(scores, row * columns, matrix.data(), matrix.index(row, 0), columns);
        }
        // closed by nobody: one thread starts none
        Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
        Catalog.loss(loss).predict(kernels, matrix, matrix);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(matrix.data(), matrix.index(row, 0), scores, row * columns, columns);
        }
    }

    private Predictor predictor() {
        Predictor made = predictor;
        if (made == null) {
            synchronized (this) {
                made = predictor;
                if (made == null) {
                    SavedModel model = saved();
                    // a loss that hands outputs on as they are: predictors know no other way to them
                    Network plain =
                            new Network(model.network().input(), model.network().layers(), new MeanSquaredError());
                    made = Predictor.of(plain, model.parameters());
                    predictor = made;
                }
            }
        }
        return made;
    }
}
