package org.badak.layer;

import org.badak.kernel.Epilogue;

/// The logistic function y = 1/(1 + e⁻ˣ), with dx = dy·y(1 − y).
public record Sigmoid() implements Elementwise {
    @Override
    public String name() {
        return "sigmoid";
    }

    @Override
    public Epilogue epilogue() {
        return Epilogue.SIGMOID;
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().sigmoid(frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().sigmoidGradient(frame.y(), frame.dy(), frame.dx());
        }
    }
}
