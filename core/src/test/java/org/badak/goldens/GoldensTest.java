package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.badak.data.Batch;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Losses, layers, update rules and whole training runs against another system's figures, in both precisions.
class GoldensTest {
    @ParameterizedTest
    @EnumSource
    void softmaxCrossEntropyIsTheReferences(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("losses", "softmax_cross_entropy")) {
            assertLoss(golden, new SoftmaxCrossEntropy(), "logits", targets(golden, precision), precision, 1);
        }
        for (Golden golden : Golden.cases("losses", "extreme")) {
            assertLoss(golden, new SoftmaxCrossEntropy(), "logits", targets(golden, precision), precision, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void labelsAndOneHotRowsGiveTheReferencesLoss(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("losses", "softmax_cross_entropy_labels")) {
            int classes = golden.matrix("logits", precision).columns();
            Targets oneHot = Targets.Labels.of(golden.integers("labels")).oneHot(precision, classes);
            assertLoss(golden, new SoftmaxCrossEntropy(), "logits", oneHot, precision, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void meanSquaredErrorIsTheReferences(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("losses", "mean_squared_error")) {
            Targets t = new Targets.Values(golden.matrix("t", precision));
            assertLoss(golden, new MeanSquaredError(), "y", t, precision, 1);
        }
    }

    /// The reference adds over the batch, Badak takes the mean.
    @ParameterizedTest
    @EnumSource
    void sumOfSquaredErrorIsTheReferencesOverTheBatch(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("losses", "sum_squared_error")) {
            Targets t = new Targets.Values(golden.matrix("t", precision));
            assertLoss(golden, new SumOfSquaredError(), "y", t, precision, t.rows());
        }
    }

    @ParameterizedTest
    @EnumSource
    void layersAreTheReferences(Precision precision) throws IOException {
        assertLayer(Golden.cases("layers", "sigmoid"), new Sigmoid(), precision);
        assertLayer(Golden.cases("layers", "tanh"), new Tanh(), precision);
        assertLayer(Golden.cases("layers", "relu"), new Relu(), precision);
        for (Golden golden : Golden.cases("layers", "dense")) {
            int units = golden.matrix("y", precision).columns();
            assertLayer(List.of(golden), new Dense(units, new Initialisation.Xavier()), precision);
        }
    }

    @ParameterizedTest
    @EnumSource
    void trainingGoesAsTheReferencesStepByStep(Precision precision) throws IOException {
        for (Golden golden : Golden.cases("training", "mlp_8_5_3_sigmoid_ce_sgd0.1")) {
            Network network = Network.of(
                    8,
                    new SoftmaxCrossEntropy(),
                    new Dense(5, new Initialisation.Xavier()),
                    new Sigmoid(),
                    new Dense(3, new Initialisation.Xavier()));
            Parameters parameters = new Parameters(precision, network.slots());
            for (int i = 0; i < parameters.tensors().size(); i++) {
                parameters
                        .tensor(i)
                        .copyFrom(Golden.matrix(golden.list("initial").get(i), precision));
            }
            Matrix x = golden.matrix("x", precision);
            int[] t = golden.integers("t");
            Sgd sgd = new Sgd(0.1);
            try (Kernels kernels = kernels(precision)) {
                Backprop backprop = new Backprop(network, parameters, kernels);
                int steps = golden.list("batches").size();
                assertThat(steps).isEqualTo(100);
                for (int step = 0; step < steps; step++) {
                    int[] drawn = Golden.integers(golden.list("batches").get(step));
                    int[] labels = IntStream.of(drawn).map(index -> t[index]).toArray();
                    double loss = backprop.compute(new Batch(rows(x, drawn), Targets.Labels.of(labels)));
                    Golden.assertNumber(
                            "loss of step " + (step + 1),
                            Golden.number(golden.list("loss_each_step").get(step)),
                            loss,
                            precision);
                    for (int i = 0; i < parameters.tensors().size(); i++) {
                        sgd.update(
                                kernels, parameters.tensor(i), backprop.result().tensor(i), List.of(), step + 1);
                    }
                }
            }
            for (int i = 0; i < parameters.tensors().size(); i++) {
                Golden.assertMatrix(
                        parameters.slots().get(i).name() + " at the end",
                        Golden.matrix(golden.list("final").get(i), Precision.FLOAT64),
                        parameters.tensor(i),
                        1);
            }
        }
    }

    private static void assertLoss(
            Golden golden, Loss loss, String outputs, Targets targets, Precision precision, double factor) {
        Matrix z = golden.matrix(outputs, precision);
        Matrix gradient = Matrix.zeros(precision, z.rows(), z.columns());
        try (Kernels kernels = kernels(precision)) {
            double value = loss.evaluate(kernels, z, targets, gradient, new double[z.rows()]);
            Golden.assertNumber(golden.name() + ": loss", golden.number("loss"), factor * value, precision);
            golden.assertMatrix("d" + outputs, gradient, factor);
        }
    }

    private static void assertLayer(List<Golden> goldens, Layer layer, Precision precision) {
        for (Golden golden : goldens) {
            Matrix x = golden.matrix("x", precision);
            Shape shape = Shape.flat(x.columns());
            Matrix y = Matrix.zeros(precision, x.rows(), layer.outputs(shape).size());
            Matrix dx = Matrix.zeros(precision, x.rows(), x.columns());
            List<Matrix> parameters = new ArrayList<>();
            List<Matrix> gradients = new ArrayList<>();
            for (ParameterShape each : layer.parameters(shape)) {
                parameters.add(golden.inner("params").matrix(each.symbol(), precision));
                gradients.add(Matrix.zeros(precision, each.rows(), each.columns()));
            }
            try (Kernels kernels = kernels(precision)) {
                Frame frame = new Frame(
                        kernels, shape, x, y, golden.matrix("dy", precision), dx, true, parameters, gradients);
                layer.forward(frame);
                golden.assertMatrix("y", y, 1);
                layer.backward(frame);
                golden.assertMatrix("dx", dx, 1);
                for (int i = 0; i < gradients.size(); i++) {
                    golden.inner("dparams")
                            .assertMatrix(layer.parameters(shape).get(i).symbol(), gradients.get(i), 1);
                }
            }
        }
    }

    private static Targets targets(Golden golden, Precision precision) {
        return golden.has("labels")
                ? Targets.Labels.of(golden.integers("labels"))
                : new Targets.Values(golden.matrix("targets", precision));
    }

    private static Matrix rows(Matrix matrix, int... rows) {
        double[][] all = matrix.toArray();
        return Matrix.of(
                matrix.precision(), IntStream.of(rows).mapToObj(row -> all[row]).toArray(double[][]::new));
    }

    private static Kernels kernels(Precision precision) {
        return KernelChoice.current().kernels(precision, 1);
    }
}
