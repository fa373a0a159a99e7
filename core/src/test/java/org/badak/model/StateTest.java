package org.badak.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.badak.data.ArrayExamples;
import org.badak.data.Batch;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.gradient.GradientCheck;
import org.badak.gradient.GradientReport;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalGradient;
import org.badak.gradient.TensorReport;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Purpose;
import org.badak.layer.BufferShape;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.ParameterShape;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What layers may have beside parameters: a mode, random numbers of a step, tensors that are not trainable, buffers.
class StateTest {
    private static final Kernels KERNELS = KernelChoice.current().kernels(Precision.FLOAT64, 1);

    /// y = x·(1 + u)·scale with one draw u per step, layer and row; counts the rows it has learned from.
    private record Shaky() implements CustomLayer {
        @Override
        public String name() {
            return "shaky";
        }

        @Override
        public Shape outputs(Shape inputs) {
            return inputs;
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of(
                    new ParameterShape("count", 1, 2, Optional.empty(), false),
                    new ParameterShape("scale", 1, 1, Optional.of(new Initialisation.Normal(1)), true));
        }

        @Override
        public List<BufferShape> buffers(Shape inputs) {
            return List.of(BufferShape.perExample(2, inputs.size()), BufferShape.fixed(3, 1));
        }

        @Override
        public void forward(Frame frame) {
            Matrix factors = frame.buffer(0);
            assertThat(factors.rows()).isEqualTo(2 * frame.x().rows());
            assertThat(frame.buffer(1).rows()).isEqualTo(3);
            for (int row = 0; row < frame.x().rows(); row++) {
                double u = (frame.moment().bits(Purpose.DROPOUT, frame.position(), row) >>> 11) * 0x1p-53;
                for (int column = 0; column < frame.x().columns(); column++) {
                    double factor = frame.learning() ? 1 + u : 1;
                    factors.set(2 * row + 1, column, factor);
                    frame.y()
                            .set(
                                    row,
                                    column,
                                    frame.x().get(row, column)
                                            * factor
                                            * frame.parameter(1).get(0, 0));
                }
            }
            if (frame.learning()) {
                frame.gradient(0)
                        .set(0, 1, frame.parameter(0).get(0, 1) + frame.x().rows());
            }
        }

        @Override
        public void backward(Frame frame) {
            double sum = 0;
            for (int row = 0; row < frame.x().rows(); row++) {
                for (int column = 0; column < frame.x().columns(); column++) {
                    double slope = frame.buffer(0).get(2 * row + 1, column)
                            * frame.dy().get(row, column);
                    sum += slope * frame.x().get(row, column);
                    frame.dx().set(row, column, slope * frame.parameter(1).get(0, 0));
                }
            }
            frame.gradient(1).set(0, 0, sum);
        }
    }

    private static final Network NETWORK = Network.of(
            4,
            new SoftmaxCrossEntropy(),
            new Dense(5, new Initialisation.Xavier()),
            new Shaky(),
            new Dense(3, new Initialisation.Xavier()));

    private static Batch batch() {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 6, 4);
        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 4; column++) {
                x.set(row, column, Math.sin(1 + row * 4 + column));
            }
        }
        return new Batch(x, Targets.Labels.of(0, 1, 2, 0, 1, 2));
    }

    @Test
    void gradientCheckSeesOneFixedDrawAndLeavesStateAlone() {
        Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);
        String before = parameters.sha256();
        GradientReport report = new GradientCheck(NETWORK, parameters, KERNELS).check(batch());
        assertThat(report.passed()).as("%s", report).isTrue();
        assertThat(report.tensors()).extracting(TensorReport::name).containsExactly("W1", "b1", "scale2", "W3", "b3");
        assertThat(parameters.sha256()).isEqualTo(before);
    }

    @Test
    void stepSaysWhatIsDrawnAndItCanBeDrawnAgain() {
        Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);
        List<Gradient> gradients = List.of(
                new Backprop(NETWORK, parameters, KERNELS, 7),
                new NumericalGradient(
                        NETWORK,
                        parameters,
                        KERNELS,
                        NumericalGradient.Evaluation.STRUCTURED,
                        NumericalDifferentiation.STEP,
                        7));
        List<Double> losses = new ArrayList<>();
        for (Gradient gradient : gradients) {
            for (long step : new long[] {0, 1, 2, 1L << 30, 0, 1, 2, 1L << 30}) {
                gradient.at(step);
                losses.add(gradient.compute(batch()));
            }
        }
        assertThat(losses.subList(0, 4)).doesNotHaveDuplicates();
        assertThat(losses.subList(4, 8)).isEqualTo(losses.subList(0, 4));
        assertThat(losses.subList(8, 16)).isEqualTo(losses.subList(0, 8));
        Gradient other = new Backprop(NETWORK, parameters, KERNELS, 8);
        assertThat(losses).doesNotContain(other.compute(batch()));
        assertThatThrownBy(() -> other.at(1L << 31)).hasMessageContaining("2147483648");
    }

    @Test
    void inferenceDrawsNothing() {
        Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);
        Workspace workspace = Workspace.forInference(NETWORK, parameters, KERNELS);
        Pass pass = workspace.pass(batch().x());
        double[][] first = pass.forward().toArray();
        workspace.at(3);
        assertThat(pass.forward().toArray()).isDeepEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void trainerCopiesStateAndOptimizerLeavesItAlone(Precision precision) {
        Parameters parameters = NETWORK.initialise(precision, 1);
        Matrix x = Matrix.zeros(precision, 6, 4);
        x.copyFrom(batch().x());
        try (Kernels kernels = KernelChoice.current().kernels(precision, 1)) {
            Trainer trainer = new Trainer(
                    NETWORK,
                    parameters,
                    new Backprop(NETWORK, parameters, kernels, 1),
                    new Sgd(0.1),
                    new Sampler.Shuffle(6, 4, 1),
                    kernels,
                    new ArrayExamples("six", x, new int[] {0, 1, 2, 0, 1, 2}, 3),
                    4);
            for (int step = 1; step <= 4; step++) { // batches of 4 and 2
                trainer.step();
            }
        }
        assertThat(parameters.tensor("count2").toArray()).isDeepEqualTo(new double[][] {{0, 12}});
        assertThat(parameters.count()).isEqualTo(4 * 5 + 5 + 1 + 5 * 3 + 3).isEqualTo(NETWORK.parameterCount());
        assertThat(parameters.slots())
                .extracting(Slot::name)
                .containsExactly("W1", "b1", "count2", "scale2", "W3", "b3");
    }

    @Test
    void stateIsPartOfTheHash() {
        Parameters parameters = NETWORK.initialise(Precision.FLOAT64, 1);
        String before = parameters.sha256();
        parameters.tensor("count2").set(0, 0, 1);
        assertThat(parameters.sha256()).isNotEqualTo(before);
    }
}
