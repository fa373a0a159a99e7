package org.badak.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.badak.kernel.Kernels;
import org.badak.kernel.Workers;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elementwise;
import org.badak.layer.Flatten;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.MaxPool;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.jspecify.annotations.Nullable;

/// The central differences of all dense layers that are followed by dense and elementwise layers only, evaluated
/// from the place that a perturbation first moves: §8 of the chapter. See [NumericalGradient].
///
/// The parameters that lead to one unit of a layer are one piece of work, done by one thread, its rows in ascending
/// order. So neither the number of threads nor who comes first can change a bit.
final class StructuredEvaluation implements Workers.Task {
    /// One dense layer that is perturbed.
    private record Target(int position, int units, Matrix gradientOfW, Matrix gradientOfB, DistinctInputs inputs) {}

    /// What one thread writes while it works.
    private record Scratch(
            PerturbedColumns columns, double[] differences, double[] sums, DistinctInputs.Scratch inputs) {}

    private static final int ROWS_AT_ONCE = 8;

    private final Network network;
    private final Kernels kernels;
    private final double h;
    private final List<Target> targets = new ArrayList<>();
    private final List<Scratch> scratch = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Workers.Task preparation = this::prepare;
    private final @Nullable BatchSoftmax softmax;
    private final BitSet chosen = new BitSet(); // of all units of all targets
    private int pieces;
    private Pass pass;
    private Matrix oneHot;
    private double[] factors = {}; // of each row's loss

    /// @param gradients overwritten by [#compute] where this evaluation serves
    StructuredEvaluation(
            Network network, Parameters parameters, Parameters gradients, Kernels kernels, double h, Pass any) {
        this.network = network;
        this.kernels = kernels;
        this.h = h;
        softmax = network.loss() instanceof SoftmaxCrossEntropy ? new BatchSoftmax() : null;
        pass = any;
        oneHot = kernels.zeros(0, network.outputs());
        int most = 0;
        for (int position = 0; position < network.layers().size(); position++) {
            if (serves(position)) {
                int inputs = network.width(position);
                int units = network.width(position + 1);
                List<Matrix> tensors = gradients.layer(position);
                targets.add(new Target(position, units, tensors.get(0), tensors.get(1), new DistinctInputs(inputs)));
                most = Math.max(most, inputs + 1);
                pieces += units;
            }
        }
        for (int part = 0; part < kernels.threads() && !targets.isEmpty(); part++) {
            PerturbedColumns columns = new PerturbedColumns(
                    network,
                    parameters,
                    kernels.singleThreaded(),
                    targets.getFirst().position(),
                    h);
            scratch.add(new Scratch(columns, new double[most], new double[most], new DistinctInputs.Scratch(most)));
        }
    }

    /// Whether the parameters of the layer at a position are this evaluation's.
    boolean serves(int position) {
        List<Layer> layers = network.layers();
        if (!(layers.get(position) instanceof Dense)) {
            return false;
        }
        for (int behind = position + 1; behind < layers.size(); behind++) {
            boolean rowByRow = switch (layers.get(behind)) {
                case Dense dense -> true;
                case Elementwise elementwise -> true;
                case Conv2d _, MaxPool _, AvgPool _, Flatten _ -> false; // columns of perturbations are vectors
                // dropped units depend on the row, statistics on all columns or rows, blocks on two places
                case Dropout dropout -> false;
                case BatchNorm norm -> false;
                case LayerNorm norm -> false;
                case ResidualStart start -> false;
                case ResidualEnd end -> false;
                case CustomLayer custom -> false;
            };
            if (!rowByRow) {
                return false;
            }
        }
        return true;
    }

    /// Overwrites the gradients of all layers that this evaluation serves.
    ///
    /// @param base a pass that has just gone forward over the batch
    /// @param wanted targets [N, outputs]
    /// @param rowFactors what the loss of each row is multiplied by; empty where by 1
    void compute(Pass base, Matrix wanted, double[] rowFactors) {
        chosen.set(0, pieces);
        factors = rowFactors;
        computeChosen(base, wanted);
    }

    /// Leaves all units out until they are chosen.
    void chooseNone() {
        chosen.clear();
    }

    /// Takes in a unit of the dense layer at a position.
    void choose(int position, int unit) {
        int piece = unit;
        for (Target target : targets) {
            if (target.position == position) {
                chosen.set(piece);
            }
            piece += target.units;
        }
    }

    /// Overwrites the gradients of the weights and the biases that lead to the chosen units.
    ///
    /// @param base a pass that has just gone forward over the batch
    /// @param wanted targets [N, outputs]
    void computeChosen(Pass base, Matrix wanted) {
        if (targets.isEmpty()) {
            return;
        }
        pass = base;
        oneHot = wanted;
        if (softmax != null) {
            softmax.compute(kernels, base.outputs());
        }
        for (int i = 0; i < targets.size(); i++) { // an iterator would be allocated
            targets.get(i).inputs.grow(base.input().rows());
        }
        next.set(0);
        kernels.parallel(preparation);
        next.set(0);
        kernels.parallel(this);
    }

    private void prepare(int part, int parts) {
        DistinctInputs.Scratch own = scratch.get(part).inputs;
        int rows = pass.input().rows();
        int blocks = (rows + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
        for (int piece = next.getAndIncrement(); piece < blocks * targets.size(); piece = next.getAndIncrement()) {
            Target target = targets.get(piece / blocks);
            Matrix x = target.position == 0 ? pass.input() : pass.outputs(target.position - 1);
            int from = piece % blocks * ROWS_AT_ONCE;
            target.inputs.prepare(x, from, Math.min(rows, from + ROWS_AT_ONCE), own);
        }
    }

    @Override
    public void run(int part, int parts) {
        Scratch own = scratch.get(part);
        for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
            if (!chosen.get(piece)) {
                continue;
            }
            int unit = piece;
            int index = 0;
            while (unit >= targets.get(index).units) {
                unit -= targets.get(index).units;
                index++;
            }
            differentiate(targets.get(index), unit, own);
        }
    }

    private void differentiate(Target target, int unit, Scratch own) {
        DistinctInputs inputs = target.inputs;
        int rows = pass.input().rows();
        int bias = target.gradientOfW.rows();
        Arrays.fill(own.sums, 0, bias + 1, 0);
        for (int row = 0; row < rows; row++) {
            for (int chunk = 0; chunk < inputs.chunks(row); chunk++) {
                own.columns.differences(
                        pass,
                        oneHot,
                        target.position,
                        unit,
                        row,
                        inputs.steps(),
                        inputs.firstChunk(row) + chunk,
                        inputs.slotsInChunk(row, chunk),
                        softmax,
                        own.differences,
                        chunk * DistinctInputs.CHUNK);
                for (int slot = 0; slot < (factors.length == 0 ? 0 : inputs.slotsInChunk(row, chunk)); slot++) {
                    own.differences[chunk * DistinctInputs.CHUNK + slot] *= factors[row];
                }
            }
            inputs.addTo(row, own.differences, own.sums);
        }
        for (int input = 0; input < bias; input++) {
            target.gradientOfW.set(input, unit, own.sums[input] / rows / (2 * h));
        }
        target.gradientOfB.set(0, unit, own.sums[bias] / rows / (2 * h));
    }
}
