package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.Dataset;
import org.badak.data.Json;
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
import org.badak.model.Pass;
import org.badak.model.Workspace;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;
import org.jspecify.annotations.Nullable;

/// Room 5, one training step taken apart: the chapter's network and a few images; what each part of the step leaves
/// behind, and one weight followed through it. The step itself is done by the trainer.
final class StepRoom implements Room {
    private static final int UNITS = 50;
    private static final int MOST_IMAGES = 10;
    private static final long SEED = 1;

    private final Material material;
    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private @Nullable Walk walk;

    StepRoom(Material material) {
        this.material = material;
    }

    @Override
    public String name() {
        return "step";
    }

    /// `do`: begin (`images`, `rate`) or next. Gives everything about one step, which is done then.
    @Override
    public synchronized Json.Members answer(Question question) {
        Walk current = walk;
        if (question.word("do", List.of("begin", "next")).equals("begin") || current == null) {
            current = new Walk(
                    material.preferred().train(),
                    kernels,
                    question.whole("images", 1, MOST_IMAGES),
                    question.number("rate", 1e-6, 100));
            walk = current;
        }
        return current.step();
    }

    /// A network in training whose steps are told.
    private static final class Walk {
        private final Dataset images;
        private final Kernels kernels;
        private final double rate;
        private final Sampler sampler;
        private final int[] indices;
        private final BatchLoader loader;
        private final Network network;
        private final Parameters parameters;
        private final Parameters gradients;
        private final Workspace workspace;
        private final Trainer trainer;
        private int unit; // the followed weight is W2[unit][output]
        private int output;

        Walk(Dataset images, Kernels kernels, int batch, double rate) {
            this.images = images;
            this.kernels = kernels;
            this.rate = rate;
            Initialisation start = new Initialisation.Xavier();
            network = Network.of(
                    images.features(),
                    new SoftmaxCrossEntropy(),
                    new Dense(UNITS, start),
                    new Sigmoid(),
                    new Dense(images.classes(), start));
            sampler = new Sampler.Replacement(images.count(), batch, SEED);
            indices = new int[batch];
            loader = new BatchLoader(images, kernels, batch, true);
            parameters = network.initialise(Precision.FLOAT32, SEED);
            gradients = parameters.like();
            workspace = Workspace.forLearning(network, parameters, gradients, kernels);
            trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels),
                    new Sgd(rate),
                    sampler,
                    kernels,
                    images,
                    batch);
        }

        /// Tells the step that comes, then does it, and tells what it changed.
        Json.Members step() {
            int rows = sampler.draw(trainer.steps(), indices);
            Batch batch = loader.load(indices, 0, rows);
            Pass pass = workspace.pass(batch.x());
            pass.forward();
            double loss = pass.loss(batch);
            double[] rowLosses = java.util.Arrays.copyOf(pass.rowLosses(), rows);
            pass.backward();
            Answer answer = new Answer()
                    .put("step", trainer.steps() + 1)
                    .put("data", images.name())
                    .put("rate", rate)
                    .put("pictures", Json.of(pictures(rows)))
                    .put("labels", labels(rows))
                    .put("hidden", rows(pass.outputs(1)))
                    .put("scores", rows(pass.outputs()))
                    .put("rowLosses", rowLosses)
                    .put("loss", loss)
                    .put("scoreGradients", rows(pass.outputGradient(2)))
                    .put("norms", norms());
            follow(pass, rows, answer);
            Matrix probabilities = kernels.zeros(rows, network.outputs());
            network.loss().predict(kernels, pass.outputs(), probabilities);
            answer.put("probabilities", rows(probabilities));
            double before = followed();
            double trained = trainer.step();
            loader.load(indices, 0, rows);
            pass.forward();
            return answer.put("trainerLoss", trained)
                    .put("weightBefore", before)
                    .put("weightAfter", followed())
                    .put("lossAfter", pass.loss(batch))
                    .json();
        }

        private double followed() {
            return parameters.tensor("W2").get(unit, output);
        }

        /// The weight of the last layer that the gradient moves most: its gradient is Σ h·d over the images.
        private void follow(Pass pass, int rows, Answer answer) {
            Matrix gradient = gradients.tensor("W2");
            for (int row = 0; row < gradient.rows(); row++) {
                for (int column = 0; column < gradient.columns(); column++) {
                    if (Math.abs(gradient.get(row, column)) > Math.abs(gradient.get(unit, output))) {
                        unit = row;
                        output = column;
                    }
                }
            }
            double[] h = new double[rows];
            double[] d = new double[rows];
            for (int row = 0; row < rows; row++) {
                h[row] = pass.outputs(1).get(row, unit);
                d[row] = pass.outputGradient(2).get(row, output);
            }
            answer.put("unit", unit)
                    .put("output", output)
                    .put("weightGradient", gradient.get(unit, output))
                    .put("unitOutputs", h)
                    .put("outputGradients", d)
                    .put("picture", SignedPicture.ofColumn(gradients.tensor("W1"), unit));
        }

        private List<String> pictures(int rows) {
            List<String> pictures = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                pictures.add(Material.pixels(images, indices[row]));
            }
            return pictures;
        }

        private Json labels(int rows) {
            List<Json> labels = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                labels.add(Json.of((long) images.label(indices[row])));
            }
            return new Json.Items(labels);
        }

        private Json norms() {
            Answer norms = new Answer();
            for (int i = 0; i < gradients.tensors().size(); i++) {
                norms.put(gradients.slots().get(i).name(), Math.sqrt(kernels.sumOfSquares(gradients.tensor(i))));
            }
            return norms.json();
        }

        private static Json rows(Matrix matrix) {
            List<Json> rows = new ArrayList<>();
            for (double[] row : matrix.toArray()) {
                rows.add(Answer.numbers(row));
            }
            return new Json.Items(rows);
        }
    }
}
