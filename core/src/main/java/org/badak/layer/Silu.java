package org.badak.layer;

import org.badak.kernel.Activation;

/// The sigmoid linear unit y = x·σ(x), also called swish, with dy/dx = σ(x)·(1 + x·(1 − σ(x))) (Elfwing, Uchibe and
/// Doya, Neural Networks 107, 2018).
public record Silu() implements Elementwise {
    @Override
    public String name() {
        return "silu";
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().activate(Activation.SILU, 0, frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().activationGradient(Activation.SILU, 0, frame.x(), frame.dy(), frame.dx());
        }
    }
}
