package org.badak.chapter;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.Batch;
import org.badak.data.Examples;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalGradient;
import org.badak.gradient.NumericalGradient.Evaluation;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.Loss;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.ShapeException;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Slot;
import org.badak.model.Workspace;
import org.badak.train.Evaluator;

/// The chapter's `TwoLayerNet` under its method names: a₁ = x·W1 + b1, z₁ = sigmoid(a₁), a₂ = z₁·W2 + b2,
/// y = softmax(a₂), in float64.
///
/// Inputs x are `[N][inputSize]`; targets t are labels `[N]`, or rows `[N][outputSize]` that are one-hot. The loss is
/// the mean cross-entropy over the batch, fused with softmax: it needs no δ, and [#gradient] is exactly its gradient.
///
/// Mistakes of the study note on the chapter that are not repeated here:
///
/// - W2 is [hiddenSize, outputSize]; the note writes (input, hidden).
/// - The biases are separated by a comma; the note has a full stop between them.
/// - The second product is taken from z₁; the note takes it from x.
/// - Accuracy belongs inside the loop, at the start of every epoch; the note measures it once, behind the loop.
/// - An epoch is a whole number of iterations; the note tests `i % (N / batch)` on a fraction, which almost never fires
///   when the batch does not divide N. See [org.badak.data.Sampler#stepsPerEpoch].
///
/// For one thread at a time; holds no thread and needs no closing. Training at full speed, in float32 and on many
/// threads, is [org.badak.train.Trainer].
public final class TwoLayerNet {
    /// The chapter's `weight_init_std`.
    public static final double WEIGHT_INIT_STD = 0.01;

    private static final long SEED = 1;
    private static final int ROWS_AT_ONCE = 500;

    private final Network network;
    private final Parameters parameters;
    private final Kernels kernels;

    /// Weights from N(0, 0.01²), always the same ones, and zero biases.
    public TwoLayerNet(int inputSize, int hiddenSize, int outputSize) {
        this(inputSize, hiddenSize, outputSize, WEIGHT_INIT_STD);
    }

    /// Weights from N(0, weightInitStd²), always the same ones, and zero biases.
    public TwoLayerNet(int inputSize, int hiddenSize, int outputSize, double weightInitStd) {
        this(inputSize, hiddenSize, outputSize, weightInitStd, SEED);
    }

