package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Slot;
import org.badak.model.Workspace;
import org.jspecify.annotations.Nullable;

/// The gradient by central differences, (f(w + h) − f(w − h)) / 2h, literally, for every parameter w, in float64.
///
/// Three evaluations. The first two give the same differences but for rounding:
///
/// - [Evaluation#NAIVE]: two whole forward passes per parameter, as the chapter's `numerical_gradient`.
/// - [Evaluation#STRUCTURED]: only what a perturbation moves. Moving `W[i][j]` moves column j of the layer's output,
///   by `±h·x[n][i]`, and only in rows n with `x[n][i] ≠ 0`; inputs of a row that are equal move it equally and are
///   evaluated once. An activation keeps it one column; the next dense layer adds an outer product to its known
///   output; from there the rest of the network is evaluated, for that row, for many perturbations side by side.
///   Rows that did not move cancel exactly and are left out. Layers with something else behind them (dropout,
///   normalisation, residual blocks, custom layers), and parameters of other than dense layers, are evaluated anew from
/// the perturbed layer on, for the whole batch.
///
/// - [Evaluation#SERIES]: not the differences themselves but their Taylor series up to the third power of
///   h, with a bound of what is left out, computed for every batch: see [SeriesReport]. Units for which it
///   is above a tolerance are evaluated as by [Evaluation#STRUCTURED]. For dense, sigmoid and tanh layers
///   with at most two dense ones, and softmax with cross-entropy. The bound is of the truncation alone;
///   the rounding errors are those of back-propagation and so far below those of the differences, which
///   are some 10⁻¹⁶·loss/h.
///
/// The result is the same to the bit for any number of threads and any kernel set. Once every batch size has been
/// seen a structured computation allocates nothing.
public final class NumericalGradient implements Gradient {
    /// How f(w + h) and f(w − h) are evaluated.
    public enum Evaluation {
        /// Two whole forward passes per parameter.
        NAIVE,
        /// Only what the perturbation moves.
        STRUCTURED,
        /// A truncated series in h, with a bound of its error.
        SERIES
    }

    /// Units with a larger bound are evaluated literally by [Evaluation#SERIES]: about the rounding error
    /// of central differences with h = 1e-4 of a loss near 1.
    public static final double SERIES_TOLERANCE = 1e-11;

    private final Network network;
    private final Parameters parameters;
    private final Parameters result;
    private final Kernels kernels;
    private final Evaluation evaluation;
    private final double h;
    private final Workspace workspace;
    private final StructuredEvaluation structured;
    private final @Nullable SeriesEvaluation series;
    private final double tolerance;
    private SeriesReport seriesReport;
    private Matrix oneHot;
    private Pass latest;

    /// The structured evaluation with the chapter's h = 1e-4.
    ///
    /// @param parameters read at each computation; restored to the bit after having been perturbed
    /// @param kernels of float64
    /// @throws IllegalArgumentException if the kernels or the parameters are of float32
    public NumericalGradient(Network network, Parameters parameters, Kernels kernels) {
        this(network, parameters, kernels, Evaluation.STRUCTURED, NumericalDifferentiation.STEP);
    }

    /// With the random numbers of seed 0, if any layer draws some, and [#SERIES_TOLERANCE].
    ///
    /// @param h positive and finite
    /// @throws IllegalArgumentException if h is not, the kernels or the parameters are of float32, or the
    ///     series does not cover the network
    public NumericalGradient(Network network, Parameters parameters, Kernels kernels, Evaluation evaluation, double h) {
        this(network, parameters, kernels, evaluation, h, 0);
    }

    /// With [#SERIES_TOLERANCE].
    ///
    /// @param h positive and finite
    /// @param seed of what layers such as dropout draw
    /// @throws IllegalArgumentException if h is not, the kernels or the parameters are of float32, or the
    ///     series does not cover the network
    public NumericalGradient(
            Network network, Parameters parameters, Kernels kernels, Evaluation evaluation, double h, long seed) {
        this(network, parameters, kernels, evaluation, h, seed, SERIES_TOLERANCE);
    }

