package org.badak.report;

import org.badak.figure.report.Verdict;
import org.badak.train.FitVerdict;

/// The colour of a verdict in a report.
public final class FitTone {
    private FitTone() {}

    /// The tone in which a verdict is told.
    public static Verdict.Tone of(FitVerdict verdict) {
        return switch (verdict) {
            case DIVERGED, LEARNED_NOTHING, OVERFITTED -> Verdict.Tone.BAD;
            case GENERALISES -> Verdict.Tone.GOOD;
            case UNDERFITTED, SLIGHTLY_OVERFITTED -> Verdict.Tone.ATTENTION;
        };
    }
}
