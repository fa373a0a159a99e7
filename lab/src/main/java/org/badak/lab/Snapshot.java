package org.badak.lab;

import org.badak.data.Dataset;
import org.badak.kernel.Kernels;
import org.badak.layer.Conv2d;
import org.badak.layer.Layer;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.train.Evaluator;

/// A copy of a network in training, taken between two steps and looked at in another thread: training waits for the
/// copying only.
final class Snapshot {
    private static final int LOOKED_AT = 500; // images
    private static final int MOST_PICTURES = 50;

    private final Network network;
    private final Parameters parameters;
    private final Parameters gradients;
    private final Kernels kernels;
    private final Evaluator train;
    private final Evaluator test;

    /// @param parameters of the network; their shapes count
    /// @param kernels for the thread that looks
    Snapshot(Network network, Parameters parameters, Kernels kernels, Dataset train, Dataset test) {
        this.network = network;
        this.parameters = parameters.like();
        this.gradients = parameters.like();
        this.kernels = kernels;
        this.train = evaluator(train);
        this.test = evaluator(test);
    }

    private Evaluator evaluator(Dataset set) {
        return new Evaluator(network, parameters, kernels, set.head(Math.min(LOOKED_AT, set.count())));
    }

    /// Overwrites the copies. Called by the thread that trains.
    void take(Parameters now, Parameters latestGradients) {
        parameters.copyFrom(now);
        gradients.copyFrom(latestGradients);
    }

    /// The copied parameters.
    Parameters parameters() {
        return parameters;
    }

    /// Adds accuracy and loss of some images, and the length of each tensor's gradient.
    void measure(Answer answer) {
        Answer norms = new Answer();
        for (int i = 0; i < gradients.tensors().size(); i++) {
            if (gradients.slots().get(i).trainable()) {
                norms.put(gradients.slots().get(i).name(), Math.sqrt(kernels.sumOfSquares(gradients.tensor(i))));
            }
        }
        answer.put("trainAccuracy", train.score().accuracy())
                .put("testAccuracy", test.score().accuracy())
                .put("norms", norms.json());
    }

    /// Adds the weights of the first layer as pictures: of a dense layer what each unit sees, of a convolution its
    /// filters.
    void picture(Shape image, Answer answer) {
        Matrix w = parameters.tensor(0);
        Layer first = network.layers().get(parameters.slots().getFirst().layer());
        int width = image.width();
        int height = image.height();
        if (first instanceof Conv2d filters) {
            width = filters.size();
            height = filters.size();
        } else if (w.rows() != width * height) {
            return;
        }
        int units = Math.min(MOST_PICTURES, w.columns());
        answer.put("weights", SignedPicture.ofColumns(w, units))
                .put("weightWidth", width)
                .put("weightHeight", height);
    }
}
