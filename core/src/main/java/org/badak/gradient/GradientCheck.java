package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.badak.data.Batch;
import org.badak.gradient.Comparison.Place;
import org.badak.kernel.Kernels;
import org.badak.layer.BatchNorm;
import org.badak.layer.Dense;
import org.badak.layer.Layer;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;

/// Compares a gradient with central differences, for every parameter, and names the cause where they differ.
///
/// An element a agrees with the central difference n if |a − n| ≤ 1e-5·s + 1e-3·|n| + floor: s is the largest |n|
/// of its tensor, the floor is the rounding error of a central difference, 64·2⁻⁵²·|loss|/h, with h = 1e-4. Where
/// elements disagree the causes are tried in this order: a kink of a ReLU within h (found by the signs of its
/// inputs at w ± h, and skipped, if at most 1 % of all parameters), the δ of the chapter's cross-entropy (the
/// gradient without δ agrees), the step (another h agrees), float32, and then the backward pass itself, by the
/// pattern of its errors.
public final class GradientCheck {
    private static final double H = NumericalDifferentiation.STEP;
    private static final double[] SMALLER = {1e-5, 1e-6};
    private static final double[] LARGER = {1e-2, 3e-3};
    private static final double MAY_BE_SKIPPED = 0.01;
    private static final double MUST_FALL = 0.1;
    private static final double MUST_FALL_ROUNDED = 0.5; // errors of rounding are at random
    private static final int TRIED = 8;
    private static final int MOST_TRIED = 200;
    private static final int MOST_KINKS = 200;
    private static final String CANCELS = "zero, as it must be: the next layer subtracts every mean";
    private static final double FLOAT32_ERROR = 1e-4;

    private final Network network;
    private final Parameters parameters;
    private final Kernels kernels;
    private final NumericalGradient numerical;
    private final Kinks kinks;

    /// @param parameters where the gradients are taken; as before afterwards
    /// @param kernels of float64
    /// @throws IllegalArgumentException if the kernels or the parameters are of float32
    public GradientCheck(Network network, Parameters parameters, Kernels kernels) {
        this.network = network;
        this.parameters = parameters;
        this.kernels = kernels;
        numerical = new NumericalGradient(network, parameters, kernels);
        kinks = new Kinks(network, parameters, kernels);
    }

    /// Checks [Backprop] against the structured [NumericalGradient].
    public GradientReport check(Batch batch) {
        return check(new Backprop(network, parameters, kernels), batch);
    }

    /// Checks a gradient against the structured [NumericalGradient].
    ///
    /// @param analytic of the same network at the same parameters, in float64 or float32
    /// @param batch in any precision
    public GradientReport check(Gradient analytic, Batch batch) {
        return compare(analytic, numerical, batch);
    }

    /// Compares two gradients.
    ///
    /// @param analytic the one that is checked, computed twice
    /// @param reference the one that is trusted, with h = 1e-4 if it is numerical
    public GradientReport compare(Gradient analytic, Gradient reference, Batch batch) {
        Batch own = to(analytic.result().precision(), batch);
        Batch wide = to(Precision.FLOAT64, batch);
        double analyticLoss = analytic.compute(own);
        Parameters first = analytic.result().to(Precision.FLOAT64);
        analytic.compute(own);
        Parameters second = analytic.result().to(Precision.FLOAT64);
        double loss = reference.compute(to(reference.result().precision(), batch));
        Parameters wanted = reference.result().to(Precision.FLOAT64);
        boolean float32 = analytic.result().precision() == Precision.FLOAT32;

        List<TensorReport> tensors = new ArrayList<>();
        for (int tensor : trainable()) {
            Comparison c = Comparison.of(first.tensor(tensor), wanted.tensor(tensor), loss, H);
            Comparison again = Comparison.of(second.tensor(tensor), wanted.tensor(tensor), loss, H);
            tensors.add(report(wide, tensor, c, again, float32));
        }
        return finish(analytic, reference, analyticLoss, loss, limitKinks(tensors));
    }

