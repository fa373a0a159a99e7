package org.badak.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.badak.data.DataException;
import org.badak.data.Digests;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.badak.data.Storage;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.TensorFile;
import org.badak.model.TensorType;
import org.badak.optimizer.ReduceOnPlateau;

/// Checkpoints in files: safetensors whose metadata holds the state that is no tensor, and a hash of the whole content.
/// The parameters are tensors under their own names, so that other programs find them.
public final class CheckpointFile {
    private static final String FORMAT = "badak-checkpoint-1";
    private static final String STATE = "checkpoint.state";
    private static final String CONFIGURATION = "checkpoint.configuration";
    private static final String CONFIGURATION_HASH = "checkpoint.configuration_sha256";
    private static final String DATA_HASH = "checkpoint.data_sha256";
    private static final String READINGS = Checkpoint.STATE + "readings";
    private static final int READING = 9; // numbers of an evaluation

    /// The metadata whose presence tells a checkpoint.
    public static final String MARK = "checkpoint";

    private CheckpointFile() {}

    /// Writes a checkpoint; whatever interrupts it, the target is complete or as it was before.
    ///
    /// @throws IOException if the file cannot be written
    public static void write(Storage storage, Path target, Checkpoint checkpoint) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>(checkpoint.notes());
        metadata.put(MARK, FORMAT);
        metadata.put(STATE, state(checkpoint).toString());
        String configuration = texts(checkpoint.configuration()).toString();
        metadata.put(CONFIGURATION, configuration);
        metadata.put(CONFIGURATION_HASH, hash(configuration));
        metadata.put(DATA_HASH, checkpoint.dataHash());
        Map<String, Matrix> tensors = new LinkedHashMap<>(checkpoint.tensors());
        tensors.put(READINGS, readings(checkpoint.readings()));
        TensorFile.writeHashed(storage, target, metadata, tensors);
    }

    /// Reads a checkpoint: format, hash of the content, finite parameters, state.
    ///
    /// @throws DataException where the file is not a checkpoint that [#write] wrote, to the bit
    public static Checkpoint read(Path path) {
        TensorFile file = TensorFile.open(path);
        Map<String, String> metadata = file.metadata();
        if (!FORMAT.equals(metadata.get(MARK))) {
            throw error(path, MARK, String.valueOf(metadata.get(MARK)), FORMAT);
        }
        file.requireHash();
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        for (TensorFile.Entry entry : file.entries()) {
            tensors.put(entry.name(), load(file, entry));
        }
        Matrix readings = tensors.remove(READINGS);
        if (readings == null || readings.columns() != READING) {
            throw error(path, READINGS, readings == null ? "nothing" : readings.shape(), "rows of " + READING);
        }
        try {
            Map<String, String> configuration = new LinkedHashMap<>();
            members(metadata, CONFIGURATION)
                    .forEach((name, value) -> configuration.put(name, ((Json.Text) value).value()));
            if (!hash(String.valueOf(metadata.get(CONFIGURATION))).equals(metadata.get(CONFIGURATION_HASH))) {
                throw error(path, CONFIGURATION_HASH, String.valueOf(metadata.get(CONFIGURATION_HASH)), "its hash");
            }
            Map<String, Json> state = members(metadata, STATE);
            Optional<EarlyStopping.State> stopping = state.containsKey("best")
                    ? Optional.of(new EarlyStopping.State(
                            number(state, "best"),
                            whole(state, "best_step"),
                            Math.toIntExact(whole(state, "best_waited"))))
                    : Optional.empty();
            Map<String, String> notes = new LinkedHashMap<>(metadata);
            notes.keySet().removeIf(name -> name.startsWith(MARK) || name.equals(TensorFile.CONTENT_HASH));
            return new Checkpoint(
                    whole(state, "step"),
                    number(state, "seconds"),
                    configuration,
                    String.valueOf(metadata.get(DATA_HASH)),
                    tensors,
                    new ReduceOnPlateau.State(
                            number(state, "plateau_rate"),
                            number(state, "plateau_best"),
                            Math.toIntExact(whole(state, "plateau_waited")),
                            Math.toIntExact(whole(state, "plateau_cooling"))),
                    stopping,
                    readings(readings),
                    notes);
        } catch (JsonException | IllegalArgumentException | ArithmeticException | ClassCastException malformed) {
            throw error(path, STATE, String.valueOf(malformed.getMessage()), "the state of a run");
        }
    }

    private static Matrix load(TensorFile file, TensorFile.Entry entry) {
        Precision precision = switch (entry.type()) {
            case F32 -> Precision.FLOAT32;
            case F64 -> Precision.FLOAT64;
            case F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL ->
                throw error(file.path(), entry.name(), entry.type().name(), TensorType.F32 + " or " + TensorType.F64);
        };
        if (entry.shape().size() != 2
                || entry.shape().get(0) > Integer.MAX_VALUE
                || entry.shape().get(1) > Integer.MAX_VALUE) {
            throw error(file.path(), entry.name(), entry.shape().toString(), "rows and columns");
        }
        Matrix tensor = Matrix.zeros(
                precision, entry.shape().get(0).intValue(), entry.shape().get(1).intValue());
        if (entry.name().startsWith(Checkpoint.STATE)) {
            file.loadAny(entry, tensor);
        } else {
            file.load(entry, tensor);
        }
        return tensor;
    }

    private static Json.Members state(Checkpoint checkpoint) {
        Map<String, Json> state = new LinkedHashMap<>();
        state.put("step", Json.of(checkpoint.step()));
        state.put("seconds", Json.of(checkpoint.seconds()));
        state.put("plateau_rate", Json.of(checkpoint.plateau().rate()));
        state.put("plateau_best", Json.of(checkpoint.plateau().best()));
        state.put("plateau_waited", Json.of(checkpoint.plateau().waited()));
        state.put("plateau_cooling", Json.of(checkpoint.plateau().cooling()));
        checkpoint.stopping().ifPresent(stopping -> {
            state.put("best", Json.of(stopping.best()));
            state.put("best_step", Json.of(stopping.bestStep()));
            state.put("best_waited", Json.of(stopping.waited()));
        });
        return new Json.Members(state);
    }

    private static Json.Members texts(Map<String, String> texts) {
        Map<String, Json> members = new LinkedHashMap<>();
        texts.forEach((name, text) -> members.put(name, Json.of(text)));
        return new Json.Members(members);
    }

    private static String hash(String text) {
        var digest = Digests.sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return Digests.hexadecimal(digest);
    }

    private static Map<String, Json> members(Map<String, String> metadata, String name) {
        if (Json.parse(String.valueOf(metadata.get(name))) instanceof Json.Members(Map<String, Json> values)) {
            return values;
        }
        throw new IllegalArgumentException(name + ": found " + metadata.get(name) + ", expected a JSON object");
    }

    private static long whole(Map<String, Json> state, String name) {
        return Long.parseLong(String.valueOf(state.get(name)));
    }

    /// As [Json#of(double)] wrote it: a numeral, or a word in quotes.
    private static double number(Map<String, Json> state, String name) {
        Json value = state.get(name);
        return Double.parseDouble(value instanceof Json.Text(String word) ? word : String.valueOf(value));
    }

    private static Matrix readings(List<Evaluation> readings) {
        Matrix rows = Matrix.zeros(Precision.FLOAT64, readings.size(), READING);
        for (int i = 0; i < readings.size(); i++) {
            Evaluation reading = readings.get(i);
            double[] numbers = {
                (double) reading.step(),
                reading.epoch(),
                reading.trainAccuracy(),
                reading.testAccuracy(),
                reading.trainLoss(),
                reading.testLoss(),
                reading.validationAccuracy(),
                reading.validationLoss(),
                reading.seconds()
            };
            for (int j = 0; j < READING; j++) {
                rows.set(i, j, numbers[j]);
            }
        }
        return rows;
    }

    private static List<Evaluation> readings(Matrix rows) {
        List<Evaluation> readings = new ArrayList<>();
        for (double[] row : rows.toArray()) {
            readings.add(new Evaluation((long) row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8]));
        }
        return readings;
    }

    private static DataException error(Path path, String member, String found, String expected) {
        return new DataException(
                "cannot use the checkpoint",
                path + ", " + member,
                found,
                expected,
                "use a checkpoint that Badak wrote: runs/<name>/checkpoint-<step>.safetensors");
    }
}
