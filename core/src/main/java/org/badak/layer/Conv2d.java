package org.badak.layer;

import java.util.List;
import java.util.Optional;
import org.badak.kernel.Kernels;
import org.badak.kernel.Window;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Convolution of images:
/// `yₙ[f, i, j] = b[f] + Σ w[(c, k, l), f]·xₙ[c, i·stride + k − padding, j·stride + l − padding]`
/// over channels c and 0 ≤ k, l < size, x being zero outside the image. As everywhere in this field, w is not turned
/// around: in mathematics it is a cross-correlation.
///
/// W is [channels·size·size, filters]: a column per filter, its rows in the order (channel, row, column). PyTorch's
/// weight [filters, channels, size, size] is its transpose, element for element.
///
/// @param filters number of output channels, at least 1
/// @param size height and width of a filter, at least 1
/// @param stride pixels from one position to the next, at least 1
/// @param padding zeros added on all four sides, less than size
/// @param initialisation how W starts, its inputs being channels·size·size; b starts at zero
public record Conv2d(int filters, int size, int stride, int padding, Initialisation initialisation) implements Layer {
    /// @throws IllegalArgumentException if a number is out of range
    public Conv2d {
        if (filters < 1) {
            throw new IllegalArgumentException("conv: filters must be at least 1, found " + filters);
        }
        Windows.check("conv", size, stride, padding, size - 1);
    }

    /// With stride 1 and no padding.
    public Conv2d(int filters, int size, Initialisation initialisation) {
        this(filters, size, 1, 0, initialisation);
    }

    @Override
    public String name() {
        return "conv";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return Windows.outputs(inputs, filters, size, stride, padding);
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        int taps = Windows.taps(inputs.channels(), size);
        return List.of(
                new ParameterShape("W", taps, filters, Optional.of(initialisation)),
                new ParameterShape("b", 1, filters, Optional.empty()));
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().convolve(frame.x(), window(frame), frame.parameter(0), frame.parameter(1), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        Kernels kernels = frame.kernels();
        Window window = window(frame);
        Matrix dy = frame.dy();
        kernels.convolveWeightGradient(frame.x(), window, dy, frame.gradient(0), frame.gradient(1));
        if (frame.needsInputGradient()) {
            kernels.convolveInputGradient(window, dy, frame.parameter(0), frame.dx());
        }
    }

    private Window window(Frame frame) {
        return frame.kernels().window(frame.shape(), size, stride, padding);
    }
}
