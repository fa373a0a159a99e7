package org.badak.gradient;

import java.util.List;
import org.badak.layer.CustomLayer;
import org.badak.layer.Frame;
import org.badak.layer.ParameterShape;
import org.badak.matrix.Shape;

/// An activation in plain loops with a fault of one's choice in its backward pass.
record PlantedActivation(Fault fault) implements CustomLayer {
    enum Fault {
        SIGMOID_RIGHT,
        SIGMOID_WITHOUT_DERIVATIVE,
        SIGMOID_Y_TIMES_1_PLUS_Y,
        SIGMOID_DERIVATIVE_OF_THE_INPUT,
        SIGMOID_HALVED,
        SIGMOID_SIGN,
        TANH_RIGHT,
        TANH_SQUARE_MISSING,
        TANH_1_PLUS_Y_SQUARED,
        TANH_DERIVATIVE_OF_SIGMOID,
        RELU_RIGHT,
        RELU_PASSES_EVERYTHING,
        RELU_LEAKS_BELOW_ZERO,
        RELU_MASK_OF_DY,
        RELU_MASK_UPSIDE_DOWN
    }

    @Override
    public String name() {
        return "planted-activation";
    }

    @Override
    public Shape outputs(Shape inputs) {
        return inputs;
    }

    @Override
    public List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    @Override
    public void forward(Frame frame) {
        for (int row = 0; row < frame.x().rows(); row++) {
            for (int column = 0; column < frame.x().columns(); column++) {
                frame.y().set(row, column, value(frame.x().get(row, column)));
            }
        }
    }

    private double value(double x) {
        return switch (fault.name().charAt(0)) {
            case 'S' -> 1 / (1 + Math.exp(-x));
            case 'T' -> Math.tanh(x);
            default -> Math.max(x, 0);
        };
    }

    @Override
    public void backward(Frame frame) {
        for (int row = 0; row < frame.x().rows(); row++) {
            for (int column = 0; column < frame.x().columns(); column++) {
                double x = frame.x().get(row, column);
                double y = frame.y().get(row, column);
                double dy = frame.dy().get(row, column);
                frame.dx().set(row, column, slope(x, y, dy));
            }
        }
    }

    private double slope(double x, double y, double dy) {
        return switch (fault) {
            case SIGMOID_RIGHT, TANH_DERIVATIVE_OF_SIGMOID -> dy * y * (1 - y);
            case SIGMOID_WITHOUT_DERIVATIVE, RELU_PASSES_EVERYTHING -> dy;
            case SIGMOID_Y_TIMES_1_PLUS_Y -> dy * y * (1 + y);
            case SIGMOID_DERIVATIVE_OF_THE_INPUT -> dy * x * (1 - x);
            case SIGMOID_HALVED -> dy * y * (1 - y) / 2;
            case SIGMOID_SIGN -> dy * y * (y - 1);
            case TANH_RIGHT -> dy * (1 - y * y);
            case TANH_SQUARE_MISSING -> dy * (1 - y);
            case TANH_1_PLUS_Y_SQUARED -> dy * (1 + y * y);
            case RELU_RIGHT -> x > 0 ? dy : 0;
            case RELU_LEAKS_BELOW_ZERO -> x > 0 ? dy : 0.01 * dy;
            case RELU_MASK_OF_DY -> dy > 0 ? dy : 0;
            case RELU_MASK_UPSIDE_DOWN -> x > 0 ? 0 : dy;
        };
    }
}
