package org.badak.layer;

import org.badak.kernel.Activation;

/// y = ln(1 + eˣ), a smooth form of the rectified linear unit, with dy/dx = σ(x). Never overflows.
public record Softplus() implements Elementwise {
    @Override
    public String name() {
        return "softplus";
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().activate(Activation.SOFTPLUS, 0, frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().activationGradient(Activation.SOFTPLUS, 0, frame.x(), frame.dy(), frame.dx());
        }
    }
}
