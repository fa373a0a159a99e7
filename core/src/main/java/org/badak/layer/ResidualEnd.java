package org.badak.layer;

import java.util.List;
import org.badak.matrix.Shape;

/// Where a residual block ends (He, Zhang, Ren and Sun, CVPR 2016): y = x + s, s being what entered the block at its
/// [ResidualStart]; so the layers between learn what is to be added. dx = dy, and the start adds dy to its own.
public record ResidualEnd() implements Layer {
    /// The layers of a block: start, the given ones, end. A network stays one explicit list.
    ///
    /// @param layers together they must give the shape that they take
    public static List<Layer> block(Layer... layers) {
        List<Layer> block = new java.util.ArrayList<>();
        block.add(new ResidualStart());
        block.addAll(List.of(layers));
        block.add(new ResidualEnd());
        return List.copyOf(block);
    }

    @Override
    public String name() {
        return "residual-end";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return inputs;
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    /// The one buffer is the start's y.
    @Override
    public void forward(Frame frame) {
        frame.y().copyFrom(frame.x());
        frame.kernels().addScaled(1, frame.buffer(0), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.dx().copyFrom(frame.dy());
        }
    }
}
