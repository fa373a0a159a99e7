package org.badak.cli;

import java.util.Comparator;
import java.util.Locale;

/// How the trials of a search are compared.
///
/// @param headline name of the headline score: `accuracy` or `r2`
/// @param loss name of the loss: `loss` or `root_mean_square_error`
/// @param byLoss whether the loss decides, else the headline
/// @param unit what a budget is counted in: `iterations` or `epochs`
record TrialScoring(String headline, String loss, boolean byLoss, String unit) {
    /// The better trial first: one with a score before one without, then by the objective, then by the other score,
    /// then by number.
    Comparator<TrialResult> bestFirst() {
        Comparator<TrialResult> high =
                Comparator.comparingDouble(TrialResult::headline).reversed();
        Comparator<TrialResult> low = Comparator.comparingDouble(TrialResult::loss);
        return Comparator.comparing(TrialResult::failed)
                .thenComparing(byLoss ? low : high)
                .thenComparing(byLoss ? high : low)
                .thenComparingInt(TrialResult::trial);
    }

    /// The number that decides.
    double objective(TrialResult result) {
        return byLoss ? result.loss() : result.headline();
    }

    /// Its name, for people: `validation accuracy`.
    String name() {
        String name = byLoss ? loss : headline;
        return Texts.of("validation ", "검증 ")
                + switch (name) {
                    case "accuracy" -> Texts.of("accuracy", "정확도");
                    case "r2" -> "R2";
                    case "loss" -> Texts.of("loss", "손실");
                    default -> Texts.of("RMSE", "RMSE");
                };
    }

    /// A headline for people: `93.10 %` or `0.8731`.
    String text(double score) {
        return headline.equals("accuracy") ? Texts.percent(score) : String.format(Locale.ROOT, "%.4f", score);
    }
}
