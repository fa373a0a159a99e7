package org.badak.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.badak.data.Storage;
import org.badak.layer.Layer;
import org.badak.loss.Loss;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Slot;
import org.badak.model.TensorFile;
import org.badak.model.TensorType;
import org.badak.train.Checkpoint;
import org.badak.train.CheckpointFile;

/// Model files: parameters in the safetensors format, with everything in the metadata that is needed to rebuild the
/// network and to prepare its inputs. Other programs read the tensors as they are: `W1` [inputs, outputs], `b1` [1,
/// outputs], `W2`, …
///
/// It stands in this package and not beside [TensorFile] because it turns names into layers; see [Catalog].
public final class ModelFile {
    private static final String FORMAT = "badak-model-1";
    private static final int MOST_LAYERS = 1000;
    private static final String NORMALISATION = "pixels/255";
    private static final String BYTES = "bytes/255";
    private static final String AS_IT_IS = "none";
    private static final String TABLE = "table";
    private static final String ORIGIN = "origin.";

    private ModelFile() {}

    /// Writes a model; whatever interrupts it, the target is complete or as it was before.
    ///
    /// @throws IOException if the file cannot be written
    /// @throws IllegalArgumentException if a layer is not in the catalog
    public static void write(Path target, SavedModel model) throws IOException {
        write(Storage.DISK, target, model);
    }

    /// As [#write(Path, SavedModel)].
    ///
    /// @param storage what writes
    /// @throws IOException if the file cannot be written
    public static void write(Storage storage, Path target, SavedModel model) throws IOException {
        TensorFile.write(storage, target, metadata(model), model.parameters());
    }

    /// What a file tells of a model beside its tensors; a checkpoint that has it among its facts is a model file too.
    ///
    /// @throws IllegalArgumentException if a layer is not in the catalog
    public static Map<String, String> metadata(SavedModel model) {
        Network network = model.network();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("inputs", network.input().toString());
        metadata.put(
                "layers",
                String.join(", ", network.layers().stream().map(Catalog::text).toList()));
        metadata.put("loss", Catalog.text(network.loss()));
        metadata.put("precision", TensorType.of(model.parameters().precision()).name());
        switch (model.inputs()) {
            case Inputs.Images(int rows, int columns) -> {
                metadata.put("image_rows", Integer.toString(rows));
                metadata.put("image_columns", Integer.toString(columns));
                metadata.put("normalisation", NORMALISATION);
            }
            case Inputs.Features(Shape shape, boolean bytes) -> {
                metadata.put("example_shape", shape.toString());
                metadata.put("normalisation", bytes ? BYTES : AS_IT_IS);
            }
            case Inputs.Table table -> {
                metadata.put("normalisation", TABLE);
                metadata.put(TABLE, table.preparation().toString());
            }
        }
        metadata.put("classes", Json.of(model.classNames()).toString());
        metadata.put("seed", Long.toString(model.seed()));
        metadata.put("step", Long.toString(model.step()));
        metadata.put("parameters_sha256", model.parameters().sha256());
        model.origin().forEach((name, value) -> metadata.put(ORIGIN + name, value));
        return metadata;
    }

    /// Reads a model: format, hash of all content, architecture, names and shapes of the tensors, finite numbers, hash
    /// of
    /// the parameters. Of a checkpoint it reads the parameters.
    ///
    /// @throws DataException where the file is not a model that [#write] could have written
    public static SavedModel read(Path path) {
        TensorFile file = TensorFile.open(path);
        Metadata metadata = new Metadata(path, file.metadata());
        metadata.require("format", FORMAT);
        file.requireHash();
        Network network = metadata.network();
        try {
            TensorType type = metadata.precision();
            List<TensorFile.Entry> entries = file.entries();
            if (file.metadata().containsKey(CheckpointFile.MARK)) {
                entries = entries.stream()
                        .filter(entry -> !entry.name().startsWith(Checkpoint.STATE))
                        .toList();
            }
            requireTensors(path, entries, network.slots(), type);
            Parameters parameters =
                    new Parameters(type == TensorType.F32 ? Precision.FLOAT32 : Precision.FLOAT64, network.slots());
            for (TensorFile.Entry entry : entries) {
                file.load(entry, parameters.tensor(entry.name()));
            }
            metadata.requireHash(parameters.sha256());
            Map<String, String> origin = new LinkedHashMap<>();
            file.metadata().forEach((name, value) -> {
                if (name.startsWith(ORIGIN)) {
                    origin.put(name.substring(ORIGIN.length()), value);
                }
            });
            return new SavedModel(
                    network,
                    parameters,
                    metadata.inputs(network.inputs()),
                    metadata.classes(),
                    metadata.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                    metadata.integer("step", 0, Long.MAX_VALUE),
                    origin);
        } catch (IllegalArgumentException unfit) {
            throw metadata.error("inputs", String.valueOf(unfit.getMessage()), "parts that fit each other", unfit);
        }
    }

    /// Checks names and shapes before any memory is taken for the network's numbers.
    private static void requireTensors(Path path, List<TensorFile.Entry> entries, List<Slot> slots, TensorType type) {
        List<String> wanted = slots.stream().map(slot -> describe(slot, type)).toList();
        List<String> found = entries.stream().map(ModelFile::describe).toList();
        for (String tensor : wanted) {
            if (!found.contains(tensor)) {
                throw tensors(
                        path,
                        "no " + tensor + ", but " + (found.isEmpty() ? "no tensor" : some(found)),
                        "the tensors of its architecture: " + some(wanted));
            }
        }
        for (String tensor : found) {
            if (!wanted.contains(tensor)) {
                throw tensors(path, tensor + " as well", "the tensors of its architecture alone: " + some(wanted));
            }
        }
    }

