package org.badak.export;

import java.util.ArrayList;
import java.util.List;
import org.badak.catalog.Catalog;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elementwise;
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
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Slot;

/// The layers of a network as calls of [JavaFunctions], and its parameters in the order in which these take them.
final class JavaNetwork {
    private final Network network;
    private final Parameters parameters;
    private final JavaFunctions functions;
    private final List<Integer> open = new ArrayList<>(); // residual blocks
    private int place;
    private int blocks;

    JavaNetwork(Network network, Parameters parameters, JavaFunctions functions) {
        this.network = network;
        this.parameters = parameters.to(Precision.FLOAT32);
        this.functions = functions;
    }

    /// A statement for each layer.
    ///
    /// @throws IllegalArgumentException if a layer is a user's own; names it
    String statements() {
        StringBuilder lines = new StringBuilder();
        for (int position = 0; position < network.layers().size(); position++) {
            Layer layer = network.layers().get(position);
            String statement = statement(position, layer, network.shape(position));
            if (!statement.isEmpty()) {
                lines.append("        ")
                        .append(statement)
                        .append(" // ")
                        .append(Catalog.text(layer))
                        .append(": [")
                        .append(network.shape(position + 1))
                        .append("]\n");
            }
            for (Matrix tensor : parameters.layer(position)) {
                place += tensor.rows() * tensor.columns();
            }
        }
        return lines.toString();
    }

    private String statement(int position, Layer layer, Shape shape) {
        return switch (layer) {
            case Dense dense -> call("dense", dense.units(), place);
            case Conv2d conv ->
                image("convolve", shape, conv.filters(), conv.size(), conv.stride(), conv.padding(), place);
            case MaxPool pool -> image("maxPool", shape, pool.size(), pool.stride(), pool.padding());
            case AvgPool pool -> image("averagePool", shape, pool.size(), pool.stride(), pool.padding());
            case BatchNorm norm -> call("batchNorm", shape.channels(), norm.epsilon(), place);
            case LayerNorm norm -> call("layerNorm", norm.epsilon(), place);
            case Flatten flatten -> "";
            case Dropout dropout -> ""; // only learning drops
            case ResidualStart start -> {
                open.add(blocks);
                yield "float[] block" + blocks++ + " = a;";
            }
            case ResidualEnd end -> call("add", "block" + open.removeLast());
            case Elementwise function -> activation(function);
            case CustomLayer own ->
                throw new IllegalArgumentException("layer " + position + " (" + own.name()
                        + "): a layer of your own cannot be exported, expected layers of the catalog; put its work"
                        + " behind or before the exported class");
        };
    }

    private String activation(Elementwise function) {
        return switch (function) {
            case Sigmoid sigmoid -> call("sigmoid");
            case Relu relu -> call("relu");
            case Tanh tanh -> call("tanh");
            case LeakyRelu(double slope) -> call("leakyRelu", (float) slope + "f");
            case Elu(double alpha) -> call("elu", (float) alpha + "f");
            case Gelu gelu -> call("gelu");
            case GeluTanh gelu -> call("geluTanh");
            case Silu silu -> call("silu");
            case Softplus softplus -> call("softplus");
        };
    }

    private String image(String name, Shape shape, int... settings) {
        List<Object> arguments = new ArrayList<>(List.of(shape.channels(), shape.height(), shape.width()));
        for (int setting : settings) {
            arguments.add(setting);
        }
        return call(name, arguments.toArray());
    }

    private String call(String name, Object... arguments) {
        StringBuilder line =
                new StringBuilder("a = ").append(functions.use(name)).append("(a");
        for (Object argument : arguments) {
            line.append(", ").append(argument);
        }
        return line.append(");").toString();
    }

    /// What becomes of the outputs of the last layer: `softmax(a)`, or `a` as it is.
    String prediction() {
        Loss loss = network.loss();
        return switch (loss) {
            case SoftmaxCrossEntropy softmax -> functions.use("softmax") + "(a)";
            case SmoothedCrossEntropy smoothed -> functions.use("softmax") + "(a)";
            case WeightedCrossEntropy weighted -> functions.use("softmax") + "(a)";
            case DeltaCrossEntropy delta -> functions.use("softmax") + "(a)";
            case BinaryCrossEntropy binary -> functions.use("sigmoid") + "(a)";
            case SumOfSquaredError squares -> "a";
            case MeanSquaredError squares -> "a";
            case Huber huber -> "a";
        };
    }

    /// All parameters, rounded to float32, layer after layer.
    float[] numbers() {
        float[] numbers = new float
                [Math.toIntExact(
                        parameters.slots().stream().mapToLong(Slot::count).sum())];
        int next = 0;
        for (int position = 0; position < network.layers().size(); position++) {
            for (Matrix tensor : parameters.layer(position)) {
                for (int row = 0; row < tensor.rows(); row++) {
                    for (int column = 0; column < tensor.columns(); column++) {
                        numbers[next++] = (float) tensor.get(row, column);
                    }
                }
            }
        }
        return numbers;
    }
}
