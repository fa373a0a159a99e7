package org.badak.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.badak.catalog.Catalog;
import org.badak.data.Sampler;
import org.badak.layer.Dense;
import org.badak.layer.Elementwise;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.loss.Loss;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.train.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that describe a network.
final class NetworkOptions {
    private static final int MOST_UNITS = 1_000_000;

    @Option(
            names = "--hidden",
            paramLabel = "UNITS[,UNITS...]",
            defaultValue = "50",
            description = "Units of the hidden layers, or none. Default: ${DEFAULT-VALUE}.")
    private String hidden = "50";

    @Option(
            names = "--layers",
            paramLabel = "LIST",
            description = "All layers, in place of --hidden and --activation, separated by commas:"
                    + " \"conv 30 5, relu, maxpool 2, flatten, dense 100, relu, dense 10\".")
    private @Nullable String layers;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            defaultValue = "sigmoid",
            description = "Activation of the hidden layers: sigmoid, relu, tanh, leaky-relu:0.01, elu, gelu, gelu-tanh,"
                    + " silu, softplus. Default: ${DEFAULT-VALUE}.")
    private String activation = "sigmoid";

    @Option(
            names = "--init",
            paramLabel = "NAME",
            description = "How weights start: normal:DEVIATION, xavier, he. Default: normal:0.01, with --layers he.")
    private @Nullable String initialisation;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where random numbers begin: the same seed gives the same bits. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /// Made by picocli.
    NetworkOptions() {}

    /// The seed of the run.
    long seed() {
        return seed;
    }

    /// Name of the activation.
    String activation() {
        return activation;
    }

    /// Name of the initialisation.
    String initialisation() {
        return initialisation != null ? initialisation : layers != null ? "he" : "normal:0.01";
    }

    /// Whether the layers are listed one by one.
    boolean areListed() {
        return layers != null;
    }

    /// Units of the hidden layers, first to last.
    ///
    /// @throws UsageException if one is not a number from 1
    List<Integer> hidden() {
        List<Integer> units = new ArrayList<>();
        if (hidden.equals("none")) {
            return units;
        }
        for (String text : hidden.split(",", -1)) {
            int number;
            try {
                number = Integer.parseInt(text.trim());
            } catch (NumberFormatException malformed) {
                number = 0;
            }
            if (number < 1 || number > MOST_UNITS) {
                throw UsageException.of(
                        "--hidden",
                        "'" + text.trim() + "'",
                        "whole numbers from 1 to " + MOST_UNITS + ", separated by commas, or none",
                        "try --hidden 50 or --hidden 50,30");
            }
            units.add(number);
        }
        return units;
    }

    /// The network for examples of a shape and outputs of this size.
    ///
    /// @throws UsageException if an option is wrong; names the nearest
    Network network(Shape examples, int outputs, Loss loss) {
        if (layers == null) {
            List<Layer> usual = hiddenAndLast(outputs);
            return checked("--loss", () -> new Network(examples.size(), usual, loss));
        }
        List<Layer> all = listed(layers);
        Network network = checked("--layers", () -> new Network(examples, all, loss));
        if (network.outputs() != outputs) {
            throw UsageException.of(
                    "--layers",
                    network.outputs() + " outputs of the last layer",
                    outputs + ", one for each class of the data",
                    "end the list with dense " + outputs);
        }
        return network;
    }

    private List<Layer> hiddenAndLast(int outputs) {
        Elementwise function = checked("--activation", () -> Catalog.activation(activation));
        Initialisation start = checked("--init", () -> Catalog.initialisation(initialisation()));
        List<Layer> all = new ArrayList<>();
        for (int units : hidden()) {
            all.add(new Dense(units, start));
            all.add(function);
        }
        all.add(new Dense(outputs, start));
        return all;
    }

    private List<Layer> listed(String text) {
        Initialisation start = checked("--init", () -> Catalog.initialisation(initialisation()));
        return checked("--layers", () -> Catalog.layers(text, start));
    }

    /// Checks everything that does not depend on data, so that mistakes are told before data is loaded.
    void check() {
        if (layers != null) {
            listed(layers);
        } else {
            hiddenAndLast(1);
        }
    }

    /// Makes something by name and reports a wrong name as a mistake of usage, with the option.
    static <T> T checked(String option, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            String name = option.substring(2) + ": "; // said once is enough
            throw new UsageException(
                    option + ": " + (message.startsWith(name) ? message.substring(name.length()) : message));
        }
    }

    /// Checks that a network can be trained with batches of a size.
    ///
    /// @throws UsageException if it cannot
    static void requireBatch(Network network, Sampler sampler, int batch) {
        checked("--batch", () -> {
            Trainer.requireBatch(network, sampler, batch);
            return batch;
        });
    }
}
