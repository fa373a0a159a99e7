package org.badak.model;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Dense;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.loss.Loss;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.matrix.ShapeException;

/// The description of a network: a fixed list of layers and a loss. It holds no numbers; parameters and buffers are
/// made from it once.
///
/// @param input shape of one example
/// @param layers first to last, at least one
/// @param loss what is minimised
public record Network(Shape input, List<Layer> layers, Loss loss) {
    /// Checks that every layer fits the one before it.
    ///
    /// @throws IllegalArgumentException if there is no layer, or a residual block has no start or no end
    /// @throws ShapeException if a layer cannot take its inputs; names the layer and the shape of the inputs
    public Network {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network: expected at least one layer, found none");
        }
        layers = List.copyOf(layers);
        Shape shape = input;
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            shapes.add(shape);
            try {
                shape = layers.get(i).outputs(shape);
            } catch (ShapeException misfit) {
                throw new ShapeException(
                        "layer " + i + " (" + layers.get(i).name() + "), inputs " + shape + ": " + misfit.getMessage());
            }
        }
        requireBlocks(layers, shapes);
        loss.requireOutputs(shape.size());
    }

    private static void requireBlocks(List<Layer> layers, List<Shape> shapes) {
        List<Integer> open = new ArrayList<>();
        for (int position = 0; position < layers.size(); position++) {
            if (layers.get(position) instanceof ResidualStart) {
                open.add(position);
            } else if (layers.get(position) instanceof ResidualEnd) {
                if (open.isEmpty()) {
                    throw new IllegalArgumentException(
                            "layer " + position + " (residual-end): no residual-start is open");
                }
                int start = open.removeLast();
                if (!shapes.get(start).equals(shapes.get(position))) {
                    throw new ShapeException(
                            "layer " + position + " (residual-end): expected shape " + shapes.get(start)
                                    + " as at layer " + start + " (residual-start), found " + shapes.get(position));
                }
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException(
                    "layer " + open.getLast() + " (residual-start): expected a residual-end behind it, found none");
        }
    }

    /// The position of the other end of the residual block that starts or ends at a position.
    int partner(int position) {
        int direction = layers.get(position) instanceof ResidualStart ? 1 : -1;
        int depth = 0;
        int other = position;
        do {
            depth += layers.get(other) instanceof ResidualStart ? 1 : layers.get(other) instanceof ResidualEnd ? -1 : 0;
            other += direction;
        } while (depth != 0);
        return other - direction;
    }

    /// A network that takes vectors.
    ///
    /// @param inputs number of input columns, at least 1
    public Network(int inputs, List<Layer> layers, Loss loss) {
        this(Shape.flat(inputs), layers, loss);
    }

    /// A network that takes vectors, from its layers in order.
    public static Network of(int inputs, Loss loss, Layer... layers) {
        return new Network(inputs, List.of(layers), loss);
    }

    /// A network from its layers in order.
    public static Network of(Shape input, Loss loss, Layer... layers) {
        return new Network(input, List.of(layers), loss);
    }

    /// Number of input columns.
    public int inputs() {
        return input.size();
    }

    /// Number of columns of the last layer's output.
    public int outputs() {
        return width(layers.size());
    }

    /// Whether the first layer can take a sparse input matrix: products can, nothing else.
    public boolean takesSparseInput() {
        return layers.getFirst() instanceof Dense;
    }

    /// Number of columns that enter the layer at a position; for the position behind the last layer, the outputs.
    public int width(int position) {
        return shape(position).size();
    }

    /// The shape of the examples that enter the layer at a position; for the position behind the last layer, of the
    /// outputs.
    public Shape shape(int position) {
        Shape shape = input;
        for (Layer layer : layers.subList(0, position)) {
            shape = layer.outputs(shape);
        }
        return shape;
    }

    /// The parameter tensors of all layers, first to last. Names are the layer's symbols, numbered over the layers that
    /// have parameters, from 1: `W1`, `b1`, `W2`, `b2`.
    ///
    /// @throws IllegalArgumentException if they are more than one array can hold; names the layer
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        int offset = 0;
        int number = 0;
        Shape entering = input;
        for (int position = 0; position < layers.size(); position++) {
            List<ParameterShape> shapes = layers.get(position).parameters(entering);
            entering = layers.get(position).outputs(entering);
            if (!shapes.isEmpty()) {
                number++;
            }
            for (ParameterShape shape : shapes) {
                slots.add(new Slot(shape.symbol() + number, position, shape, offset));
                long end = offset + (long) shape.rows() * Matrix.paddedStride(shape.columns());
                if (end > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException("layer " + position + " ("
                            + layers.get(position).name()
                            + "): expected at most 2^31 - 1 parameters of all layers, found "
                            + shape.symbol() + number + " of " + shape.rows() + " x " + shape.columns());
                }
                offset = (int) end;
            }
        }
        return List.copyOf(slots);
    }

    /// Number of trainable parameters.
    public long parameterCount() {
        return slots().stream().filter(Slot::trainable).mapToLong(Slot::count).sum();
    }

    /// New parameters, drawn as the layers say from the seed; each tensor has its own stream.
    public Parameters initialise(Precision precision, long seed) {
        Parameters parameters = new Parameters(precision, slots());
        List<Slot> slots = parameters.slots();
        for (int i = 0; i < slots.size(); i++) {
            Matrix tensor = parameters.tensor(i);
            Philox random = new Philox(seed, Purpose.INITIALISATION, i);
            slots.get(i).shape().initialisation().ifPresent(initialisation -> initialisation.fill(tensor, random));
        }
        return parameters;
    }

    /// Sizes of the input and of the layers that have parameters: `784-50-10`, `1x28x28-30x24x24-100-10`.
    public String sizes() {
        StringBuilder text = new StringBuilder().append(input);
        for (int position = 0; position < layers.size(); position++) {
            if (!layers.get(position).parameters(shape(position)).isEmpty()) {
                text.append('-').append(shape(position + 1));
            }
        }
        return text.toString();
    }

    /// The network in one line: `784-50-10 sigmoid` where it is so simple, else all layers.
    public String summary() {
        StringBuilder text = new StringBuilder().append(input);
        for (int position = 0; position < layers.size(); position++) {
            Layer layer = layers.get(position);
            if (layer.parameters(shape(position)).isEmpty()) {
                text.append(' ').append(layer.name());
            } else {
                text.append(" - ").append(shape(position + 1));
            }
        }
        return text.toString();
    }
}
