package org.badak.layer;

import org.badak.kernel.Activation;

/// The Gaussian error linear unit y = x·Φ(x) = x/2·(1 + erf(x/√2)) (Hendrycks and Gimpel, 2016), with
/// dy/dx = Φ(x) + x·e^(−x²/2)/√(2π).
public record Gelu() implements Elementwise {
    @Override
    public String name() {
        return "gelu";
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().activate(Activation.GELU, 0, frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().activationGradient(Activation.GELU, 0, frame.x(), frame.dy(), frame.dx());
        }
    }
}
