package org.badak.layer;

import java.util.List;
import org.badak.kernel.Window;
import org.badak.matrix.Shape;

/// The largest number under a window, channel by channel; NaN if one is NaN. dx = dy where the largest stood, the first
/// of equals in the order of rows, and 0 elsewhere. Places outside the image do not count.
///
/// @param size height and width of the window, at least 1
/// @param stride pixels from one position to the next, at least 1
/// @param padding places added on all four sides, at most size/2
public record MaxPool(int size, int stride, int padding) implements Layer {
    /// @throws IllegalArgumentException if a number is out of range
    public MaxPool {
        Windows.check("maxpool", size, stride, padding, size / 2);
    }

    /// Windows side by side.
    public MaxPool(int size) {
        this(size, size, 0);
    }

    @Override
    public String name() {
        return "maxpool";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return Windows.outputs(inputs, inputs.channels(), size, stride, padding);
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().maxPool(frame.x(), window(frame), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().maxPoolGradient(frame.x(), window(frame), frame.y(), frame.dy(), frame.dx());
        }
    }

    private Window window(Frame frame) {
        return frame.kernels().window(frame.shape(), size, stride, padding);
    }
}
