package org.badak.catalog;

import java.util.List;
import java.util.Map;
import org.badak.model.Network;
import org.badak.model.Parameters;

/// Everything that a model file holds: what is needed to use the model, and where it comes from.
///
/// @param network its description
/// @param parameters its numbers
/// @param imageRows height of the images it takes, in pixels; inputs are pixels divided by 255, row by row
/// @param imageColumns width of the images it takes, in pixels
/// @param classNames what its outputs stand for, in order
/// @param seed of the run that made it
/// @param step steps that were trained
/// @param origin further facts by name, such as the data it was trained on; for readers
public record SavedModel(
        Network network,
        Parameters parameters,
        int imageRows,
        int imageColumns,
        List<String> classNames,
        long seed,
        long step,
        Map<String, String> origin) {
    /// Copies the lists and checks that all fit together.
    ///
    /// @throws IllegalArgumentException if image size or number of classes do not fit the network
    public SavedModel {
        classNames = List.copyOf(classNames);
        origin = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(origin));
        if ((long) imageRows * imageColumns != network.inputs()) {
            throw new IllegalArgumentException("model: images of " + imageRows + " x " + imageColumns
                    + " pixels do not fit a network of " + network.inputs() + " inputs");
        }
        if (classNames.size() != network.outputs()) {
            throw new IllegalArgumentException("model: " + classNames.size() + " class names do not fit a network of "
                    + network.outputs() + " outputs");
        }
    }
}