    /// Checks a large network in random directions: for each tensor and each direction v of length 1, Σ aᵢvᵢ
    /// against (f(w + h·v) − f(w − h·v)) / 2h. Two forward passes per direction, in place of two per parameter.
    ///
    /// A direction agrees if the two differ by at most 1e-3·(|n| + |a|/√count) + floor; one that does not is tried
    /// with smaller h.
    ///
    /// @param seed the directions' normal numbers are drawn from it
    /// @param directions how many per tensor, at least 1
    public GradientReport checkDirections(Gradient analytic, Batch batch, long seed, int directions) {
        if (directions < 1) {
            throw new IllegalArgumentException("directions: expected at least 1, found " + directions);
        }
        Batch wide = to(Precision.FLOAT64, batch);
        double analyticLoss = analytic.compute(to(analytic.result().precision(), batch));
        Directions along = new Directions(network, parameters, kernels, wide);
        List<TensorReport> tensors = new ArrayList<>();
        for (int tensor : trainable()) {
            Matrix gradient = analytic.result().to(Precision.FLOAT64).tensor(tensor);
            String name = parameters.slots().get(tensor).name();
            TensorReport report = along.report(name, tensor, gradient, directions, seed);
            boolean cancels = report.verdict() == Verdict.VACUOUS && cancels(tensor) && batch.rows() > 1;
            tensors.add(cancels ? report.as(Verdict.AGREES, CANCELS) : report);
        }
        return finish(analytic, numerical, analyticLoss, along.loss(), tensors);
    }

    private TensorReport report(Batch batch, int tensor, Comparison c, Comparison again, boolean float32) {
        if (!c.finite()) {
            return report(tensor, c, List.of(), List.of(), Verdict.NOT_FINITE, "a value is infinite or not a number");
        }
        List<Place> wrong = c.wrong();
        String changed = changed(c, again, wrong);
        if (!changed.isEmpty()) {
            return report(tensor, c, wrong, List.of(), Verdict.NOT_REPEATABLE, changed);
        }
        if (c.vacuous() && cancels(tensor) && batch.rows() > 1) {
            return report(tensor, c, wrong, List.of(), Verdict.AGREES, CANCELS);
        }
        if (c.vacuous()) {
            return report(
                    tensor,
                    c,
                    wrong,
                    List.of(),
                    Verdict.VACUOUS,
                    "both gradients are zero throughout, nothing was checked; " + remedy(batch));
        }
        List<Place> skipped = new ArrayList<>();
        String kink = skipKinks(batch, tensor, wrong, skipped);
        if (wrong.isEmpty()) {
            if (float32 || skipped.isEmpty() && c.looksRoundedToFloat32()) {
                return report(tensor, c, wrong, skipped, Verdict.FLOAT32, float32Words(float32));
            }
            return report(tensor, c, wrong, skipped, Verdict.AGREES, kink);
        }
        if (withoutDelta(batch, tensor, c, wrong)) {
            return report(tensor, c, wrong, skipped, Verdict.DELTA_BIAS, deltaWords(c, wrong));
        }
        Optional<TensorReport> step = otherStep(batch, tensor, c, wrong, skipped);
        if (step.isPresent()) {
            return step.get();
        }
        double most = FLOAT32_ERROR * c.scale;
        if (float32 && wrong.stream().allMatch(place -> c.error(place) <= most)) {
            return report(tensor, c, wrong, skipped, Verdict.FLOAT32, float32Words(true));
        }
        Pattern pattern = Pattern.of(c, wrong, batch.rows());
        return report(tensor, c, wrong, skipped, pattern.verdict(), pattern.explanation());
    }

    /// Whether a tensor is the bias of a dense layer that batch normalisation follows, which takes it away again.
    private boolean cancels(int tensor) {
        int position = parameters.slots().get(tensor).layer();
        List<Layer> layers = network.layers();
        return layers.get(position) instanceof Dense
                && parameters.tensor(tensor).rows() == 1
                && parameters.slots().get(tensor).shape().symbol().equals("b")
                && position + 1 < layers.size()
                && layers.get(position + 1) instanceof BatchNorm;
    }

    private String remedy(Batch batch) {
        boolean normalised = network.layers().stream().anyMatch(BatchNorm.class::isInstance);
        return batch.rows() == 1 && normalised
                ? "a batch of one under batch normalisation is its own mean, take more rows"
                : "other inputs or parameters may help";
    }

    private TensorReport report(
            int tensor, Comparison c, List<Place> wrong, List<Place> skipped, Verdict verdict, String explanation) {
        Place worst = c.worst(skipped);
        return new TensorReport(
                parameters.slots().get(tensor).name(),
                c.rows,
                c.columns,
                skipped.contains(worst) ? 0 : c.relativeError(worst),
                worst.row(),
                worst.column(),
                c.a[worst.row()][worst.column()],
                c.n[worst.row()][worst.column()],
                wrong.size(),
                skipped.size(),
                verdict,
                explanation);
    }

