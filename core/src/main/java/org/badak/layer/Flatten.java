package org.badak.layer;

import java.util.List;
import org.badak.matrix.Shape;

/// Makes a vector of an image: the same numbers in the same order, and dx = dy. [Dense] does not need it, as an image
/// of
/// any shape is a vector to it; it says in a list of layers where images end.
public record Flatten() implements Layer {
    @Override
    public String name() {
        return "flatten";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return Shape.flat(inputs.size());
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().copy(frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().copy(frame.dy(), frame.dx());
        }
    }
}
