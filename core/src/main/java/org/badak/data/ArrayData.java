package org.badak.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.badak.matrix.Shape;

/// Reads examples and labels that NumPy saved: an NPZ file, a folder of NPY files, or two NPY
/// files.
///
/// Arrays are found by name, upper and lower case alike: `x_train`, `y_train`, `x_test`, `y_test`
/// as in Keras' `mnist.npz`; `train_images`, `train_labels`, `test_images`, `test_labels` as in
/// MedMNIST; or without a test part `X` and `y`, `images` and `labels`, `features` and `labels`,
/// `data` and `target`, `data` and `labels`.
///
/// Examples have the shape (count, features), (count, height, width), or (count, height, width,
/// channels), channels last as in Keras or first as in PyTorch. Unsigned bytes become numbers from
/// 0 to 1, divided by 255; grey images of them are an [ImageDataset]. All other numbers are taken
/// as they are. Labels are whole numbers or one-hot rows; below 0 only where there are two
/// classes.
public final class ArrayData {
    private static final List<List<String>> TESTED = List.of(
            List.of("x_train", "y_train", "x_test", "y_test"),
            List.of("train_images", "train_labels", "test_images", "test_labels"));
    private static final List<List<String>> WHOLE = List.of(
            List.of("x_train", "y_train"),
            List.of("train_images", "train_labels"),
            List.of("x", "y"),
            List.of("images", "labels"),
            List.of("features", "labels"),
            List.of("data", "target"),
            List.of("data", "labels"));
    private static final int MOST_CHANNELS = 4;
    private static final float BYTE = 255;

    private ArrayData() {}

    /// Whether a path names what [#read(Path)] reads: a file that ends in `.npz`, or a folder with NPY files.
    public static boolean isOne(Path path) {
        return endsWith(path, ".npz")
                || Files.isDirectory(path) && !arrays(path).isEmpty();
    }

    /// Whether a file's name ends in `.npy`.
    public static boolean isArray(Path file) {
        return endsWith(file, ".npy");
    }

    /// Reads an NPZ file, or the NPY files of a folder.
    ///
    /// @throws DataException if a file is bad, the arrays are not there, or do not fit each other
    public static LabelledData read(Path path) {
        boolean folder = Files.isDirectory(path);
        Map<String, String> names = new LinkedHashMap<>(); // in lower case, as it is
        for (String name : folder ? arrays(path) : NpzFile.names(path)) {
            names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
        }
        for (List<List<String>> forms : List.of(TESTED, WHOLE)) {
            for (List<String> form : forms) {
                if (names.keySet().containsAll(form)) {
                    List<String> wanted = form.stream().map(names::get).toList();
                    Map<String, NpyArray> found = new LinkedHashMap<>();
                    if (folder) {
                        wanted.forEach(name -> found.put(name, NpyFile.read(path.resolve(name + ".npy"))));
                    } else {
                        found.putAll(NpzFile.read(path, wanted));
                    }
                    return of(wanted.stream().map(found::get).toList(), wanted, path.toString());
                }
            }
        }
        throw new DataException(
                "cannot find examples and labels",
                path.toString(),
                "the arrays " + String.join(", ", names.values()),
                "x_train, y_train, x_test, y_test; or X and y, images and labels, features and labels, data and target",
                "save them under such names: numpy.savez('data.npz', x_train=..., y_train=..., x_test=..., y_test=...)");
    }

    /// Reads examples and labels from two NPY files.
    ///
    /// @throws DataException if a file is bad, or they do not fit each other
    public static LabelledData read(Path examples, Path labels) {
        return of(
                List.of(NpyFile.read(examples), NpyFile.read(labels)),
                List.of(examples.toString(), labels.toString()),
                "");
    }

