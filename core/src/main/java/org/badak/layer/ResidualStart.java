package org.badak.layer;

import java.util.List;
import org.badak.matrix.Shape;

/// Where a residual block starts: y = x, kept for the [ResidualEnd] that closes the block. dx = dy plus the block's
/// dy behind its end.
public record ResidualStart() implements Layer {
    @Override
    public String name() {
        return "residual-start";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return inputs;
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    @Override
    public void forward(Frame frame) {
        frame.y().copyFrom(frame.x());
    }

    /// The one buffer is the end's dy.
    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.dx().copyFrom(frame.dy());
            frame.kernels().addScaled(1, frame.buffer(0), frame.dx());
        }
    }
}
