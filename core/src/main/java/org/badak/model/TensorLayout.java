package org.badak.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.data.DataException;
import org.badak.data.NpyArray;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;

/// How programs name a network's tensors, and in what shape and order they hold them.
public enum TensorLayout {
    /// The names of the book: `W1` `[inputs, outputs]`, `b1` `[outputs]`, W of a convolution
    /// `[channels·size·size, filters]`.
    BADAK,
    /// The state of a `torch.nn.Sequential` of the same layers, each named by its place in the
    /// list, from 0: `0.weight` [outputs, inputs], `0.bias`; of a convolution [filters, channels,
    /// size, size]; of a normalisation weight, bias, running_mean and running_var.
    PYTORCH,
    /// The weights of a `keras.Sequential` of the same layers in the order of `get_weights`, named
    /// by kind and number: `dense.kernel` [inputs, outputs], `dense.bias`, `dense_1.kernel`;
    /// `conv2d.kernel` [size, size, channels, filters]; `batch_normalization.gamma`, beta,
    /// moving_mean and moving_variance. Images have their channels last there, so behind a Flatten
    /// the rows of a kernel stand in another order.
    KERAS;

    /// The tensors of a network, by their names in this layout.
    ///
    /// @param parameters of the network
    /// @throws IllegalArgumentException if a layer is one of the user's own and the layout is not
    ///     [#BADAK]
    public Map<String, NpyArray> arrays(Network network, Parameters parameters) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (ExternalTensor tensor : tensors(network)) {
            Matrix matrix = parameters.tensor(tensor.slot().name());
            int columns = matrix.columns();
            double[] numbers = IntStream.of(tensor.places())
                    .mapToDouble(place -> matrix.get(place / columns, place % columns))
                    .toArray();
            int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
            if (parameters.precision() == Precision.FLOAT64) {
                arrays.put(tensor.name(), NpyArray.of(numbers, shape));
            } else {
                float[] rounded = new float[numbers.length];
                for (int i = 0; i < rounded.length; i++) {
                    rounded[i] = (float) numbers[i];
                }
                arrays.put(tensor.name(), NpyArray.of(rounded, shape));
            }
        }
        return arrays;
    }

    /// Parameters of a network from tensors in this layout. Arrays that are no parameter, such as
    /// PyTorch's num_batches_tracked, may be there too.
    ///
    /// @param where the arrays come from, for messages
    /// @throws DataException if a tensor is missing, has another shape, or holds a number that is
    ///     not finite
    /// @throws IllegalArgumentException if a layer is one of the user's own and the layout is not
    ///     [#BADAK]
    public Parameters parameters(Network network, Precision precision, Map<String, NpyArray> arrays, String where) {
        Parameters parameters = new Parameters(precision, network.slots());
        for (ExternalTensor tensor : tensors(network)) {
            NpyArray array = arrays.get(tensor.name());
            if (array == null) {
                throw unfit(
                        where,
                        "no " + tensor.name() + " among " + String.join(", ", arrays.keySet()),
                        tensor.name() + " " + tensor.shape());
            }
            List<Integer> shape = IntStream.of(array.shape()).boxed().toList();
            if (!shape.equals(tensor.shape())) {
                throw unfit(where, tensor.name() + " " + shape, tensor.name() + " " + tensor.shape());
            }
            Matrix matrix = parameters.tensor(tensor.slot().name());
            for (int i = 0; i < tensor.places().length; i++) {
                double value = array.value(i);
                if (!Double.isFinite(precision == Precision.FLOAT32 ? (float) value : value)) {
                    throw unfit(where, value + " in " + tensor.name() + ", element " + i, "finite numbers");
                }
                matrix.set(tensor.places()[i] / matrix.columns(), tensor.places()[i] % matrix.columns(), value);
            }
        }
        return parameters;
    }

    private DataException unfit(String where, String found, String expected) {
        return new DataException(
                "cannot use the tensors: they do not fit the network",
                where,
                found,
                expected,
                "name the layers that the tensors belong to, or another layout than " + word());
    }

    /// In lower case, as on the command line.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private List<ExternalTensor> tensors(Network network) {
        List<ExternalTensor> tensors = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        ChannelsLast order = new ChannelsLast();
        for (int position = 0; position < network.layers().size(); position++) {
            Layer layer = network.layers().get(position);
            Shape shape = network.shape(position);
            order.enter(shape);
            int here = position;
            List<Slot> slots = network.slots().stream()
                    .filter(slot -> slot.layer() == here)
                    .toList();
            if (!slots.isEmpty()) {
                switch (this) {
                    case BADAK -> slots.forEach(slot -> tensors.add(badak(slot)));
                    case PYTORCH -> pytorch(layer, position, shape, slots, tensors);
                    case KERAS -> keras(layer, kinds, order, shape, slots, tensors);
                }
            }
            if (layer instanceof Dense) {
                order.leave();
            }
        }
        return tensors;
    }

    private static ExternalTensor badak(Slot slot) {
        int columns = slot.shape().columns();
        return slot.shape().rows() == 1
                ? ExternalTensor.alike(slot.name(), slot, columns)
                : ExternalTensor.alike(slot.name(), slot, slot.shape().rows(), columns);
    }

    private static void pytorch(
            Layer layer, int position, Shape shape, List<Slot> slots, List<ExternalTensor> tensors) {
        String name = position + ".";
        Slot first = slots.getFirst();
        int rows = first.shape().rows();
        int columns = first.shape().columns();
        switch (layer) {
            case Dense dense -> tensors.add(ExternalTensor.transposed(name + "weight", first, columns, rows));
            case Conv2d conv ->
                tensors.add(ExternalTensor.transposed(
                        name + "weight", first, columns, shape.channels(), conv.size(), conv.size()));
            case BatchNorm norm -> tensors.add(ExternalTensor.alike(name + "weight", first, columns));
            case LayerNorm norm -> tensors.add(ExternalTensor.alike(name + "weight", first, sizes(shape)));
            default -> throw unknown(layer, position);
        }
        Integer[] bias = layer instanceof LayerNorm ? sizes(shape) : new Integer[] {columns};
        tensors.add(ExternalTensor.alike(name + "bias", slots.get(1), bias));
        if (layer instanceof BatchNorm) {
            tensors.add(ExternalTensor.alike(name + "running_mean", slots.get(2), columns));
            tensors.add(ExternalTensor.alike(name + "running_var", slots.get(3), columns));
        }
    }

    private static Integer[] sizes(Shape shape) {
        return shape.isFlat()
                ? new Integer[] {shape.channels()}
                : new Integer[] {shape.channels(), shape.height(), shape.width()};
    }

    private static void keras(
            Layer layer,
            Map<String, Integer> kinds,
            ChannelsLast order,
            Shape shape,
            List<Slot> slots,
            List<ExternalTensor> tensors) {
        String kind = switch (layer) {
            case Dense dense -> "dense";
            case Conv2d conv -> "conv2d";
            case BatchNorm norm -> "batch_normalization";
            case LayerNorm norm -> "layer_normalization";
            default -> throw unknown(layer, slots.getFirst().layer());
        };
        int number = kinds.merge(kind, 1, Integer::sum) - 1;
        String name = kind + (number == 0 ? "" : "_" + number) + ".";
        Slot first = slots.getFirst();
        int columns = first.shape().columns();
        switch (layer) {
            case Dense dense -> tensors.add(order.rows(name + "kernel", first));
            case Conv2d conv -> tensors.add(order.filters(name + "kernel", first, conv, shape.channels()));
            case BatchNorm norm
            when !shape.isFlat() -> {
                tensors.add(ExternalTensor.alike(name + "gamma", first, columns));
                tensors.add(ExternalTensor.alike(name + "beta", slots.get(1), columns));
                tensors.add(ExternalTensor.alike(name + "moving_mean", slots.get(2), columns));
                tensors.add(ExternalTensor.alike(name + "moving_variance", slots.get(3), columns));
            }
            case BatchNorm norm -> {
                tensors.add(order.columns(name + "gamma", first, shape));
                tensors.add(order.columns(name + "beta", slots.get(1), shape));
                tensors.add(order.columns(name + "moving_mean", slots.get(2), shape));
                tensors.add(order.columns(name + "moving_variance", slots.get(3), shape));
            }
            default -> {
                tensors.add(order.columns(name + "gamma", first, shape));
                tensors.add(order.columns(name + "beta", slots.get(1), shape));
            }
        }
        if (layer instanceof Dense || layer instanceof Conv2d) {
            tensors.add(ExternalTensor.alike(name + "bias", slots.get(1), columns));
        }
    }

    private static IllegalArgumentException unknown(Layer layer, int position) {
        String own = layer instanceof CustomLayer ? "a layer of your own, " : "";
        return new IllegalArgumentException("layer " + position + " (" + layer.name() + "): " + own
                + "which other programs do not know; expected the built-in ones alone, or the layout badak");
    }

    /// Where numbers of images stand if channels come last. Between the last image and the first
    /// dense layer a vector is an image in another order.
    private static final class ChannelsLast {
        private Shape image = Shape.flat(1);

        void enter(Shape shape) {
            if (!shape.isFlat() || shape.size() != image.size()) {
                image = shape;
            }
        }

        void leave() {
            image = Shape.flat(1);
        }

        /// The place here of the number at a place there.
        private int place(int there) {
            int channel = there % image.channels();
            int pixel = there / image.channels();
            return channel * image.area() + pixel;
        }

        ExternalTensor rows(String name, Slot slot) {
            int rows = slot.shape().rows();
            int columns = slot.shape().columns();
            int[] places = new int[rows * columns];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    places[row * columns + column] = place(row) * columns + column;
                }
            }
            return new ExternalTensor(name, slot, List.of(rows, columns), places);
        }

        ExternalTensor columns(String name, Slot slot, Shape shape) {
            int[] places =
                    IntStream.range(0, slot.shape().columns()).map(this::place).toArray();
            List<Integer> sizes = shape.isFlat()
                    ? List.of(shape.channels())
                    : List.of(shape.height(), shape.width(), shape.channels());
            return new ExternalTensor(name, slot, sizes, places);
        }

        ExternalTensor filters(String name, Slot slot, Conv2d conv, int channels) {
            int size = conv.size();
            int filters = conv.filters();
            int[] places = new int[Math.toIntExact(slot.count())];
            int there = 0;
            for (int pixel = 0; pixel < size * size; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    for (int filter = 0; filter < filters; filter++) {
                        places[there++] = (channel * size * size + pixel) * filters + filter;
                    }
                }
            }
            return new ExternalTensor(name, slot, List.of(size, size, channels, filters), places);
        }
    }
}
