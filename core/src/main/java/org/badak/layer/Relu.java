package org.badak.layer;

import org.badak.kernel.Epilogue;

/// The rectified linear unit y = max(x, 0), with dx = dy where x > 0, else 0; so the slope at the kink is 0.
public record Relu() implements Elementwise {
    @Override
    public String name() {
        return "relu";
    }

    @Override
    public Epilogue epilogue() {
        return Epilogue.RELU;
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels().relu(frame.x(), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        if (frame.needsInputGradient()) {
            frame.kernels().reluGradient(frame.y(), frame.dy(), frame.dx());
        }
    }
}
