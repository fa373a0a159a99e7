package org.badak.layer;

import java.util.List;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Dropout (Srivastava et al., JMLR 15, 2014), inverted: when learning each element is set to 0
/// with probability `rate`, and else multiplied by 1/(1 − rate), so that inference is y = x. dx =
/// dy times the same factors.
///
/// Which elements are dropped is a pure function of (seed, place of the layer, step, row of the
/// whole batch, column).
///
/// @param rate share that is dropped, 0 ≤ rate < 1
public record Dropout(double rate) implements Layer {
    /// @throws IllegalArgumentException unless 0 ≤ rate < 1
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: rate must be at least 0 and below 1, found " + rate);
        }
    }

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return inputs;
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    /// The factor of every element.
    @Override
    public List<BufferShape> buffers(Shape inputs) {
        return List.of(BufferShape.perExample(1, inputs.size()));
    }

    @Override
    public void forward(Frame frame) {
        if (!frame.learning()) {
            frame.y().copyFrom(frame.x());
            return;
        }
        Matrix mask = frame.buffer(0);
        Moment moment = frame.moment();
        frame.kernels().dropoutMask(moment.seed(), frame.position(), moment.index(0), moment.firstRow(), rate, mask);
        frame.kernels().multiplyElements(frame.x(), mask, frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (!frame.needsInputGradient()) {
            return;
        }
        if (frame.learning()) {
            frame.kernels().multiplyElements(frame.dy(), frame.buffer(0), frame.dx());
        } else {
            frame.dx().copyFrom(frame.dy());
        }
    }
}