    /// Says how the second computation differs from the first; empty if by no bit.
    private static String changed(Comparison c, Comparison again, List<Place> wrong) {
        boolean same = true;
        boolean added = true;
        for (int row = 0; row < c.rows; row++) {
            for (int column = 0; column < c.columns; column++) {
                double increase = again.a[row][column] - c.a[row][column];
                same &= increase == 0;
                added &= c.close(increase, c.n[row][column]);
            }
        }
        if (same) {
            return "";
        }
        if (!wrong.isEmpty() && again.wrong().isEmpty()) {
            return "the first computation is wrong and the second of the same batch is right: it is stale, that of the"
                    + " batch before";
        }
        if (added) {
            return "a second computation of the same batch is larger by the gradient: it is added to what was there, and"
                    + " must overwrite it";
        }
        return "two computations of the same batch differ: something random, or left over from the first, is in it";
    }

    /// Moves the elements at kinks from `wrong` to `skipped`.
    ///
    /// @return the first kink in words, empty if there is none
    private String skipKinks(Batch batch, int tensor, List<Place> wrong, List<Place> skipped) {
        if (!kinks.possible() || wrong.size() > MOST_KINKS && wrong.size() > MAY_BE_SKIPPED * parameters.count()) {
            return "";
        }
        String first = "";
        for (Place place : List.copyOf(wrong)) {
            String kink = kinks.between(batch, tensor, place.row(), place.column(), H);
            if (!kink.isEmpty()) {
                wrong.remove(place);
                skipped.add(place);
                first = first.isEmpty() ? kink : first;
            }
        }
        return first.isEmpty() ? "" : skipped.size() + " skipped at kinks; " + first;
    }

    private List<TensorReport> limitKinks(List<TensorReport> tensors) {
        long skipped = tensors.stream().mapToLong(TensorReport::kinks).sum();
        if (skipped <= MAY_BE_SKIPPED * parameters.count()) {
            return tensors;
        }
        List<TensorReport> limited = new ArrayList<>();
        for (TensorReport tensor : tensors) {
            boolean kink = tensor.kinks() > 0 && tensor.verdict() == Verdict.AGREES;
            limited.add(
                    kink
                            ? tensor.as(
                                    Verdict.KINK,
                                    tensor.explanation() + "; " + skipped + " of " + parameters.count()
                                            + " parameters are more than may be skipped, check with another batch")
                            : tensor);
        }
        return limited;
    }

    private boolean withoutDelta(Batch batch, int tensor, Comparison c, List<Place> wrong) {
        if (!(network.loss() instanceof DeltaCrossEntropy)) {
            return false;
        }
        Network exact = new Network(network.input(), network.layers(), new SoftmaxCrossEntropy());
        NumericalGradient gradient = new NumericalGradient(exact, parameters, kernels);
        double loss = gradient.compute(batch);
        Comparison without =
                new Comparison(c.a, gradient.result().tensor(tensor).toArray(), loss, H);
        return wrong.stream().allMatch(place -> without.agrees(place.row(), place.column()));
    }

    private static String deltaWords(Comparison c, List<Place> wrong) {
        Place worst = wrong.getFirst();
        return "y − t is the gradient of the cross-entropy without δ, and agrees with that; with δ the loss's own is"
                + " smaller by the part δ/(y + δ), which is no longer small where the network is sure of a wrong class"
                + " (at " + worst.row() + ", " + worst.column() + ": " + c.relativeError(worst)
                + "). Train with softmax-cross-entropy, which needs no δ";
    }

    /// Tries other steps on the worst elements: if a smaller one agrees, the central difference was at fault; if a
    /// larger one does, rounding far above that of float64 was.
    private Optional<TensorReport> otherStep(
            Batch batch, int tensor, Comparison c, List<Place> wrong, List<Place> skipped) {
        for (double h : SMALLER) {
            if (agreesWith(h, batch, tensor, c, wrong)) {
                String words = "agrees with h = " + h + ": truncation at h = " + H
                        + ", by strong curvature or a kink, not the backward pass";
                return Optional.of(report(tensor, c, wrong, skipped, Verdict.STEP, words));
            }
        }
        for (double h : LARGER) {
            if (agreesWith(h, batch, tensor, c, wrong)) {
                String words = "agrees with h = " + h + " only: at h = " + H
                        + " the loss is rounded more coarsely than float64 rounds; some layer computes in float32";
                return Optional.of(report(tensor, c, wrong, skipped, Verdict.FLOAT32, words));
            }
        }
        return Optional.empty();
    }

