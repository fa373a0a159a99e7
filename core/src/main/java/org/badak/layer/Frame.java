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
/// @param gradients ∂loss/∂parameter, same order and shapes; backward overwrites them. Behind a tensor that is not
///     trainable stands its value for the next step instead, which forward overwrites when learning; the trainer copies
///     it once the step is accepted
/// @param buffers in the order of [Layer#buffers]; good from forward to backward of one pass
/// @param position of the layer in the network, from 0
/// @param moment mode, seed and number of the step
public record Frame(
        Kernels kernels,
        Shape shape,
        Matrix x,
        Matrix y,
        Matrix dy,
        Matrix dx,
        boolean needsInputGradient,
        List<Matrix> parameters,
        List<Matrix> gradients,
        List<Matrix> buffers,
        int position,
        Moment moment) {
    /// A frame for a layer without buffers, at position 0, learning, step 0 of seed 0.
    public Frame(
            Kernels kernels,
            Shape shape,
            Matrix x,
            Matrix y,
            Matrix dy,
            Matrix dx,
            boolean needsInputGradient,
            List<Matrix> parameters,
            List<Matrix> gradients) {
        this(
                kernels,
                shape,
                x,
                y,
                dy,
                dx,
                needsInputGradient,
                parameters,
                gradients,
                List.of(),
                0,
                new Moment(Mode.LEARNING, 0));
    }

    /// The parameter at a position of [Layer#parameters].
    public Matrix parameter(int position) {
        return parameters.get(position);
    }

    /// The gradient of the parameter at a position of [Layer#parameters].
    public Matrix gradient(int position) {
        return gradients.get(position);
    }

    /// The buffer at a position of [Layer#buffers].
    public Matrix buffer(int position) {
        return buffers.get(position);
    }

    /// Whether this pass is for learning: units are dropped, statistics are the batch's.
    public boolean learning() {
        return moment.mode() == Mode.LEARNING;
    }
}
