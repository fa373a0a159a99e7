package org.badak.layer;

import org.badak.kernel.Epilogue;

/// The hyperbolic tangent y = tanh x, with dx = dy·(1 − y²).
public record Tanh() implements Elementwise {
    @Override
    public String name() {
        return "tanh";
    }

    @Override
    public Epilogue epilogue() {
        return Epilogue.TANH;
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().tanh(frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().tanhGradient(frame.y(), frame.dy(), frame.dx());
        }
    }
}
