package org.badak.layer;

import java.util.List;
import java.util.Optional;
import org.badak.kernel.Normalisation;
import org.badak.matrix.Shape;

/// Layer normalisation (Ba, Kiros and Hinton, 2016): y = gamma·x̂ + beta with x̂ = (x − mean)/√(variance + epsilon),
/// mean
/// and variance over the columns of each row; the same in learning and inference. With g = dy·gamma,
/// dx = (g − mean of g − x̂·mean of g·x̂)/√(variance + epsilon).
///
/// @param epsilon positive; PyTorch's default is 1e-5
public record LayerNorm(double epsilon) implements Layer {
    /// @throws IllegalArgumentException unless epsilon is positive and finite
    public LayerNorm {
        requireEpsilon("layernorm", epsilon);
    }

    /// With epsilon 1e-5.
    public LayerNorm() {
        this(1e-5);
    }

    static void requireEpsilon(String layer, double epsilon) {
        if (!(epsilon > 0 && Double.isFinite(epsilon))) {
            throw new IllegalArgumentException(layer + ": epsilon must be positive and finite, found " + epsilon);
        }
    }

    @Override
    public String name() {
        return "layernorm";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return inputs;
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of(
                new ParameterShape("gamma", 1, inputs.size(), Optional.of(new Initialisation.Constant(1))),
                new ParameterShape("beta", 1, inputs.size(), Optional.empty()));
    }

    /// Mean and 1/√(variance + epsilon) of each row.
    @Override
    public List<BufferShape> buffers(Shape inputs) {
        return List.of(BufferShape.perExample(1, 2));
    }

    @Override
    public void forward(Frame frame) {
        frame.kernels()
                .normalisation()
                .rows(frame.x(), epsilon, frame.parameter(0), frame.parameter(1), frame.buffer(0), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        Normalisation normalisation = frame.kernels().normalisation();
        normalisation.rowSums(frame.x(), frame.dy(), frame.buffer(0), frame.gradient(0), frame.gradient(1));
        if (frame.needsInputGradient()) {
            normalisation.rowGradient(frame.x(), frame.dy(), frame.buffer(0), frame.parameter(0), frame.dx());
        }
    }
}
