package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.badak.kernel.Kernels;
import org.badak.kernel.Workers;
import org.badak.layer.Dense;
import org.badak.layer.Elementwise;
import org.badak.layer.Layer;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;

/// Central differences by a truncated series.
///
/// Moving W[i][j] by ±h moves the sum zⱼ of unit j by ±s with s = h·x[n][i] in row n, and the loss of that
/// row from g(0) to g(±s). With the Taylor coefficients c₁ and c₃ of g at 0, found by a [Jet],
///
/// g(s) − g(−s) = 2c₁s + 2c₃s³ + R, |R| ≤ 2·B·|s|⁵, B a bound of |g⁽⁵⁾|/120 over all steps of the row
///
/// (Lagrange's remainder, once for each sign; the even terms cancel). Divided by 2h and averaged over
/// the rows,
///
/// gradient[i][j] = 1/N Σₙ (c₁x + h²c₃x³), an error of at most 1/N Σₙ B·h⁴·|x|⁵:
///
/// one product of the transposed inputs and their cubes with the coefficients.
final class SeriesEvaluation implements Workers.Task {
    private static final int ROWS_AT_ONCE = 4;

    /// One dense layer, and the buffers of the present batch size.
    private static final class Group {
        private final int position;
        private final int inputs;
        private final int units;
        private final Matrix gradientOfW;
        private final Matrix gradientOfB;
        private final double[] unitBounds;
        private DoubleMatrix powers; // [2N, inputs]: x, then x³
        private DoubleMatrix coefficients; // [2N, units]: c₁/N, then h²c₃/N
        private DoubleMatrix bounds; // [N, units]: B·h⁴·max|x|⁵/N

        Group(int position, int inputs, int units, List<Matrix> gradients) {
            this.position = position;
            this.inputs = inputs;
            this.units = units;
            gradientOfW = gradients.get(0);
            gradientOfB = gradients.get(1);
            unitBounds = new double[units];
            powers = DoubleMatrix.zeros(0, inputs);
            coefficients = DoubleMatrix.zeros(0, units);
            bounds = DoubleMatrix.zeros(0, units);
        }

        void resize(int rows) {
            if (bounds.rows() != rows) {
                powers = DoubleMatrix.zeros(2 * rows, inputs);
                coefficients = DoubleMatrix.zeros(2 * rows, units);
                bounds = DoubleMatrix.zeros(rows, units);
            }
        }
    }

    private final Network network;
    private final Parameters parameters;
    private final Kernels kernels;
    private final double h;
    private final DoubleMatrix identity; // [outputs, outputs]
    private final List<Group> groups = new ArrayList<>();
    private final List<Jet> jets = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final BatchSoftmax softmax = new BatchSoftmax();
    private Pass pass;
    private Matrix targets;

    /// @param gradients overwritten by [#compute]
    /// @throws IllegalArgumentException if the series does not cover the network; names the layer or the
    ///     loss
    SeriesEvaluation(
            Network network, Parameters parameters, Parameters gradients, Kernels kernels, double h, Pass any) {
        requireCovered(network);
        this.network = network;
        this.parameters = parameters;
        this.kernels = kernels;
        this.h = h;
        pass = any;
        targets = any.outputs();
        identity = DoubleMatrix.zeros(network.outputs(), network.outputs());
        for (int i = 0; i < network.outputs(); i++) {
            identity.set(i, i, 1);
        }
        for (int position = 0; position < network.layers().size(); position++) {
            if (network.layers().get(position) instanceof Dense) {
                groups.add(new Group(
                        position, network.width(position), network.width(position + 1), gradients.layer(position)));
            }
        }
        for (int part = 0; part < kernels.threads(); part++) {
            jets.add(new Jet());
        }
    }

    private static void requireCovered(Network network) {
        if (!(network.loss() instanceof SoftmaxCrossEntropy)) {
            throw refused("loss " + network.loss().name(), "the loss softmax-cross-entropy");
        }
        int dense = 0;
        for (int position = 0; position < network.layers().size(); position++) {
            Layer layer = network.layers().get(position);
            String what = "layer " + (position + 1) + " (" + layer.name() + ")";
            if (layer instanceof Dense) {
                dense++;
                if (dense > 2) {
                    throw refused(what, "at most two dense layers");
                }
            } else if (!(layer instanceof Elementwise activation) || dense > 0 && !Jet.supports(activation)) {
                throw refused(what, "dense, sigmoid and tanh layers");
            }
            if (position == network.layers().size() - 1 && !(layer instanceof Dense)) {
                throw refused(what + " at the end", "a dense layer there");
            }
        }
    }