    /// @param h positive and finite
    /// @param seed of what layers such as dropout draw
    /// @param tolerance units with a larger bound are evaluated literally by [Evaluation#SERIES]; 0 or
    ///     more; the other evaluations do not use it
    /// @throws IllegalArgumentException if they are not, the kernels or the parameters are of float32, or
    ///     the series does not cover the network; names the layer or the loss
    public NumericalGradient(
            Network network,
            Parameters parameters,
            Kernels kernels,
            Evaluation evaluation,
            double h,
            long seed,
            double tolerance) {
        if (kernels.precision() != Precision.FLOAT64 || parameters.precision() != Precision.FLOAT64) {
            throw new IllegalArgumentException("numerical gradient: expected kernels and parameters of FLOAT64, found "
                    + kernels.precision() + " and " + parameters.precision()
                    + "; with h = 1e-4 float32 has too few digits, see Parameters.to");
        }
        this.network = network;
        this.parameters = parameters;
        this.kernels = kernels;
        this.evaluation = evaluation;
        this.h = NumericalDifferentiation.requireStep(h);
        result = parameters.like();
        workspace = Workspace.forLosses(network, parameters, result, kernels, seed);
        oneHot = kernels.zeros(0, network.outputs());
        latest = workspace.pass(kernels.zeros(0, network.inputs()));
        structured = new StructuredEvaluation(network, parameters, result, kernels, h, latest);
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance of the series: expected 0 or more, found " + tolerance);
        }
        this.tolerance = tolerance;
        series = evaluation == Evaluation.SERIES
                ? new SeriesEvaluation(network, parameters, result, kernels, h, latest)
                : null;
        seriesReport = new SeriesReport(0, tolerance, 0, 0);
    }

    @Override
    public String name() {
        return switch (evaluation) {
            case NAIVE -> "numerical-naive";
            case STRUCTURED -> "numerical";
            case SERIES -> "numerical-series";
        };
    }

    @Override
    public double compute(Batch batch) {
        latest = workspace.pass(batch.x());
        latest.forward();
        double loss = latest.loss(batch);
        if (series != null && batch.weights().length > 0) {
            throw new IllegalArgumentException(
                    "gradient " + name() + ": expected rows that weigh the same, found weights;"
                            + " the series does not cover them, use numerical");
        }
        if (series != null) {
            series(series, matrix(batch.targets()));
            return loss;
        }
        if (evaluation == Evaluation.STRUCTURED) {
            structured.compute(latest, matrix(batch.targets()), factors(batch));
        }
        boolean moved = false;
        for (int i = 0; i < parameters.slots().size(); i++) {
            Slot slot = parameters.slots().get(i);
            if (!slot.trainable()) {
                continue;
            }
            if (evaluation == Evaluation.NAIVE) {
                differentiate(i, 0, batch);
                moved = true;
            } else if (!structured.serves(slot.layer())) {
                differentiate(i, slot.layer(), batch);
                latest.forwardFrom(slot.layer());
            }
        }
        if (moved) {
            latest.forward();
        }
        return loss;
    }

    private void series(SeriesEvaluation evaluated, Matrix targets) {
        evaluated.compute(latest, targets);
        structured.chooseNone();
        double bound = 0;
        int units = 0;
        int literal = 0;
        for (int position = 0; position < network.layers().size(); position++) {
            if (network.layers().get(position) instanceof Dense) {
                double[] bounds = evaluated.unitBounds(position);
                for (int unit = 0; unit < bounds.length; unit++) {
                    if (bounds[unit] <= tolerance) {
                        bound = Math.max(bound, bounds[unit]);
                    } else { // NaN too
                        structured.choose(position, unit);
                        literal++;
                    }
                }
                units += bounds.length;
            }
        }
        if (literal > 0) {
            structured.computeChosen(latest, targets);
        }
        seriesReport = new SeriesReport(bound, tolerance, units, literal);
    }

    /// Whether this evaluates by [Evaluation#SERIES].
    public boolean bySeries() {
        return series != null;
    }

    /// How exact the latest gradient is, if it is by [Evaluation#SERIES].
    ///
    /// @throws IllegalStateException if it is not
    public SeriesReport series() {
        if (series == null) {
            throw new IllegalStateException("gradient " + name() + ": not by series, it has no bound to report");
        }
        return seriesReport;
    }

    /// One central difference, by two forward passes.
    ///
    /// @param tensor position of the parameter tensor
    /// @param row row of the parameter in it, likewise the column
    /// @param step h
    /// @return (f(w + step) − f(w − step)) / (2·step), the parameters as before
    public double difference(Batch batch, int tensor, int row, int column, double step) {
        latest = workspace.pass(batch.x());
        double difference = difference(parameters.tensor(tensor), row, column, step, 0, batch);
        latest.forward();
        return difference;
    }

    @Override
    public void at(long step) {
        workspace.at(step);
    }

    @Override
    public Parameters result() {
        return result;
    }

    @Override
    public String firstNonFinite() {
        return latest.firstNonFinite();
    }

    /// Perturbs every number of a tensor and evaluates the layers from a position on; the pass is left perturbed.
    private void differentiate(int tensor, int from, Batch batch) {
        Matrix w = parameters.tensor(tensor);
        Matrix gradient = result.tensor(tensor);
        for (int row = 0; row < w.rows(); row++) {
            for (int column = 0; column < w.columns(); column++) {
                gradient.set(row, column, difference(w, row, column, h, from, batch));
            }
        }
    }

    private double difference(Matrix w, int row, int column, double step, int from, Batch batch) {
        double before = w.get(row, column);
        try {
            w.set(row, column, before + step);
            latest.forwardFrom(from);
            double plus = latest.loss(batch);
            w.set(row, column, before - step);
            latest.forwardFrom(from);
            double minus = latest.loss(batch);
            return (plus - minus) / (2 * step);
        } finally {
            w.set(row, column, before);
        }
    }

    /// What the loss of each row is multiplied by; empty where all rows weigh the same.
    private double[] factors(Batch batch) {
        double[] weights = batch.weights();
        if (weights.length == 0) {
            return weights;
        }
        double factor = network.loss().weighing(batch.targets(), weights);
        double[] factors = new double[batch.rows()];
        for (int row = 0; row < factors.length; row++) {
            factors[row] = weights[row] * factor;
        }
        return factors;
    }

    private Matrix matrix(Targets targets) {
        return switch (targets) {
            case Targets.Values values -> values.matrix();
            case Targets.Labels labels -> {
                if (oneHot.rows() != labels.rows()) {
                    oneHot = kernels.zeros(labels.rows(), network.outputs());
                }
                kernels.clear(oneHot);
                for (int row = 0; row < labels.rows(); row++) {
                    oneHot.set(row, labels.values()[row], 1);
                }
                yield oneHot;
            }
        };
    }
}
