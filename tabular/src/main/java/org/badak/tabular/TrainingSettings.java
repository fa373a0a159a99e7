package org.badak.tabular;

import java.util.ArrayList;
import java.util.List;
import org.badak.layer.Dense;
import org.badak.layer.Elementwise;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Relu;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.model.Network;
import org.badak.optimizer.Adam;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.WeightDecay;

/// How a network learns a table. The defaults are one rule for all tables: they depend on the number of
/// rows and on the task, on nothing else.
///
/// @param hidden units of the hidden layers
/// @param activation of the hidden layers
/// @param initialisation of all weights
/// @param batch rows per step
/// @param epochs times that all rows are gone through
/// @param optimizer the rule; its learning rate falls to 0 along half a cosine
/// @param patience evaluations without improvement of the validation loss after which training ends
/// @param seed of first weights and of the order of rows
public record TrainingSettings(
        List<Integer> hidden,
        Elementwise activation,
        Initialisation initialisation,
        int batch,
        long epochs,
        Optimizer optimizer,
        int patience,
        long seed) {
    private static final int LEAST_STEPS = 1000;
    private static final int LEAST_EPOCHS = 20;
    private static final int LARGE = 20_000;

    /// Copies the list.
    public TrainingSettings {
        hidden = List.copyOf(hidden);
    }

    /// The defaults: hidden layers of 64 and 32 units (128 and 64 from 20,000 rows) with ReLU and He's
    /// initialisation; batches of 32 rows (64 from 2,000, 128 from 20,000, 256 from 100,000); 1,000
    /// steps, but at least 20 epochs; AdamW with learning rate 0.01, which falls to 0 along half
    /// a cosine, and decoupled weight decay of 2 for classification, 0.5 for regression.
    ///
    /// @param rows number of training rows, at least 1
    /// @param seed the run's seed
    public static TrainingSettings of(int rows, Task task, long seed) {
        int batch = Math.min(rows, rows < 2000 ? 32 : rows < LARGE ? 64 : rows < 100_000 ? 128 : 256);
        long stepsPerEpoch = (rows + batch - 1L) / batch;
        return new TrainingSettings(
                rows < LARGE ? List.of(64, 32) : List.of(128, 64),
                new Relu(),
                new Initialisation.He(),
                batch,
                Math.max(LEAST_EPOCHS, (LEAST_STEPS + stepsPerEpoch - 1) / stepsPerEpoch),
                adamW(0.01, task == Task.CLASSIFICATION ? 2 : 0.5),
                20,
                seed);
    }

    /// The same with another rule.
    public TrainingSettings with(Optimizer rule) {
        return new TrainingSettings(hidden, activation, initialisation, batch, epochs, rule, patience, seed);
    }

    /// The same with AdamW of another learning rate and decoupled weight decay.
    public TrainingSettings withAdamW(double rate, double decay) {
        return with(adamW(rate, decay));
    }

    private static Optimizer adamW(double rate, double decay) {
        return new Adam(rate, 0.9, 0.999, 1e-8, false, WeightDecay.decoupled(decay));
    }

    /// The network for a prepared table: dense layers, and softmax with cross-entropy or the mean
    /// squared error.
    public Network network(Preparation preparation) {
        List<Layer> layers = new ArrayList<>();
        for (int units : hidden) {
            layers.add(new Dense(units, initialisation));
            layers.add(activation);
        }
        layers.add(new Dense(preparation.target().outputs(), initialisation));
        return new Network(
                preparation.width(),
                layers,
                preparation.task() == Task.CLASSIFICATION ? new SoftmaxCrossEntropy() : new MeanSquaredError());
    }
}
