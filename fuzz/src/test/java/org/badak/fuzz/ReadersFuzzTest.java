package org.badak.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.ArrayData;
import org.badak.data.DataException;
import org.badak.data.IdxFile;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.badak.data.NpyFile;
import org.badak.data.NpzFile;
import org.badak.figure.FigureException;
import org.badak.figure.PngReader;
import org.badak.tabular.CsvFile;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.train.CheckpointFile;

/// The readers of files. A build reads the corpus, `ReadersFuzzTestInputs`; with JAZZER_FUZZ=1 one method at a time
/// looks
/// for bytes that hurt, and what it finds belongs into the corpus.
class ReadersFuzzTest {
    private static final String LONG = "2h";
    private static final List<Class<?>> REFUSED = List.of(DataException.class);
    private static final long MEGABYTE = 1 << 20;

    @FuzzTest(maxDuration = LONG)
    void idx(byte[] data) {
        Untrusted.read(data, ".idx", 66 * MEGABYTE, 201, IdxFile::read, REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void npy(byte[] data) {
        Untrusted.read(data, ".npy", MEGABYTE, 20, NpyFile::read, REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void npz(byte[] data) {
        Untrusted.read(data, ".npz", 66 * MEGABYTE, 500, NpzFile::read, REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void examples(byte[] data) {
        Untrusted.read(data, ".npz", 200 * MEGABYTE, 2000, ArrayData::read, REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void png(byte[] data) {
        Untrusted.read(data, ".png", 160 * MEGABYTE, 10, PngReader::read, List.of(FigureException.class));
    }

    @FuzzTest(maxDuration = LONG)
    void csv(byte[] data) {
        Untrusted.read(
                data,
                ".csv",
                32 * MEGABYTE,
                5000,
                file -> TableTask.of(CsvFile.read(file), TableTask.Choices.OPEN),
                REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void json(byte[] data) {
        Untrusted.read(
                data,
                ".json",
                MEGABYTE,
                1000,
                file -> {
                    Json value = Json.parse(new String(data, StandardCharsets.UTF_8));
                    assertThat(Json.parse(value.toString())).isEqualTo(value);
                },
                List.of(JsonException.class));
    }

    @FuzzTest(maxDuration = LONG)
    void model(byte[] data) {
        Untrusted.read(
                ContentHash.mended(data),
                ".safetensors",
                6 * MEGABYTE,
                70,
                file -> {
                    SavedModel model = ModelFile.read(file);
                    if (model.inputs() instanceof Inputs.Table) {
                        TableModel.of(model, file.toString());
                    }
                },
                REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void checkpoint(byte[] data) {
        Untrusted.read(ContentHash.mended(data), ".safetensors", 6 * MEGABYTE, 70, CheckpointFile::read, REFUSED);
    }
}