    private boolean agreesWith(double h, Batch batch, int tensor, Comparison c, List<Place> wrong) {
        int apart = Math.max(1, (wrong.size() - TRIED) / MOST_TRIED);
        for (int i = 0; i < wrong.size(); i += i < TRIED ? 1 : apart) { // the worst, then a sample of all
            Place place = wrong.get(i);
            double found = c.a[place.row()][place.column()];
            double other = numerical.difference(batch, tensor, place.row(), place.column(), h);
            double error = Math.abs(found - other);
            boolean near = error <= c.tolerance(other) + c.floor * H / h;
            if (!near || !(error <= (h < H ? MUST_FALL : MUST_FALL_ROUNDED) * c.error(place))) {
                return false;
            }
        }
        return true;
    }

    private static String float32Words(boolean openly) {
        return (openly ? "computed in float32" : "every element is a float32 number, and off by its rounding")
                + ": agrees as far as float32 goes, but a small fault would not show; check in float64";
    }

    private GradientReport finish(
            Gradient analytic, Gradient reference, double analyticLoss, double loss, List<TensorReport> tensors) {
        List<String> notes = new ArrayList<>();
        GradientReport report =
                new GradientReport(analytic.name(), reference.name(), analyticLoss, loss, tensors, notes);
        if (!report.lossesAgree()) {
            notes.add("The losses differ: " + analyticLoss + " and " + loss + "; the two compute different things.");
        }
        if (network.loss() instanceof DeltaCrossEntropy(double delta)) {
            notes.add("The loss has δ = " + delta + ", its gradient y − t has not: a bias of δ/(y + δ) is expected.");
        }
        suspect(tensors).ifPresent(notes::add);
        return new GradientReport(analytic.name(), reference.name(), analyticLoss, loss, tensors, notes);
    }

    /// Says between which layers the fault lies, from the last tensor that is wrong while all behind it are right.
    private Optional<String> suspect(List<TensorReport> tensors) {
        int last = tensors.size() - 1;
        while (last >= 0 && !tensors.get(last).verdict().accuses()) {
            last--;
        }
        if (last < 0) {
            return Optional.empty();
        }
        int position = layer(last);
        int behind = last + 1;
        while (behind < tensors.size() && layer(behind) == position) {
            behind++;
        }
        String name = "layer " + (position + 1) + " ("
                + network.layers().get(position).name() + ")";
        if (behind == tensors.size()) {
            return Optional.of("The fault is seen first in " + tensors.get(last).name()
                    + ": look at the backward pass of " + name + ", what lies behind it, and the loss.");
        }
        int next = layer(behind);
        return Optional.of("All behind " + tensors.get(last).name() + " is right: look at the backward pass of " + name
                + " and at what hands it dy, up to the dx of layer " + (next + 1) + " ("
                + network.layers().get(next).name() + ").");
    }

    /// Positions of the tensors that are checked.
    private List<Integer> trainable() {
        List<Integer> positions = new ArrayList<>();
        for (int tensor = 0; tensor < parameters.slots().size(); tensor++) {
            if (parameters.slots().get(tensor).trainable()) {
                positions.add(tensor);
            }
        }
        return positions;
    }

    /// Position of the layer that a report's tensor belongs to.
    private int layer(int reported) {
        return parameters.slots().get(trainable().get(reported)).layer();
    }

    private static Batch to(Precision precision, Batch batch) {
        return new Batch(
                to(precision, batch.x()),
                switch (batch.targets()) {
                    case Targets.Labels labels -> labels;
                    case Targets.Values values -> new Targets.Values(to(precision, values.matrix()));
                },
                batch.weights());
    }

    private static Matrix to(Precision precision, Matrix matrix) {
        if (matrix.precision() == precision) {
            return matrix;
        }
        Matrix copy = Matrix.zeros(precision, matrix.rows(), matrix.columns());
        copy.copyFrom(matrix);
        return copy;
    }
}
