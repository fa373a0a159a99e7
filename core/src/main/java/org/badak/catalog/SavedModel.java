package org.badak.catalog;

import java.util.List;
import java.util.Map;
import org.badak.model.Network;
import org.badak.model.Parameters;

/// Everything that a model file holds: what is needed to use the model, and where it comes from.
///
/// @param network its description
/// @param parameters its numbers
/// @param inputs what it takes
/// @param classNames what its outputs stand for, in order; empty where its outputs are values
/// @param seed of the run that made it
/// @param step steps that were trained
/// @param origin further facts by name, such as the data it was trained on; for readers
public record SavedModel(
        Network network,
        Parameters parameters,
        Inputs inputs,
        List<String> classNames,
        long seed,
        long step,
        Map<String, String> origin) {
    /// Copies the lists and checks that all fit together.
    ///
    /// @throws IllegalArgumentException if inputs or number of classes do not fit the network
    public SavedModel {
        classNames = List.copyOf(classNames);
        origin = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(origin));
        requireInputs(network, inputs);
        if (!(inputs instanceof Inputs.Table && classNames.isEmpty())) {
            requireClasses(network, classNames.size());
        }
    }

    static void requireInputs(Network network, Inputs inputs) {
        if (inputs.columns() != network.inputs()) {
            throw new IllegalArgumentException("model: " + inputs.text() + ", " + inputs.columns()
                    + " numbers, do not fit a network of " + network.inputs() + " inputs");
        }
    }

    static void requireClasses(Network network, int count) {
        if (count != network.outputs()) {
            throw new IllegalArgumentException(
                    "model: " + count + " class names do not fit a network of " + network.outputs() + " outputs");
        }
    }

    /// A model that takes images.
    ///
    /// @param imageRows height of the images, in pixels; inputs are pixels divided by 255, row by row
    /// @param imageColumns width of the images, in pixels
    /// @throws IllegalArgumentException if image size or number of classes do not fit the network
    public SavedModel(
            Network network,
            Parameters parameters,
            int imageRows,
            int imageColumns,
            List<String> classNames,
            long seed,
            long step,
            Map<String, String> origin) {
        this(network, parameters, new Inputs.Images(imageRows, imageColumns), classNames, seed, step, origin);
    }

    /// Height of the images it takes, in pixels.
    ///
    /// @throws IllegalArgumentException if it takes none
    public int imageRows() {
        return images().rows();
    }

    /// Width of the images it takes, in pixels.
    ///
    /// @throws IllegalArgumentException if it takes none
    public int imageColumns() {
        return images().width();
    }

    private Inputs.Images images() {
        if (inputs instanceof Inputs.Images images) {
            return images;
        }
        throw new IllegalArgumentException("this model takes " + inputs.text() + ", and was given images; use it with "
                + (inputs instanceof Inputs.Table
                        ? "a CSV file that has the columns it was trained on"
                        : "an NPY or NPZ file of such arrays"));
    }
}
