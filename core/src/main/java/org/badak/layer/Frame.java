package org.badak.layer;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Everything that one layer touches in one pass over a batch: kernels, input, output, their gradients, its parameters
/// and theirs. A workspace makes the frames once; a pass allocates nothing.
///
/// Symbols as in the book: `dx` is ∂loss/∂x.
///
/// @param kernels how to compute
/// @param shape of one example in x; `shape.size()` is the number of its columns
/// @param x input [batch, inputs]; read only
/// @param y output [batch, outputs]; forward overwrites it
/// @param dy ∂loss/∂y [batch, outputs]; backward may overwrite it
/// @param dx ∂loss/∂x [batch, inputs]; backward overwrites it if [#needsInputGradient]
/// @param needsInputGradient false for the first layer that has parameters: nobody reads its dx
/// @param parameters in the order of [Layer#parameters]; read only
/// @param gradients ∂loss/∂parameter, same order and shapes; backward overwrites them
public record Frame(
        Kernels kernels,
        Shape shape,
        Matrix x,
        Matrix y,
        Matrix dy,
        Matrix dx,
        boolean needsInputGradient,
        List<Matrix> parameters,
        List<Matrix> gradients) {
    /// The parameter at a position of [Layer#parameters].
    public Matrix parameter(int position) {
        return parameters.get(position);
    }

    /// The gradient of the parameter at a position of [Layer#parameters].
    public Matrix gradient(int position) {
        return gradients.get(position);
    }
}
