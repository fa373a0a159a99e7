package org.badak.layer;

import java.util.List;
import org.badak.matrix.Shape;

/// A layer states its forward and its backward pass beside each other. It is an immutable description: all numbers live
/// in parameters and workspaces, which come in as a [Frame].
///
/// The family is sealed so that the compiler lists what a new layer still owes; [CustomLayer] is the open door.
public sealed interface Layer
        permits Dense,
                Elementwise,
                Conv2d,
                MaxPool,
                AvgPool,
                Flatten,
                Dropout,
                BatchNorm,
                LayerNorm,
                ResidualStart,
                ResidualEnd,
                CustomLayer {
    /// The layer's kind in lower case, as in model files and on the command line: `dense`, `sigmoid`.
    String name();

    /// The shape of an example behind the layer, for the shape of one before it.
    ///
    /// @throws org.badak.matrix.ShapeException if the layer cannot take such inputs; says what it could take
    Shape outputs(Shape inputs);

    /// The parameter tensors for inputs of a shape, in a fixed order; empty if it has none.
    List<ParameterShape> parameters(Shape inputs);

    /// The matrices that the layer works in beside x and y, for inputs of a shape; none by default.
    default List<BufferShape> buffers(Shape inputs) {
        return List.of();
    }

    /// Computes y from x.
    void forward(Frame frame);

    /// Computes the gradients of the parameters and, if needed, dx, from dy and what forward left in x and y.
    void backward(Frame frame);
}
