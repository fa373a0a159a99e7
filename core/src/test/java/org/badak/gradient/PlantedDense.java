package org.badak.gradient;

import java.util.List;
import java.util.Optional;
import org.badak.layer.CustomLayer;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.ParameterShape;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;

/// A dense layer in plain loops with a fault of one's choice in its backward pass.
record PlantedDense(int units, Fault fault) implements CustomLayer {
    enum Fault {
        NONE,
        W_SIGN,
        B_SIGN,
        DX_SIGN,
        W_SUM_IN_PLACE_OF_MEAN,
        B_MEAN_TWICE,
        W_TWICE,
        W_TRANSPOSED,
        DX_BY_W_IN_PLACE_OF_ITS_TRANSPOSE,
        W_OFF_BY_ONE_ROW,
        W_LAST_ROW_SKIPPED,
        W_LAST_COLUMN_SKIPPED,
        W_ONE_ELEMENT,
        W_DEAD_COLUMN,
        W_NEVER_WRITTEN,
        B_NEVER_WRITTEN,
        B_OF_THE_LAST_EXAMPLE_ONLY,
        W_WITHOUT_THE_LAST_EXAMPLE,
        B_OFFSET,
        W_BY_PRE_ACTIVATIONS,
        W_ADDED_TO,
        B_ADDED_TO,
        W_NOT_A_NUMBER,
        B_OFF_BY_ONE_COLUMN,
        W_ROW_DOUBLED,
        DX_WITHOUT_THE_LAST_UNIT,
        FORWARD_IN_FLOAT32
    }

    @Override
    public String name() {
        return "planted-dense";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return Shape.flat(units);
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        Initialisation wide = new Initialisation.Normal(0.7);
        return List.of(
                new ParameterShape("W", inputs.size(), units, Optional.of(wide)),
                new ParameterShape("b", 1, units, Optional.empty()));
    }

    @Override
    public void forward(Frame frame) {
        Matrix x = frame.x();
        for (int row = 0; row < x.rows(); row++) {
            for (int unit = 0; unit < units; unit++) {
                double sum = frame.parameter(1).get(0, unit);
                for (int input = 0; input < x.columns(); input++) {
                    sum += x.get(row, input) * frame.parameter(0).get(input, unit);
                }
                frame.y().set(row, unit, fault == Fault.FORWARD_IN_FLOAT32 ? (float) sum : sum);
            }
        }
    }

    @Override
    public void backward(Frame frame) {
        for (int unit = 0; unit < units; unit++) {
            for (int input = 0; input < frame.x().columns(); input++) {
                weight(frame, input, unit);
            }
            bias(frame, unit);
        }
        if (frame.needsInputGradient()) {
            inputs(frame);
        }
    }

    private void weight(Frame frame, int input, int unit) {
        Matrix w = frame.gradient(0);
        int inputs = w.rows();
        int rows = frame.x().rows();
        double right = product(frame, input, unit, rows);
        double value = switch (fault) {
            case W_SIGN -> -right;
            case W_SUM_IN_PLACE_OF_MEAN -> right * rows;
            case W_TWICE -> 2 * right;
            case W_TRANSPOSED -> {
                int index = input * units + unit;
                yield product(frame, index % inputs, index / inputs, rows);
            }
            case W_OFF_BY_ONE_ROW -> product(frame, (input + 1) % inputs, unit, rows);
            case W_LAST_ROW_SKIPPED -> input == inputs - 1 ? 0 : right;
            case W_LAST_COLUMN_SKIPPED -> unit == units - 1 ? 0 : right;
            case W_ONE_ELEMENT -> input == 2 && unit == 1 ? 1.01 * right : right;
            case W_DEAD_COLUMN -> unit == 1 ? 0 : right;
            case W_NEVER_WRITTEN -> 0;
            case W_WITHOUT_THE_LAST_EXAMPLE -> product(frame, input, unit, rows - 1);
            case W_BY_PRE_ACTIVATIONS -> byPreActivations(frame, input, unit);
            case W_ADDED_TO -> w.get(input, unit) + right;
            case W_NOT_A_NUMBER -> input == 0 && unit == 0 ? Double.NaN : right;
            case W_ROW_DOUBLED -> input == 2 ? 2 * right : right;
            default -> right;
        };
        w.set(input, unit, value);
    }

    private void bias(Frame frame, int unit) {
        Matrix b = frame.gradient(1);
        int rows = frame.dy().rows();
        double right = sum(frame, unit);
        double value = switch (fault) {
            case B_SIGN -> -right;
            case B_MEAN_TWICE -> right / rows;
            case B_NEVER_WRITTEN -> 0;
            case B_OF_THE_LAST_EXAMPLE_ONLY -> frame.dy().get(rows - 1, unit);
            case B_OFFSET -> right + 0.1;
            case B_ADDED_TO -> b.get(0, unit) + right;
            case B_OFF_BY_ONE_COLUMN -> sum(frame, (unit + 1) % units);
            default -> right;
        };
        b.set(0, unit, value);
    }

    private void inputs(Frame frame) {
        Matrix w = frame.parameter(0);
        int counted = fault == Fault.DX_WITHOUT_THE_LAST_UNIT ? units - 1 : units;
        for (int row = 0; row < frame.dy().rows(); row++) {
            for (int input = 0; input < w.rows(); input++) {
                double sum = 0;
                for (int unit = 0; unit < counted; unit++) {
                    boolean exchanged = fault == Fault.DX_BY_W_IN_PLACE_OF_ITS_TRANSPOSE;
                    sum += frame.dy().get(row, unit) * (exchanged ? w.get(unit, input) : w.get(input, unit));
                }
                frame.dx().set(row, input, fault == Fault.DX_SIGN ? -sum : sum);
            }
        }
    }

    private static double product(Frame frame, int input, int unit, int rows) {
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += frame.x().get(row, input) * frame.dy().get(row, unit);
        }
        return sum;
    }

    /// As if x had been kept before the sigmoid in front of this layer.
    private static double byPreActivations(Frame frame, int input, int unit) {
        double sum = 0;
        for (int row = 0; row < frame.x().rows(); row++) {
            double y = frame.x().get(row, input);
            sum += Math.log(y / (1 - y)) * frame.dy().get(row, unit);
        }
        return sum;
    }

    private static double sum(Frame frame, int unit) {
        double sum = 0;
        for (int row = 0; row < frame.dy().rows(); row++) {
            sum += frame.dy().get(row, unit);
        }
        return sum;
    }
}
