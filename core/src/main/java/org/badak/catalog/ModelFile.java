package org.badak.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.badak.data.JsonReader;
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
            List<Slot> slots = metadata.made("layers", text -> network.slots());
            requireTensors(path, entries, slots, type);
            metadata.requireHash(file.sha256(inOrder(entries, slots)));
            List<String> classes = metadata.classes();
            if (!classes.isEmpty() || !metadata.isTable()) {
                SavedModel.requireClasses(network, classes.size());
            }
            long seed = metadata.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
            long step = metadata.integer("step", 0, Long.MAX_VALUE);
            Inputs inputs = metadata.inputs(network.inputs());
            SavedModel.requireInputs(network, inputs);
            // nothing is wrong with the file: now it is given memory
            Parameters parameters =
                    new Parameters(type == TensorType.F32 ? Precision.FLOAT32 : Precision.FLOAT64, slots);
            for (TensorFile.Entry entry : entries) {
                file.load(entry, parameters.tensor(entry.name()));
            }
            metadata.requireHash(parameters.sha256()); // again: nobody has changed it meanwhile
            Map<String, String> origin = new LinkedHashMap<>();
            file.metadata().forEach((name, value) -> {
                if (name.startsWith(ORIGIN)) {
                    origin.put(name.substring(ORIGIN.length()), value);
                }
            });
            return new SavedModel(network, parameters, inputs, classes, seed, step, origin);
        } catch (IllegalArgumentException unfit) {
            throw metadata.error("inputs", String.valueOf(unfit.getMessage()), "parts that fit each other", unfit);
        }
    }

    /// Checks names and shapes before any memory is taken for the network's numbers.
    private static void requireTensors(Path path, List<TensorFile.Entry> entries, List<Slot> slots, TensorType type) {
        for (Slot slot : slots) {
            if (!isThere(entries, slot, type)) {
                throw tensors(
                        path,
                        "no " + describe(slot, type) + ", but "
                                + (entries.isEmpty() ? "no tensor" : some(entries, ModelFile::describe)),
                        "the tensors of its architecture: " + some(slots, each -> describe(each, type)));
            }
        }
        for (TensorFile.Entry entry : entries) {
            if (!isWanted(entry, slots, type)) {
                throw tensors(
                        path,
                        describe(entry) + " as well",
                        "the tensors of its architecture alone: " + some(slots, each -> describe(each, type)));
            }
        }
    }

    private static boolean isThere(List<TensorFile.Entry> entries, Slot slot, TensorType type) {
        for (TensorFile.Entry entry : entries) {
            if (fits(entry, slot, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWanted(TensorFile.Entry entry, List<Slot> slots, TensorType type) {
        for (Slot slot : slots) {
            if (fits(entry, slot, type)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(TensorFile.Entry entry, Slot slot, TensorType type) {
        return entry.name().equals(slot.name())
                && entry.type() == type
                && entry.shape().size() == 2
                && entry.shape().get(0) == slot.shape().rows()
                && entry.shape().get(1) == slot.shape().columns();
    }

    private static List<TensorFile.Entry> inOrder(List<TensorFile.Entry> entries, List<Slot> slots) {
        Map<String, TensorFile.Entry> named = new HashMap<>();
        entries.forEach(entry -> named.put(entry.name(), entry));
        return slots.stream()
                .map(slot -> Objects.requireNonNull(named.get(slot.name())))
                .toList();
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

    private static <T> String some(List<T> tensors, Function<T, String> description) {
        int most = 8;
        return String.join(", ", tensors.stream().limit(most).map(description).toList())
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
            return made("layers", text -> new Network(input, layers, loss));
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
            if (isTable()) {
                try {
                    requireJson(text(TABLE));
                    if (new JsonReader(text(TABLE)).next() == '{') {
                        return new Inputs.Table(columns, (Json.Members) Json.parse(text(TABLE)));
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

        boolean isTable() {
            return text("normalisation").equals(TABLE);
        }

        List<String> classes() {
            try {
                requireJson(text("classes"));
                JsonReader reader = new JsonReader(text("classes"));
                if (reader.next() == '[') {
                    List<String> names = new ArrayList<>();
                    reader.items(() -> names.add(reader.next() == '"' ? reader.string() : raw(reader)));
                    return names;
                }
                throw error("classes", text("classes"), "an array of names", null);
            } catch (JsonException malformed) {
                throw error("classes", String.valueOf(malformed.getMessage()), "an array of names", malformed);
            }
        }

        private static String raw(JsonReader reader) {
            int start = reader.at();
            reader.skip();
            return reader.from(start, reader.at() - start);
        }

        /// Checks a text before memory is taken for what it says.
        private static void requireJson(String text) {
            JsonReader reader = new JsonReader(text);
            reader.skip();
            reader.end();
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
