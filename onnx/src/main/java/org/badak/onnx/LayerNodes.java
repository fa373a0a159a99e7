package org.badak.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elu;
import org.badak.layer.Flatten;
import org.badak.layer.Gelu;
import org.badak.layer.GeluTanh;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.LeakyRelu;
import org.badak.layer.MaxPool;
import org.badak.layer.Relu;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.layer.Sigmoid;
import org.badak.layer.Silu;
import org.badak.layer.Softplus;
import org.badak.layer.Tanh;
import org.badak.matrix.Matrix;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Slot;

/// The layers of a network as operations of ONNX, in the order in which they compute. What ONNX
/// does not know as one operation is put together from several. Values are [batch, numbers], or
/// [batch, channels, height, width] where a layer looks at pixels.
final class LayerNodes {
    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double GELU_CUBIC = 0.044715;

    private final Graph graph;
    private final Network network;
    private final Parameters parameters;
    /// What entered the residual blocks that are open.
    private final Deque<Value> blocks = new ArrayDeque<>();

    /// @param name in the graph
    /// @param pixels whether it is [batch, channels, height, width]
    record Value(String name, boolean pixels) {
        /// Another value of the same shape.
        Value with(String other) {
            return new Value(other, pixels);
        }
    }

    LayerNodes(Graph graph, Network network, Parameters parameters) {
        this.graph = graph;
        this.network = network;
        this.parameters = parameters;
    }

    /// Adds all layers.
    ///
    /// @param x what enters the first
    /// @return [batch, outputs]
    /// @throws IllegalArgumentException if a layer is one of the user's own
    String add(Value x) {
        Value value = x;
        for (int position = 0; position < network.layers().size(); position++) {
            value = layer(position, value);
        }
        return flat(value);
    }

    private Value layer(int position, Value x) {
        Layer layer = network.layers().get(position);
        Shape shape = network.shape(position);
        return switch (layer) {
            case Dense dense -> new Value(dense(position, flat(x)), false);
            case Conv2d conv -> new Value(convolution(position, conv, pixels(x, shape), shape), true);
            case MaxPool(int size, int stride, int padding) ->
                new Value(node("MaxPool", pixels(x, shape), window(size, stride, padding)), true);
            case AvgPool(int size, int stride, int padding) ->
                new Value(node("AveragePool", pixels(x, shape), averageWindow(size, stride, padding)), true);
            case Flatten flatten -> new Value(flat(x), false);
            case Dropout dropout -> x; // it drops nothing when it predicts
            case BatchNorm(double momentum, double epsilon) ->
                x.with(graph.node(
                        "BatchNormalization",
                        List.of(
                                x.name(),
                                vector(position, "gamma"),
                                vector(position, "beta"),
                                vector(position, "mean"),
                                vector(position, "variance")),
                        Attribute.number("epsilon", epsilon)));
            case LayerNorm(double epsilon) ->
                new Value(
                        graph.node(
                                "LayerNormalization",
                                List.of(flat(x), vector(position, "gamma"), vector(position, "beta")),
                                Attribute.whole("axis", 1),
                                Attribute.number("epsilon", epsilon)),
                        false);
            case ResidualStart start -> {
                blocks.push(x);
                yield x;
            }
            case ResidualEnd end -> {
                Value kept = blocks.pop();
                boolean alike = kept.pixels() == x.pixels();
                yield alike
                        ? x.with(graph.node("Add", List.of(x.name(), kept.name())))
                        : new Value(graph.node("Add", List.of(flat(x), flat(kept))), false);
            }
            case Relu relu -> x.with(node("Relu", x.name()));
            case Sigmoid sigmoid -> x.with(node("Sigmoid", x.name()));
            case Tanh tanh -> x.with(node("Tanh", x.name()));
            case LeakyRelu(double slope) -> x.with(node("LeakyRelu", x.name(), Attribute.number("alpha", slope)));
            case Elu(double alpha) -> x.with(node("Elu", x.name(), Attribute.number("alpha", alpha)));
            case Softplus softplus -> x.with(node("Softplus", x.name()));
            case Silu silu -> x.with(graph.node("Mul", List.of(x.name(), node("Sigmoid", x.name()))));
            case Gelu gelu -> x.with(gelu(x.name(), node("Erf", times(x.name(), Math.sqrt(0.5)))));
            case GeluTanh gelu -> x.with(geluTanh(x.name()));
            case CustomLayer custom ->
                throw new IllegalArgumentException("layer " + position + " (" + custom.name()
                        + "): cannot be exported: a layer of your own, which ONNX does not know; expected the built-in"
                        + " ones alone");
        };
    }