    private static DataException tensors(Path path, String found, String expected) {
        return new DataException(
                "cannot use the model file: its tensors do not fit its architecture",
                path.toString(),
                found,
                expected,
                "use a file as badak train writes it");
    }

    private static String describe(Slot slot, TensorType type) {
        return slot.name() + " " + type + " [" + slot.shape().rows() + ", "
                + slot.shape().columns() + "]";
    }

    private static String describe(TensorFile.Entry entry) {
        return entry.name() + " " + entry.type() + " " + entry.shape();
    }

    private static String some(List<String> tensors) {
        int most = 8;
        return String.join(", ", tensors.subList(0, Math.min(most, tensors.size())))
                + (tensors.size() > most ? " and " + (tensors.size() - most) + " more" : "");
    }

    /// The metadata of a file, with messages that name it.
    private record Metadata(Path path, Map<String, String> values) {
        String text(String name) {
            String value = values.get(name);
            if (value == null) {
                throw error(name, "nothing", "metadata of a model that badak trained", null);
            }
            return value;
        }

        Network network() {
            Shape input = made("inputs", Shape::parse);
            List<Layer> layers = made("layers", Metadata::layers);
            Loss loss = made("loss", Catalog::loss);
            return made("layers", text -> {
                Network network = new Network(input, layers, loss);
                network.slots(); // they are not more than an array can hold
                return network;
            });
        }

        private static List<Layer> layers(String text) {
            String[] parts = text.split(",", MOST_LAYERS + 1);
            if (parts.length > MOST_LAYERS) {
                throw new IllegalArgumentException("more than " + MOST_LAYERS + " layers");
            }
            List<Layer> layers = new ArrayList<>();
            for (String part : parts) {
                layers.add(Catalog.layer(part));
            }
            return layers;
        }

        private <T> T made(String name, Function<String, T> maker) {
            String text = text(name);
            try {
                return maker.apply(text);
            } catch (IllegalArgumentException unfit) {
                throw error(name, String.valueOf(unfit.getMessage()), "what badak train writes", unfit);
            }
        }

        /// The hash that was saved is what is expected; that of the numbers in the file is what is found.
        void requireHash(String found) {
            String saved = text("parameters_sha256");
            if (!saved.equals(found)) {
                throw error("parameters_sha256", found, saved, null);
            }
        }

        void require(String name, String expected) {
            if (!text(name).equals(expected)) {
                throw error(name, text(name), expected, null);
            }
        }

        long integer(String name, long least, long most) {
            try {
                long value = Long.parseLong(text(name));
                if (value >= least && value <= most) {
                    return value;
                }
                throw error(name, text(name), least + " to " + most, null);
            } catch (NumberFormatException malformed) {
                throw error(name, text(name), "a whole number", malformed);
            }
        }

        TensorType precision() {
            return switch (text("precision")) {
                case "F32" -> TensorType.F32;
                case "F64" -> TensorType.F64;
                default -> throw error("precision", text("precision"), "F32 or F64", null);
            };
        }

        Inputs inputs(int columns) {
            if (text("normalisation").equals(TABLE)) {
                try {
                    if (Json.parse(text(TABLE)) instanceof Json.Members preparation) {
                        return new Inputs.Table(columns, preparation);
                    }
                    throw error(TABLE, text(TABLE), "a JSON object", null);
                } catch (JsonException malformed) {
                    throw error(TABLE, String.valueOf(malformed.getMessage()), "a JSON object", malformed);
                }
            }
            boolean bytes = text("normalisation").equals(BYTES);
            if (bytes || text("normalisation").equals(AS_IT_IS)) {
                return new Inputs.Features(Shape.parse(text("example_shape")), bytes);
            }
            require("normalisation", NORMALISATION);
            return new Inputs.Images((int) integer("image_rows", 1, Integer.MAX_VALUE), (int)
                    integer("image_columns", 1, Integer.MAX_VALUE));
        }

        List<String> classes() {
            try {
                if (Json.parse(text("classes")) instanceof Json.Items(List<Json> items)) {
                    return items.stream()
                            .map(item -> item instanceof Json.Text(String name) ? name : item.toString())
                            .toList();
                }
                throw error("classes", text("classes"), "an array of names", null);
            } catch (JsonException malformed) {
                throw error("classes", String.valueOf(malformed.getMessage()), "an array of names", malformed);
            }
        }

        DataException error(
                String name, String found, String expected, @org.jspecify.annotations.Nullable Throwable cause) {
            String shortened = found.length() <= 400 ? found : found.substring(0, 400) + "...";
            DataException error = new DataException(
                    "cannot use the model file",
                    path + ", metadata, " + name,
                    shortened,
                    expected,
                    name.equals("parameters_sha256")
                            ? "the numbers are not those that were saved: the file is damaged, get it again"
                            : "use a file that badak train wrote: runs/<name>/model.safetensors");
            if (cause != null) {
                error.initCause(cause);
            }
            return error;
        }
    }
}
