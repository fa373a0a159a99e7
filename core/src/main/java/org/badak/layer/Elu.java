package org.badak.layer;

import org.badak.kernel.Activation;

/// The exponential linear unit y = x where x > 0, else α·(eˣ − 1) (Clevert, Unterthiner and Hochreiter, ICLR 2016).
///
/// @param alpha α, finite
public record Elu(double alpha) implements Elementwise {
    /// @throws IllegalArgumentException unless α is finite
    public Elu {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("elu: alpha must be finite, found " + alpha);
        }
    }

    /// With α = 1, where the slope has no jump at 0.
    public Elu() {
        this(1);
    }

    @Override
    public String name() {
        return "elu";
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().activate(Activation.ELU, alpha, frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().activationGradient(Activation.ELU, alpha, frame.x(), frame.dy(), frame.dx());
        }
    }
}
