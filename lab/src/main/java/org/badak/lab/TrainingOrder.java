package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import org.badak.catalog.Catalog;
import org.badak.catalog.Optimizers;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.Sampler;
import org.badak.layer.Dense;
import org.badak.layer.Layer;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.model.Network;
import org.badak.optimizer.Optimizer;

/// What the page wants to have trained, in the words of `badak train`: the same words give the same bits.
///
/// @param data name of a data set
/// @param layers all layers in words, as of `--layers`; empty for those of `hidden`
/// @param hidden units of the hidden layers, first to last
/// @param activation of the hidden layers
/// @param initialisation how weights start
/// @param optimizer name
/// @param rate learning rate
/// @param batch images per step
/// @param iterations steps
/// @param seed of the run
record TrainingOrder(
        String data,
        String layers,
        List<Integer> hidden,
        String activation,
        String initialisation,
        String optimizer,
        double rate,
        int batch,
        int iterations,
        int seed) {
    private static final int MOST_UNITS = 2000;
    private static final int MOST_HIDDEN_LAYERS = 8;
    private static final int MOST_CHARACTERS = 400;
    private static final int MOST_BATCH = 10_000;
    private static final int MOST_ITERATIONS = 10_000_000;

    /// Reads an order.
    ///
    /// @throws IllegalArgumentException if a part of it is wrong
    static TrainingOrder of(Question question, List<String> data) {
        TrainingOrder order = new TrainingOrder(
                question.word("data", data),
                question.text("layers", MOST_CHARACTERS).strip(),
                hidden(question.text("hidden", MOST_CHARACTERS)),
                question.text("activation", MOST_CHARACTERS),
                question.text("initialisation", MOST_CHARACTERS),
                question.word(
                        "optimizer",
                        Optimizers.OPTIMIZERS.stream()
                                .<String>map(each -> each.name())
                                .toList()),
                question.number("rate", 1e-9, 1e6),
                question.whole("batch", 1, MOST_BATCH),
                question.whole("iterations", 1, MOST_ITERATIONS),
                question.whole("seed", 0, Integer.MAX_VALUE));
        order.rule();
        return order;
    }

    /// Units of hidden layers in words: `100, 50`.
    static List<Integer> hidden(String text) {
        List<Integer> units = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            String number = part.strip();
            if (!number.matches("[1-9][0-9]{0,3}") || Integer.parseInt(number) > MOST_UNITS) {
                throw new IllegalArgumentException("hidden units: expected numbers from 1 to " + MOST_UNITS
                        + ", separated by commas, found '" + number + "'; try 50 or 100, 50");
            }
            units.add(Integer.parseInt(number));
        }
        if (units.size() > MOST_HIDDEN_LAYERS) {
            throw new IllegalArgumentException(
                    "hidden units: expected at most " + MOST_HIDDEN_LAYERS + " layers, found " + units.size());
        }
        return List.copyOf(units);
    }

    /// The network for examples of this kind.
    ///
    /// @throws IllegalArgumentException if it does not fit them
    Network network(Dataset examples) {
        if (layers.isEmpty()) {
            List<Layer> all = new ArrayList<>();
            for (int units : hidden) {
                all.add(new Dense(units, Catalog.initialisation(initialisation)));
                all.add(Catalog.activation(activation));
            }
            all.add(new Dense(examples.classes(), Catalog.initialisation(initialisation)));
            return new Network(examples.features(), all, new SoftmaxCrossEntropy());
        }
        Network network = new Network(
                examples.shape(),
                Catalog.layers(layers, Catalog.initialisation(initialisation)),
                new SoftmaxCrossEntropy());
        if (network.outputs() != examples.classes()) {
            throw new IllegalArgumentException("layers: expected " + examples.classes()
                    + " outputs of the last one, one for each class, found " + network.outputs()
                    + "; end the list with dense " + examples.classes());
        }
        return network;
    }

    /// How parameters are moved.
    Optimizer rule() {
        return Optimizers.optimizer(optimizer + ":learning-rate=" + rate);
    }

    /// How batches are drawn.
    Sampler sampler(Dataset train) {
        return Catalog.sampler("replacement").make(train.count(), batch, seed);
    }

    /// The options of `badak train` that give this run again.
    Json.Members options() {
        Answer options = new Answer().put("data", data);
        if (layers.isEmpty()) {
            options.put(
                            "hidden",
                            hidden.isEmpty()
                                    ? "none"
                                    : String.join(
                                            ",",
                                            hidden.stream()
                                                    .map(Object::toString)
                                                    .toList()))
                    .put("activation", activation);
        } else {
            options.put("layers", layers);
        }
        return options.put("init", initialisation)
                .put("optimizer", optimizer)
                .put("lr", rate)
                .put("batch", batch)
                .put("iterations", iterations)
                .put("seed", seed)
                .json();
    }
}