    /// Weights from N(0, weightInitStd²) and zero biases.
    ///
    /// @param inputSize numbers per input, 784 for MNIST
    /// @param hiddenSize neurons of the hidden layer
    /// @param outputSize classes
    /// @param weightInitStd standard deviation, finite and not negative
    /// @param seed the same seed gives the same weights
    /// @throws IllegalArgumentException if a size is below 1 or the deviation is negative or not finite
    public TwoLayerNet(int inputSize, int hiddenSize, int outputSize, double weightInitStd, long seed) {
        Initialisation normal = new Initialisation.Normal(weightInitStd);
        network = Network.of(
                inputSize,
                new SoftmaxCrossEntropy(),
                new Dense(hiddenSize, normal),
                new Sigmoid(),
                new Dense(outputSize, normal));
        parameters = network.initialise(Precision.FLOAT64, seed);
        kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1); // a single thread: nothing to close
    }

    /// `W1` [inputSize, hiddenSize], `b1` [1, hiddenSize], `W2` [hiddenSize, outputSize], `b2` [1, outputSize], in this
    /// order: the network's own numbers, to be read and set. The map itself cannot be changed.
    public Map<String, Matrix> params() {
        return byName(parameters);
    }

    /// The same numbers as one block, for a [org.badak.train.Trainer] or a model file.
    public Parameters parameters() {
        return parameters;
    }

    /// The layers and the loss.
    public Network network() {
        return network;
    }

    /// y = softmax(a₂): the probabilities of the classes, a new matrix [N, outputSize].
    ///
    /// @param x [N, inputSize], float64; may be sparse
    /// @throws ShapeException if x has another number of columns
    public Matrix predict(Matrix x) {
        Matrix y = Workspace.forInference(network, parameters, kernels).pass(x).forward();
        network.loss().predict(kernels, y, y);
        return y;
    }

    /// As [#predict(Matrix)], from and to arrays of rows.
    public double[][] predict(double[][] x) {
        for (int row = 0; row < x.length; row++) {
            ShapeException.requireEqual("columns of x at row " + row, network.inputs(), x[row].length);
        }
        double[][] y = new double[x.length][];
        for (int first = 0; first < x.length; first += ROWS_AT_ONCE) { // so that a whole data set needs no copy of it
            double[][] rows = Arrays.copyOfRange(x, first, Math.min(first + ROWS_AT_ONCE, x.length));
            System.arraycopy(predict(matrix(rows)).toArray(), 0, y, first, rows.length);
        }
        return y;
    }

    /// The mean cross-entropy error of a batch.
    ///
    /// @param x [N, inputSize], N at least 1
    /// @param t N labels or one-hot rows
    /// @throws ShapeException if x and t do not fit the network or one another
    /// @throws IllegalArgumentException if x has no row, or a label is no class
    public double loss(Matrix x, Targets t) {
        Batch batch = batch(x, t);
        Pass pass = Workspace.forInference(network, parameters, kernels).pass(batch.x());
        pass.forward();
        return pass.loss(batch.targets());
    }

    /// As [#loss(Matrix, Targets)], with labels.
    public double loss(double[][] x, int[] t) {
        return loss(matrix(x), Targets.Labels.of(t));
    }

    /// As [#loss(Matrix, Targets)], with one-hot rows.
    public double loss(double[][] x, double[][] t) {
        return loss(matrix(x), new Targets.Values(matrix(t)));
    }

    /// The share of rows, 0 to 1, whose most probable class is the true one.
    ///
    /// @throws ShapeException if x and t do not fit the network or one another
    /// @throws IllegalArgumentException if x has no row, or a label is no class
    public double accuracy(double[][] x, int[] t) {
        requireSuitable(x.length, Targets.Labels.of(t));
        Matrix y = matrix(predict(x));
        return (double) kernels.countCorrect(y, t) / x.length;
    }

    /// As [#accuracy(double\[\]\[\], int\[\])], with one-hot rows: the true class is where the row is largest.
    public double accuracy(double[][] x, double[][] t) {
        Matrix targets = matrix(t);
        requireSuitable(x.length, new Targets.Values(targets));
        int[] labels = new int[t.length];
        for (int row = 0; row < t.length; row++) {
            labels[row] = Kernels.argMax(targets, row);
        }
        return accuracy(x, labels);
    }

    /// The accuracy over a whole data set, 0 to 1.
    public double accuracy(Examples examples) {
        return new Evaluator(network, parameters, kernels, examples).score().accuracy();
    }

    /// ∂loss/∂W1, ∂loss/∂b1, ∂loss/∂W2, ∂loss/∂b2 by back-propagation, under the names of [#params].
    ///
    /// @return new matrices, shaped as the parameters
    /// @throws ShapeException if x and t do not fit the network or one another
    /// @throws IllegalArgumentException if x has no row, or a label is no class
    public Map<String, Matrix> gradient(Matrix x, Targets t) {
        return compute(new Backprop(network, parameters, kernels), x, t);
    }

    /// As [#gradient(Matrix, Targets)], with labels.
    public Map<String, Matrix> gradient(double[][] x, int[] t) {
        return gradient(matrix(x), Targets.Labels.of(t));
    }

    /// As [#gradient(Matrix, Targets)], with one-hot rows.
    public Map<String, Matrix> gradient(double[][] x, double[][] t) {
        return gradient(matrix(x), new Targets.Values(matrix(t)));
    }

    /// The same derivatives as [#gradient] by central differences, (f(w + h) − f(w − h)) / 2h with h = 1e-4, literally,
    /// for every parameter w.
    ///
    /// @param evaluation [Evaluation#NAIVE] is the chapter's: two forward passes per parameter;
    ///     [Evaluation#STRUCTURED] evaluates only what a parameter moves, with the same result but for rounding
    /// @return new matrices, shaped as the parameters
    /// @throws ShapeException if x and t do not fit the network or one another
    /// @throws IllegalArgumentException if x has no row, or a label is no class
    public Map<String, Matrix> numericalGradient(Matrix x, Targets t, Evaluation evaluation) {
        return compute(
                new NumericalGradient(network, parameters, kernels, evaluation, NumericalDifferentiation.STEP), x, t);
    }

    /// As [#numericalGradient(Matrix, Targets, Evaluation)], structured, with labels.
    public Map<String, Matrix> numericalGradient(double[][] x, int[] t) {
        return numericalGradient(matrix(x), Targets.Labels.of(t), Evaluation.STRUCTURED);
    }

    /// As [#numericalGradient(Matrix, Targets, Evaluation)], structured, with one-hot rows.
    public Map<String, Matrix> numericalGradient(double[][] x, double[][] t) {
        return numericalGradient(matrix(x), new Targets.Values(matrix(t)), Evaluation.STRUCTURED);
    }

    /// The chapter's `params[key] -= learning_rate * grad[key]` for every parameter.
    ///
    /// @param gradients what [#gradient] or [#numericalGradient] gave
    /// @param learningRate η
    /// @throws IllegalArgumentException if a parameter has no gradient
    /// @throws ShapeException if a gradient has another shape than its parameter
    public void update(Map<String, Matrix> gradients, double learningRate) {
        params().forEach((name, parameter) -> {
            Matrix gradient = gradients.get(name);
            if (gradient == null) {
                throw new IllegalArgumentException(
                        "gradients: expected " + params().keySet() + ", found " + gradients.keySet());
            }
            ShapeException.requireEqual("rows of the gradient of " + name, parameter.rows(), gradient.rows());
            ShapeException.requireEqual("columns of the gradient of " + name, parameter.columns(), gradient.columns());
            kernels.addScaled(-learningRate, gradient, parameter);
        });
    }

    private Map<String, Matrix> compute(Gradient gradient, Matrix x, Targets t) {
        gradient.compute(batch(x, t));
        return byName(gradient.result());
    }

    private Batch batch(Matrix x, Targets t) {
        ShapeException.requireEqual("columns of x", network.inputs(), x.columns());
        requireSuitable(x.rows(), t);
        return new Batch(x, t);
    }

    private void requireSuitable(int rows, Targets t) {
        if (rows < 1) {
            throw new IllegalArgumentException("x: expected at least 1 row, found none");
        }
        Loss.requireSuitable(t, rows, network.outputs());
    }

    private static Matrix matrix(double[][] rows) {
        return Matrix.of(Precision.FLOAT64, rows);
    }

    private static Map<String, Matrix> byName(Parameters parameters) {
        Map<String, Matrix> named = new LinkedHashMap<>();
        for (Slot slot : parameters.slots()) {
            named.put(slot.name(), parameters.tensor(slot.name()));
        }
        return Collections.unmodifiableMap(named);
    }
}
