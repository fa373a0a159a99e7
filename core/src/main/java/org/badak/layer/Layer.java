package org.badak.layer;

import java.util.List;

/// A layer states its forward and its backward pass beside each other. It is an immutable description: all numbers live
/// in parameters and workspaces, which come in as a [Frame].
///
/// The family is sealed so that the compiler lists what a new layer still owes; [CustomLayer] is the open door.
public sealed interface Layer permits Dense, Elementwise, CustomLayer {
    /// The layer's kind in lower case, as in model files and on the command line: `dense`, `sigmoid`.
    String name();

    /// Number of output columns for a number of input columns.
    ///
    /// @throws org.badak.matrix.ShapeException if the layer cannot take that many inputs
    int outputs(int inputs);

    /// The parameter tensors for a number of input columns, in a fixed order; empty if it has none.
    List<ParameterShape> parameters(int inputs);

    /// Computes y from x.
    void forward(Frame frame);

    /// Computes the gradients of the parameters and, if needed, dx, from dy and what forward left in x and y.
    void backward(Frame frame);
}