    private static IllegalArgumentException refused(String found, String expected) {
        return new IllegalArgumentException("numerical gradient by series: found " + found + ", expected " + expected
                + "; the structured evaluation covers every network");
    }

    /// Overwrites all gradients, and the bounds of the units.
    ///
    /// @param base a pass that has just gone forward over the batch
    /// @param wanted targets [at least N, outputs]
    void compute(Pass base, Matrix wanted) {
        pass = base;
        targets = wanted;
        int rows = base.input().rows();
        softmax.compute(kernels, base.outputs());
        for (Group group : groups) {
            group.resize(rows);
        }
        next.set(0);
        kernels.parallel(this);
        for (Group group : groups) {
            kernels.multiplyLeftTransposed(group.powers, group.coefficients, group.gradientOfW);
            kernels.columnSums(group.coefficients, group.gradientOfB);
            for (int unit = 0; unit < group.units; unit++) {
                double bound = 0;
                for (int row = 0; row < rows; row++) {
                    bound += group.bounds.get(row, unit);
                }
                group.unitBounds[unit] = bound;
            }
        }
    }

    /// The bounds of the errors of the weights that lead to each unit of the dense layer at a position.
    double[] unitBounds(int position) {
        for (Group group : groups) {
            if (group.position == position) {
                return group.unitBounds;
            }
        }
        throw new IllegalArgumentException("layer " + (position + 1) + ": expected a dense one");
    }

    @Override
    public void run(int part, int parts) {
        Jet jet = jets.get(part);
        int rows = pass.input().rows();
        int blocks = (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
        for (int piece = next.getAndIncrement(); piece < blocks * groups.size(); piece = next.getAndIncrement()) {
            Group group = groups.get(piece / blocks);
            int from = piece % blocks * ROWS_AT_ONCE;
            for (int row = from; row < Math.min(rows, from + ROWS_AT_ONCE); row++) {
                differentiate(group, row, rows, jet);
            }
        }
    }

    private void differentiate(Group group, int row, int rows, Jet jet) {
        double largest = powers(group, row, rows);
        int after = group.position + 1;
        while (after < network.layers().size() && network.layers().get(after) instanceof Elementwise) {
            after++;
        }
        boolean last = after == network.layers().size();
        DoubleMatrix w =
                last ? identity : (DoubleMatrix) parameters.layer(after).getFirst();
        double remainder = h * h * h * h * largest * largest * largest * largest * largest / rows;
        for (int unit = 0; unit < group.units; unit++) {
            jet.start(h * largest);
            for (int position = group.position + 1; position < after; position++) {
                Elementwise activation = (Elementwise) network.layers().get(position);
                jet.through(activation, pass.outputs(position).get(row, unit));
            }
            jet.throughSoftmaxCrossEntropy(
                    (DoubleMatrix) softmax.probabilities(), (DoubleMatrix) targets, row, w, unit);
            group.coefficients.set(row, unit, jet.first() / rows);
            group.coefficients.set(rows + row, unit, h * h * jet.third() / rows);
            group.bounds.set(row, unit, jet.fifthBound() * remainder);
        }
    }

    /// Copies a row of the inputs and its cubes.
    ///
    /// @return the largest |x|, that of the bias, 1, included; NaN if there is one
    private double powers(Group group, int row, int rows) {
        Matrix x = group.position == 0 ? pass.input() : pass.outputs(group.position - 1);
        double[] powers = group.powers.data();
        int first = group.powers.index(row, 0);
        int third = group.powers.index(rows + row, 0);
        double largest = 1;
        for (int input = 0; input < group.inputs; input++) {
            double value = x.get(row, input);
            largest = Math.max(largest, Math.abs(value));
            powers[first + input] = value;
            powers[third + input] = value * value * value;
        }
        return largest;
    }
}
