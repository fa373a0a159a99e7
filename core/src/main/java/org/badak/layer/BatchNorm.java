package org.badak.layer;

import java.util.List;
import java.util.Optional;
import org.badak.kernel.Normalisation;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// Batch normalisation (Ioffe and Szegedy, ICML 2015): y = gamma·x̂ + beta with x̂ = (x − mean)/√(variance + epsilon),
/// per channel: for vectors per column, for images per plane, over all its pixels.
///
/// When learning, mean and variance (divided by the count n) are those of the batch, and the running ones move by
/// `momentum` towards them, the variance with the divisor n − 1, as in PyTorch; Keras calls 1 − momentum so. In
/// inference the running ones serve. With n = 1 every x̂ is 0 and nothing can be learned in front of this layer.
///
/// dbeta = Σ dy, dgamma = Σ dy·x̂, dx = gamma/√(variance + epsilon)·(dy − (dbeta + x̂·dgamma)/n).
///
/// @param momentum share of the batch in the running statistics, 0 to 1; PyTorch's default is 0.1
/// @param epsilon positive; PyTorch's default is 1e-5
public record BatchNorm(double momentum, double epsilon) implements Layer {
    private static final int GAMMA = 0;
    private static final int BETA = 1;
    private static final int MEAN = 2;
    private static final int VARIANCE = 3;

    /// @throws IllegalArgumentException if a setting is out of range
    public BatchNorm {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("batchnorm: momentum must be from 0 to 1, found " + momentum);
        }
        LayerNorm.requireEpsilon("batchnorm", epsilon);
    }

    /// With momentum 0.1 and epsilon 1e-5.
    public BatchNorm() {
        this(0.1, 1e-5);
    }

    @Override
    public String name() {
        return "batchnorm";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return inputs;
    }

    /// gamma, beta, and the running mean and variance, which are not trainable.
    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        int channels = inputs.channels();
        return List.of(
                new ParameterShape("gamma", 1, channels, Optional.of(new Initialisation.Constant(1))),
                new ParameterShape("beta", 1, channels, Optional.empty()),
                new ParameterShape("mean", 1, channels, Optional.empty(), false),
                new ParameterShape("variance", 1, channels, Optional.of(new Initialisation.Constant(1)), false));
    }

    /// Mean, variance and 1/√(variance + epsilon).
    @Override
    public List<BufferShape> buffers(Shape inputs) {
        BufferShape each = BufferShape.fixed(1, inputs.channels());
        return List.of(each, each, each);
    }

    @Override
    public void forward(Frame frame) {
        Normalisation normalisation = frame.kernels().normalisation();
        int area = frame.shape().area();
        Matrix mean = mean(frame);
        Matrix variance = frame.learning() ? frame.buffer(1) : frame.parameter(VARIANCE);
        if (frame.learning()) {
            normalisation.statistics(frame.x(), area, mean, variance);
            long count = (long) frame.x().rows() * area;
            move(frame.parameter(MEAN), mean, 1, frame.gradient(MEAN));
            move(
                    frame.parameter(VARIANCE),
                    variance,
                    (double) count / Math.max(1, count - 1),
                    frame.gradient(VARIANCE));
        }
        Matrix inverse = frame.buffer(2);
        for (int channel = 0; channel < inverse.columns(); channel++) {
            inverse.set(0, channel, 1 / Math.sqrt(variance.get(0, channel) + epsilon));
        }
        normalisation.channels(
                frame.x(), area, mean, inverse, frame.parameter(GAMMA), frame.parameter(BETA), frame.y());
    }

    @Override
    public void backward(Frame frame) {
        Normalisation normalisation = frame.kernels().normalisation();
        int area = frame.shape().area();
        Matrix mean = mean(frame);
        Matrix inverse = frame.buffer(2);
        Matrix dgamma = frame.gradient(GAMMA);
        Matrix dbeta = frame.gradient(BETA);
        normalisation.channelSums(frame.x(), frame.dy(), area, mean, inverse, dgamma, dbeta);
        if (frame.needsInputGradient()) {
            double share = frame.learning() ? 1.0 / ((long) frame.x().rows() * area) : 0;
            normalisation.channelGradient(
                    frame.x(),
                    frame.dy(),
                    area,
                    mean,
                    inverse,
                    frame.parameter(GAMMA),
                    dgamma,
                    dbeta,
                    share,
                    frame.dx());
        }
    }

    private static Matrix mean(Frame frame) {
        return frame.learning() ? frame.buffer(0) : frame.parameter(MEAN);
    }

    private void move(Matrix running, Matrix seen, double factor, Matrix next) {
        for (int channel = 0; channel < running.columns(); channel++) {
            double before = running.get(0, channel);
            next.set(0, channel, before + momentum * (factor * seen.get(0, channel) - before));
        }
    }
}
