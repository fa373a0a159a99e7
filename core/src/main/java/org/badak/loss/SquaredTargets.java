package org.badak.loss;

import org.badak.matrix.Matrix;

/// Targets of the squared errors as a matrix.
final class SquaredTargets {
    private SquaredTargets() {}

    static Matrix of(Targets targets, Matrix outputs) {
        return switch (targets) {
            case Targets.Values values -> values.matrix();
            case Targets.Labels labels ->
                labels.oneHot(outputs.precision(), outputs.columns()).matrix();
        };
    }
}
