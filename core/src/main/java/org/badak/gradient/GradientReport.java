package org.badak.gradient;

import java.util.List;
import java.util.Locale;

/// What a [GradientCheck] found.
///
/// @param analytic name of the gradient that was checked
/// @param numerical name of the gradient it was compared with
/// @param analyticLoss the batch's loss that the first returned
/// @param numericalLoss the batch's loss that the second returned
/// @param tensors a report per parameter tensor, in the network's order
/// @param notes what else is to be said, a sentence each
public record GradientReport(
        String analytic,
        String numerical,
        double analyticLoss,
        double numericalLoss,
        List<TensorReport> tensors,
        List<String> notes) {
    private static final double LOSS_TOLERANCE = 1e-5;

    /// Copies the lists.
    public GradientReport {
        tensors = List.copyOf(tensors);
        notes = List.copyOf(notes);
    }

    /// Whether every tensor passes and both computed the same loss.
    public boolean passed() {
        return lossesAgree()
                && tensors.stream().allMatch(tensor -> tensor.verdict().passes());
    }

    /// Whether the two losses are equal within 1e-5 of the second: if not, the two compute different things.
    public boolean lossesAgree() {
        return Math.abs(analyticLoss - numericalLoss) <= LOSS_TOLERANCE * Math.abs(numericalLoss);
    }

    /// How many elements were skipped at kinks.
    public long kinks() {
        return tensors.stream().mapToLong(TensorReport::kinks).sum();
    }

    /// How many elements there are.
    public long count() {
        return tensors.stream().mapToLong(TensorReport::count).sum();
    }

    /// The largest relative error of all tensors.
    public double maxRelativeError() {
        return tensors.stream()
                .mapToDouble(TensorReport::maxRelativeError)
                .max()
                .orElse(0);
    }

    /// The report of a tensor.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public TensorReport tensor(String name) {
        for (TensorReport tensor : tensors) {
            if (tensor.name().equals(name)) {
                return tensor;
            }
        }
        throw new IllegalArgumentException("gradient report: expected one of "
                + tensors.stream().map(TensorReport::name).toList() + ", found " + name);
    }

    /// The report as a table of lines, each ended by a line feed.
    public String table() {
        StringBuilder text = new StringBuilder();
        text.append(analytic).append(" against ").append(numerical);
        text.append(passed() ? ": passed" : ": NOT passed");
        text.append(", ")
                .append(count())
                .append(" parameters, ")
                .append(kinks())
                .append(" skipped at kinks\n");
        text.append(String.format(
                Locale.ROOT,
                "%-8s %-14s %12s %-12s %16s %16s  %s%n",
                "tensor",
                "shape",
                "rel. error",
                "at",
                analytic.length() > 16 ? "analytic" : analytic,
                numerical.length() > 16 ? "numerical" : numerical,
                "verdict"));
        for (TensorReport tensor : tensors) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-8s %-14s %12.2e %-12s %16.8e %16.8e  %s%n",
                    tensor.name(),
                    tensor.shape(),
                    tensor.maxRelativeError(),
                    "[" + tensor.worstRow() + ", " + tensor.worstColumn() + "]",
                    tensor.analytic(),
                    tensor.numerical(),
                    tensor.verdict()));
        }
        for (TensorReport tensor : tensors) {
            if (!tensor.explanation().isEmpty()) {
                text.append(tensor.name())
                        .append(": ")
                        .append(tensor.explanation())
                        .append('\n');
            }
        }
        for (String note : notes) {
            text.append(note).append('\n');
        }
        return text.toString().replace("\r\n", "\n");
    }
}