    private String dense(int position, String x) {
        Matrix w = tensor(position, "W");
        return graph.node(
                "Gemm",
                List.of(
                        x,
                        graph.floats(name(position, "W"), numbers(w), w.rows(), w.columns()),
                        vector(position, "b")));
    }

    /// The weight of [Conv2d] is the transpose of ONNX's [filters, channels, size, size].
    private String convolution(int position, Conv2d conv, String x, Shape shape) {
        Matrix w = tensor(position, "W");
        float[] weights = new float[w.rows() * w.columns()];
        for (int filter = 0; filter < w.columns(); filter++) {
            for (int tap = 0; tap < w.rows(); tap++) {
                weights[filter * w.rows() + tap] = (float) w.get(tap, filter);
            }
        }
        String filters =
                graph.floats(name(position, "W"), weights, conv.filters(), shape.channels(), conv.size(), conv.size());
        return graph.node(
                "Conv", List.of(x, filters, vector(position, "b")), window(conv.size(), conv.stride(), conv.padding()));
    }

    /// x/2·(1 + e).
    private String gelu(String x, String e) {
        return graph.node("Mul", List.of(times(x, 0.5), plus(e, 1)));
    }

    private String geluTanh(String x) {
        String square = graph.node("Mul", List.of(x, x));
        String inner = graph.node("Mul", List.of(x, plus(times(square, GELU_CUBIC), 1)));
        return gelu(x, node("Tanh", times(inner, SQRT_2_OVER_PI)));
    }

    private String times(String x, double factor) {
        return graph.node("Mul", List.of(x, graph.number(factor)));
    }

    private String plus(String x, double number) {
        return graph.node("Add", List.of(x, graph.number(number)));
    }

    private String node(String operator, String x, Attribute... attributes) {
        return graph.node(operator, List.of(x), attributes);
    }

    private static Attribute[] window(int size, int stride, int padding) {
        return new Attribute[] {
            Attribute.wholes("kernel_shape", size, size),
            Attribute.wholes("strides", stride, stride),
            Attribute.wholes("pads", padding, padding, padding, padding)
        };
    }

    /// Places outside the image count as zeros.
    private static Attribute[] averageWindow(int size, int stride, int padding) {
        List<Attribute> attributes = new ArrayList<>(List.of(window(size, stride, padding)));
        attributes.add(Attribute.whole("count_include_pad", 1));
        return attributes.toArray(Attribute[]::new);
    }

    private String flat(Value x) {
        return x.pixels() ? node("Flatten", x.name(), Attribute.whole("axis", 1)) : x.name();
    }

    private String pixels(Value x, Shape shape) {
        return x.pixels()
                ? x.name()
                : graph.node(
                        "Reshape",
                        List.of(x.name(), graph.wholes(-1, shape.channels(), shape.height(), shape.width())));
    }

    private String vector(int position, String symbol) {
        Matrix tensor = tensor(position, symbol);
        return graph.floats(name(position, symbol), numbers(tensor), tensor.columns());
    }

    private static float[] numbers(Matrix tensor) {
        float[] numbers = new float[tensor.rows() * tensor.columns()];
        for (int row = 0; row < tensor.rows(); row++) {
            for (int column = 0; column < tensor.columns(); column++) {
                numbers[row * tensor.columns() + column] = (float) tensor.get(row, column);
            }
        }
        return numbers;
    }

    private Matrix tensor(int position, String symbol) {
        return parameters.tensor(name(position, symbol));
    }

    /// The tensor's name in model files: `W1`.
    private String name(int position, String symbol) {
        return network.slots().stream()
                .filter(slot ->
                        slot.layer() == position && slot.shape().symbol().equals(symbol))
                .map(Slot::name)
                .findFirst()
                .orElseThrow();
    }
}
