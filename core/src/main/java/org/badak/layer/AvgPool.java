package org.badak.layer;

import java.util.List;
import org.badak.kernel.Window;
import org.badak.matrix.Shape;

/// The mean under a window, channel by channel; places outside the image count as zeros (PyTorch's
/// `count_include_pad`). dx is the sum of dy/size² of all windows over the place.
///
/// @param size height and width of the window, at least 1
/// @param stride pixels from one position to the next, at least 1
/// @param padding zeros added on all four sides, at most size/2
public record AvgPool(int size, int stride, int padding) implements Layer {
    /// @throws IllegalArgumentException if a number is out of range
    public AvgPool {
        Windows.check("avgpool", size, stride, padding, size / 2);
    }

    /// Windows side by side.
    public AvgPool(int size) {
        this(size, size, 0);
    }

    @Override
    public String name() {
        return "avgpool";
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
        frame.kernels().averagePool(frame.x(), window(frame), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().averagePoolGradient(window(frame), frame.dy(), frame.dx());
        }
    }

    private Window window(Frame frame) {
        return frame.kernels().window(frame.shape(), size, stride, padding);
    }
}