    private static LabelledData of(List<NpyArray> arrays, List<String> names, String origin) {
        List<String> where = names.stream()
                .map(name -> origin.isEmpty() ? name : origin + ", array " + name)
                .toList();
        List<ClassLabels> labels = new ArrayList<>();
        for (int i = 1; i < arrays.size(); i += 2) {
            labels.add(ClassLabels.of(arrays.get(i), where.get(i)));
        }
        List<String> classes = ClassLabels.names(labels, where.get(1));
        labels.getFirst().requireNumbered(classes.size(), where.get(1));
        labels.getLast().requireLearned(labels.getFirst(), where.getLast());
        List<Dataset> parts = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            parts.add(
                    examples(where.get(2 * i), arrays.get(2 * i), labels.get(i).indices(classes), classes.size()));
        }
        return new LabelledData(
                parts.getFirst(), parts.getLast(), classes, origin.isEmpty() ? String.join(", ", names) : origin);
    }

    private static Dataset examples(String where, NpyArray array, int[] labels, int classes) {
        if (array.rank() == 0 || array.dimension(0) != labels.length) {
            throw new DataException(
                    "cannot use the examples: as many labels as examples are needed",
                    where,
                    array + " and " + labels.length + " labels",
                    "equal counts",
                    "use the examples and labels that belong together");
        }
        if (labels.length == 0 || array.size() == 0) {
            throw new DataException(
                    "cannot use the examples",
                    where,
                    array.toString(),
                    "at least one example",
                    "use data that has some");
        }
        Shape shape = shape(array, where);
        NpyArray ordered = isChannelsLast(array) ? channelsFirst(array, shape) : array;
        if (array.type() == NpyType.UINT8 && array.rank() > 2 && shape.channels() == 1) {
            return new ImageDataset(where, shape.height(), shape.width(), classes, ordered.bytes(), labels);
        }
        return new FeatureDataset(where, shape, array.type() == NpyType.UINT8, classes, numbers(ordered), labels);
    }

    /// The shape of one example of an array whose first index counts examples.
    ///
    /// @param where it stands, for messages
    /// @throws DataException if it is none that can be learned from
    public static Shape shape(NpyArray array, String where) {
        int[] sizes = array.shape();
        boolean empty = sizes.length < 2 || Arrays.stream(sizes).skip(1).anyMatch(size -> size == 0);
        if (!empty && sizes.length == 2) {
            return Shape.flat(sizes[1]);
        }
        if (!empty && sizes.length == 3) {
            return new Shape(1, sizes[1], sizes[2]);
        }
        if (!empty && sizes.length == 4 && isChannelsLast(array)) {
            return new Shape(sizes[3], sizes[1], sizes[2]);
        }
        if (!empty && sizes.length == 4 && sizes[1] <= MOST_CHANNELS) {
            return new Shape(sizes[1], sizes[2], sizes[3]);
        }
        throw new DataException(
                "cannot use the examples: a shape that is not known",
                where,
                array.toString(),
                "(count, features), (count, height, width) or, with 1 to " + MOST_CHANNELS
                        + " channels, (count, height, width, channels) or (count, channels, height, width)",
                "reshape it: x.reshape(len(x), -1) makes plain features");
    }

    private static boolean isChannelsLast(NpyArray array) {
        return array.rank() == 4 && array.dimension(3) <= MOST_CHANNELS;
    }

    private static NpyArray channelsFirst(NpyArray array, Shape shape) {
        int width = array.type().bytes();
        int area = shape.area();
        int channels = shape.channels();
        if (channels == 1) {
            return array;
        }
        byte[] from = array.bytes();
        byte[] to = new byte[from.length];
        for (int start = 0; start < from.length; start += width * shape.size()) {
            for (int channel = 0; channel < channels; channel++) {
                for (int pixel = 0; pixel < area; pixel++) {
                    System.arraycopy(
                            from,
                            start + width * (pixel * channels + channel),
                            to,
                            start + width * (channel * area + pixel),
                            width);
                }
            }
        }
        return new NpyArray(array.type(), array.shape(), to);
    }

    /// The numbers of examples as networks take them: row-major, channels first, unsigned bytes divided by 255.
    ///
    /// @param where the array stands, for messages
    /// @throws DataException if its shape is not known
    public static float[] features(NpyArray array, String where) {
        Shape shape = shape(array, where);
        return numbers(isChannelsLast(array) ? channelsFirst(array, shape) : array);
    }

    private static float[] numbers(NpyArray array) {
        float[] values = array.toFloats();
        if (array.type() == NpyType.UINT8) {
            for (int i = 0; i < values.length; i++) {
                values[i] /= BYTE;
            }
        }
        return values;
    }

    /// Reads the examples to predict: an NPY file, or the array of an NPZ file that is alone in it or named `x_test`,
    /// `test_images`, `X`, `x`, `images`, `features` or `data`.
    ///
    /// @throws DataException if the file is bad or has no such array
    public static NpyArray readExamples(Path file) {
        if (!endsWith(file, ".npz")) {
            return NpyFile.read(file);
        }
        List<String> names = NpzFile.names(file);
        Optional<String> found = names.size() == 1
                ? Optional.of(names.getFirst())
                : List.of("x_test", "test_images", "x", "images", "features", "data").stream()
                        .flatMap(wanted -> names.stream().filter(name -> name.equalsIgnoreCase(wanted)))
                        .findFirst();
        String name = found.orElseThrow(() -> new DataException(
                "cannot tell which array holds the examples",
                file.toString(),
                "the arrays " + String.join(", ", names),
                "one alone, or one called x_test, X, images, features or data",
                "save the examples with numpy.save"));
        return NpzFile.read(file, List.of(name)).values().iterator().next();
    }

    private static List<String> arrays(Path folder) {
        return FolderListing.of(folder).stream()
                .filter(ArrayData::isArray)
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.length() - ".npy".length()))
                .toList();
    }

    private static boolean endsWith(Path path, String suffix) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(suffix);
    }
}
