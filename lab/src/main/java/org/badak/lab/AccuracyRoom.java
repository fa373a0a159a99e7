package org.badak.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.badak.train.LossAlongLine;
import org.badak.train.Trainer;
import org.jspecify.annotations.Nullable;

/// Room 2, why not accuracy: one weight of a trained network is moved, and loss and accuracy of a hundred images are
/// shown over it. The loss is smooth, the accuracy a staircase.
final class AccuracyRoom implements Room {
    private static final int UNITS = 50;
    private static final int IMAGES = 100;
    private static final int STEPS = 600;
    private static final int BATCH = 100;
    private static final double RATE = 0.5;
    private static final long SEED = 1;
    private static final int POSITIONS = 241;
    private static final double REACH = 6;

    private final Material material;
    private final Map<Integer, LossAlongLine> curves = new HashMap<>();
    private @Nullable Subject subject;

    AccuracyRoom(Material material) {
        this.material = material;
    }

    /// The network that is looked at, and the weights that can be moved.
    private record Subject(
            Network network, Parameters parameters, Kernels kernels, Dataset images, List<Weight> weights) {}

    private record Weight(int slot, int row, int column) {}

    @Override
    public String name() {
        return "accuracy";
    }

    /// `weight`: which of four, 0 to 3; `t`: how far it is moved. Gives loss and accuracy there, and both over t.
    @Override
    public synchronized Json.Members answer(Question question) {
        Subject with = subject();
        int chosen = question.whole("weight", 0, with.weights().size() - 1);
        double t = question.number("t", -REACH, REACH);
        LossAlongLine curve = curves.computeIfAbsent(chosen, key -> along(with, key, positions()));
        LossAlongLine here = along(with, chosen, t);
        Weight weight = with.weights().get(chosen);
        double origin = with.parameters().tensor(weight.slot()).get(weight.row(), weight.column());
        return new Answer()
                .put(
                        "weights",
                        Json.of(with.weights().stream()
                                .map(each -> label(with, each))
                                .toList()))
                .put("data", with.images().name())
                .put("value", origin + t)
                .put("loss", here.losses()[0])
                .put("accuracy", here.accuracies()[0])
                .put("positions", curve.positions())
                .put("losses", curve.losses())
                .put("accuracies", curve.accuracies())
                .put("flat", curve.flatShare())
                .put("flatLoss", curve.flatLossShare())
                .json();
    }

    private static String label(Subject subject, Weight weight) {
        return subject.parameters().slots().get(weight.slot()).name() + "[" + weight.row() + "][" + weight.column()
                + "]";
    }

    private static double[] positions() {
        double[] positions = new double[POSITIONS];
        for (int i = 0; i < POSITIONS; i++) {
            positions[i] = -REACH + 2 * REACH * i / (POSITIONS - 1);
        }
        return positions;
    }

    private static LossAlongLine along(Subject subject, int chosen, double... positions) {
        Weight weight = subject.weights().get(chosen);
        Parameters direction = subject.parameters().like();
        direction.tensor(weight.slot()).set(weight.row(), weight.column(), 1);
        return LossAlongLine.of(
                subject.network(), subject.parameters(), direction, subject.kernels(), subject.images(), positions);
    }

    private Subject subject() {
        Subject known = subject;
        if (known == null) {
            known = train(material.preferred());
            subject = known;
        }
        return known;
    }

    private static Subject train(LabelledData data) {
        Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
        Initialisation start = new Initialisation.Xavier();
        Network network = Network.of(
                data.train().features(),
                new SoftmaxCrossEntropy(),
                new Dense(UNITS, start),
                new Sigmoid(),
                new Dense(data.train().classes(), start));
        Parameters parameters = network.initialise(Precision.FLOAT32, SEED);
        Trainer trainer = new Trainer(
                network,
                parameters,
                new Backprop(network, parameters, kernels),
                new Sgd(RATE),
                new Sampler.Replacement(data.train().count(), BATCH, SEED),
                kernels,
                data.train(),
                BATCH);
        for (int i = 0; i < STEPS; i++) {
            trainer.step();
        }
        List<Weight> weights = new ArrayList<>();
        for (int slot = parameters.tensors().size() - 1; slot >= 0; slot--) {
            weights.add(largest(parameters.tensor(slot), slot));
        }
        return new Subject(network, parameters, kernels, data.test().head(IMAGES), List.copyOf(weights));
    }

    private static Weight largest(Matrix tensor, int slot) {
        Weight best = new Weight(slot, 0, 0);
        for (int row = 0; row < tensor.rows(); row++) {
            for (int column = 0; column < tensor.columns(); column++) {
                if (Math.abs(tensor.get(row, column)) > Math.abs(tensor.get(best.row(), best.column()))) {
                    best = new Weight(slot, row, column);
                }
            }
        }
        return best;
    }
}
