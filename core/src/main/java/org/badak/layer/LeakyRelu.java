package org.badak.layer;

import org.badak.kernel.Activation;

/// The leaky rectified linear unit y = x where x > 0, else slope·x (Maas, Hannun and Ng, ICML workshop 2013).
///
/// @param slope of the negative half, finite
public record LeakyRelu(double slope) implements Elementwise {
    /// @throws IllegalArgumentException unless the slope is finite
    public LeakyRelu {
        if (!Double.isFinite(slope)) {
            throw new IllegalArgumentException("leaky-relu: slope must be finite, found " + slope);
        }
    }

    /// With slope 0.01.
    public LeakyRelu() {
        this(0.01);
    }

    @Override
    public String name() {
        return "leaky-relu";
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().activate(Activation.LEAKY_RELU, slope, frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().activationGradient(Activation.LEAKY_RELU, slope, frame.x(), frame.dy(), frame.dx());
        }
    }
}
