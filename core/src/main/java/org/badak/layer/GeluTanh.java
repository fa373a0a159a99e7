package org.badak.layer;

import org.badak.kernel.Activation;

/// The approximation of GELU by tanh, y = x/2·(1 + tanh(√(2/π)·(x + 0.044715x³))) (Hendrycks and Gimpel, 2016); see
/// [Gelu].
public record GeluTanh() implements Elementwise {
    @Override
    public String name() {
        return "gelu-tanh";
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().activate(Activation.GELU_TANH, 0, frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().activationGradient(Activation.GELU_TANH, 0, frame.x(), frame.dy(), frame.dx());
        }
    }
}
