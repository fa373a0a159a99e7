package org.badak.layer;

import java.util.List;
import java.util.Optional;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// The fully connected (affine) layer y = x·W + b with W [inputs, outputs] and b [1, outputs]:
/// dW = xᵀ·dy, db = Σₙ dyₙ, dx = dy·Wᵀ. An image of any shape is a vector to it.
///
/// @param units number of outputs, at least 1
/// @param initialisation how W starts; b starts at zero
public record Dense(int units, Initialisation initialisation) implements Layer {
    /// @throws IllegalArgumentException unless units ≥ 1
    public Dense {
        if (units < 1) {
            throw new IllegalArgumentException("dense: units must be at least 1, found " + units);
        }
    }

    @Override
    public String name() {
        return "dense";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return Shape.flat(units);
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of(
                new ParameterShape("W", inputs.size(), units, Optional.of(initialisation)),
                new ParameterShape("b", 1, units, Optional.empty()));
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().affine(frame.x(), frame.parameter(0), frame.parameter(1), frame.y());
    }

    /// This layer's forward pass and that of the activation behind it, in one pass over the rows: the same numbers.
    ///
    /// @param behind the frame of the activation
    public void forward(Frame frame, Elementwise activation, Frame behind) {
        frame.kernels()
                .affine(
                        frame.x(),
                        frame.parameter(0),
                        frame.parameter(1),
                        frame.y(),
                        activation.epilogue(),
                        behind.y());
    }

    @Override
    public void backward(Frame frame) {
        Kernels kernels = frame.kernels();
        Matrix dy = frame.dy();
        kernels.multiplyLeftTransposed(frame.x(), dy, frame.gradient(0));
        kernels.columnSums(dy, frame.gradient(1));
        if (frame.needsInputGradient()) {
            kernels.multiplyRightTransposed(dy, frame.parameter(0), frame.dx());
        }
    }
}
