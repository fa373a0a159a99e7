package org.badak.model;

import org.badak.layer.ParameterShape;

/// The place of one parameter tensor in the flat block of all parameters.
///
/// @param name unique in the network: `W1`
/// @param layer position of the layer it belongs to
/// @param shape its shape and how it starts
/// @param offset index of its first element in the block, padding counted
public record Slot(String name, int layer, ParameterShape shape, int offset) {
    /// Whether the optimizer moves it; if not, the layer itself says its next value: see [ParameterShape].
    public boolean trainable() {
        return shape.trainable();
    }

    /// Number of elements, padding not counted.
    public long count() {
        return (long) shape.rows() * shape.columns();
    }
}
