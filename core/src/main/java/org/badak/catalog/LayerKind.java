package org.badak.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;

/// One line of the catalog for a layer that takes words.
///
/// @param name as on the command line and in files
/// @param form how it is written: `dense UNITS [INITIALISATION]`
/// @param summary one line for readers
/// @param factory makes it from the words behind its name
public record LayerKind(String name, String form, String summary, Function<LayerWords, Layer> factory) {
    /// Names of all lines, in order.
    static List<String> names(List<LayerKind> lines) {
        return lines.stream().map(LayerKind::name).toList();
    }

    /// Makes the layer that a text such as `dense 50 he` describes.
    ///
    /// @param otherwise the initialisation where the text names none
    /// @throws IllegalArgumentException if a word is wrong, missing or too many
    Layer make(String text, Optional<Initialisation> otherwise) {
        LayerWords words = new LayerWords(text, form, otherwise);
        Layer layer = factory.apply(words);
        words.requireAllUsed();
        return layer;
    }
}
