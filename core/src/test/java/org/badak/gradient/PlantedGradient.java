package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.matrix.Matrix;
import org.badak.model.Parameters;

/// A gradient that spoils the result of a right one.
final class PlantedGradient implements Gradient {
    enum Fault {
        NONE,
        STALE,
        ADDED_TO,
        TRUNCATED_TO_FLOAT32,
        TIMES_LEARNING_RATE,
        CLIPPED,
        LOSS_IS_A_SUM,
        RANDOM
    }

    private final Gradient right;
    private final Fault fault;
    private final Parameters result;
    private final Parameters before;
    private int calls;

    PlantedGradient(Gradient right, Fault fault) {
        this.right = right;
        this.fault = fault;
        result = right.result().like();
        before = right.result().like();
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public double compute(Batch batch) {
        calls++;
        before.copyFrom(right.result());
        double loss = right.compute(batch);
        for (int tensor = 0; tensor < result.slots().size(); tensor++) {
            Matrix to = result.tensor(tensor);
            for (int row = 0; row < to.rows(); row++) {
                for (int column = 0; column < to.columns(); column++) {
                    double value = right.result().tensor(tensor).get(row, column);
                    double old = before.tensor(tensor).get(row, column);
                    to.set(row, column, spoilt(value, old, to.get(row, column)));
                }
            }
        }
        return fault == Fault.LOSS_IS_A_SUM ? loss * batch.rows() : loss;
    }

    private double spoilt(double value, double old, double standing) {
        return switch (fault) {
            case NONE, LOSS_IS_A_SUM -> value;
            case STALE -> old;
            case ADDED_TO -> standing + value;
            case TRUNCATED_TO_FLOAT32 -> (float) value;
            case TIMES_LEARNING_RATE -> 0.1 * value;
            case CLIPPED -> Math.clamp(value, -0.01, 0.01);
            case RANDOM -> value * (1 + 0.1 * calls);
        };
    }

    @Override
    public Parameters result() {
        return result;
    }

    @Override
    public String firstNonFinite() {
        return right.firstNonFinite();
    }
}
