package org.badak.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.badak.data.DataException;
import org.badak.data.Digests;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {
    private static final Network NETWORK = Network.of(
            6,
            new SoftmaxCrossEntropy(),
            new Dense(3, new Initialisation.Xavier()),
            new Relu(),
            new Dense(2, new Initialisation.Normal(0.5)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void whatIsSavedIsLoadedToTheBit(Precision precision) throws IOException {
        SavedModel model = model(precision);
        SavedModel loaded = ModelFile.read(written(model));
        assertThat(loaded.network()).isEqualTo(NETWORK);
        assertThat(loaded.parameters().sha256()).isEqualTo(model.parameters().sha256());
        assertThat(loaded.parameters().precision()).isEqualTo(precision);
        assertThat(loaded.classNames()).containsExactly("T-shirt, \"top\"", "\uBC14\uC9C0");
        assertThat(loaded.origin()).containsEntry("data", "mnist");
        assertThat(List.of(loaded.imageRows(), loaded.imageColumns())).containsExactly(2, 3);
        assertThat(List.of(loaded.seed(), loaded.step())).containsExactly(-7L, 600L);
    }

    @Test
    void longTextsOfAnyScriptAreRead() throws IOException {
        String text = "\uBC14\uB2E5\n".repeat(8_000); // escapes among it
        SavedModel model = new SavedModel(
                NETWORK, NETWORK.initialise(Precision.FLOAT32, 1), 2, 3, List.of("a", "b"), 1, 2, Map.of("data", text));
        assertThat(ModelFile.read(written(model)).origin()).containsEntry("data", text);
    }

    @ParameterizedTest
    @EnumSource
    void everyLayerAndItsStateIsSavedAndLoadedToTheBit(Precision precision) throws IOException {
        String layers = "dense 5 xavier, batchnorm 0.2 0.001, gelu, residual-start, dense 5 he, layernorm 1.0E-4,"
                + " leaky-relu 0.2, dropout 0.25, residual-end, elu 0.5, silu, softplus, gelu-tanh, dense 2 xavier";
        Network network = new Network(
                6,
                Catalog.layers(layers, new Initialisation.Xavier()),
                new org.badak.loss.WeightedCrossEntropy(List.of(1.0, 3.0)));
        org.badak.model.Parameters parameters = network.initialise(precision, 3);
        parameters.tensor("mean2").set(0, 4, 0.3);
        parameters.tensor("variance2").set(0, 4, 0.7);
        SavedModel model = new SavedModel(network, parameters, 2, 3, List.of("a", "b"), 1, 2, Map.of());
        SavedModel loaded = ModelFile.read(written(model));
        assertThat(loaded.network()).isEqualTo(network);
        assertThat(loaded.parameters().sha256()).isEqualTo(parameters.sha256());
        assertThat(loaded.parameters().tensor("variance2").get(0, 3)).isEqualTo(1);
    }

    @Test
    void sameModelGivesTheSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(written(model(Precision.FLOAT32)));
        assertThat(Files.readAllBytes(written(model(Precision.FLOAT32)))).isEqualTo(first);
        long header = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();
        assertThat((char) first[8]).isEqualTo('{');
        assertThat(first).hasSize((int) (8 + header + 4 * (6 * 3 + 3 + 3 * 2 + 2)));
        try (var files = Files.list(folder)) {
            assertThat(files).as("no temporary file is left").hasSize(1);
        }
    }

    @Test
    void entriesAreTheTensorsUnderTheChaptersNames() throws IOException {
        TensorFile file = TensorFile.open(written(model(Precision.FLOAT32)));
        assertThat(file.entries().stream().map(entry -> entry.name() + entry.shape()))
                .containsExactly("W1[6, 3]", "b1[1, 3]", "W2[3, 2]", "b2[1, 2]");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(written(model(Precision.FLOAT32)));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ModelFile.read(cut))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("cut");
        }
        Path longer = Files.write(folder.resolve("longer"), Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> ModelFile.read(longer)).hasMessageContaining("appended");
    }

    @Test
    void everyFlippedBitIsRefusedOrHarmless() throws IOException {
        SavedModel model = model(Precision.FLOAT32);
        byte[] whole = Files.readAllBytes(written(model));
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            Path file = Files.write(folder.resolve("damaged"), damaged);
            try {
                // a changed class name or origin cannot be told from a right one; the numbers always can
                assertThat(ModelFile.read(file).parameters().sha256())
                        .as("byte %d", i)
                        .isEqualTo(model.parameters().sha256());
            } catch (DataException refused) {
                assertThat(refused).hasMessageContaining("found:").hasMessageContaining("expected:");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "dtype":"F32"            | "dtype":"F31"                     | one of F64
            "dtype":"F32"            | "dtype":"F16"                     | data_offsets
            "shape":[6,3]            | "shape":[6,-3]                    | integers from 0
            "shape":[6,3]            | "shape":[6,3.0]                   | integers from 0
            "shape":[6,3]            | "shape":[18]                      | W1 F32 [6, 3]
            "shape":[6,3]            | "shape":[3,6]                     | W1 F32 [6, 3]
            "shape":[6,3]            | "shape":[1,1,1,1,1,1,1,6,3]       | rank 0 to 8
            "shape":[6,3]            | "shape":[999999999999,999999999999] | fewer than 2^63
            "data_offsets":[0,72]    | "data_offsets":[0,71]             | 72 bytes
            "data_offsets":[0,72]    | "data_offsets":[72,0]             | 72 bytes
            "data_offsets":[72,84]   | "data_offsets":[60,72]            | no hole and no overlap
            "data_offsets":[72,84]   | "data_offsets":[72,9]             | 12 bytes
            "b1":{                   | "W1":{                            | again
            "b1":{                   | "bias":{                          | no b1 F32
            "inputs":"6"             | "inputs":"5"                      | 5
            "inputs":"6"             | "inputs":"-6"                     | -6
            dense 3 xavier           | dense 4 xavier                    | [6, 4]
            dense 3 xavier, relu     | dense 3 xavier, rleu              | did you mean relu
            softmax-cross-entropy    | softmax-cross                     | unknown loss
            "image_rows":"2"         | "image_rows":"4"                  | do not fit
            pixels/255               | pixels/256                        | pixels/255
            badak-model-1            | badak-model-2                     | badak-model-1
            "seed":"-7"              | "seed":7                          | a string
            __metadata__             | metadata                          | dtype
            """)
    void changedHeaderIsRefusedWithTheReason(String from, String to, String reason) throws IOException {
        Path file = edited(header -> {
            assertThat(header).contains(from);
            return header.replaceFirst(
                    java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to));
        });
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("remedy:");
    }

    @Test
    void headerLengthIsCheckedBeforeMemoryIsTaken() throws IOException {
        byte[] whole = Files.readAllBytes(written(model(Precision.FLOAT32)));
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, Integer.MAX_VALUE, 0, 1}) {
            ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            Path file = Files.write(folder.resolve("length"), whole);
            assertThatThrownBy(() -> ModelFile.read(file))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("header length of " + Long.toUnsignedString(length));
        }
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedWithTheirPlace() throws IOException {
        SavedModel model = model(Precision.FLOAT64);
        model.parameters().tensor("W2").set(2, 1, Double.NaN);
        Path file = written(model);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("W2")
                .hasMessageContaining("row 2, column 1")
                .hasMessageContaining("NaN");
    }

    @Test
    void missingFilesAndFoldersAreToldApart() {
        assertThatThrownBy(() -> ModelFile.read(folder.resolve("none"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> ModelFile.read(folder)).hasMessageContaining("a folder");
    }

    /// A model with another header, and the hash of that.
    private Path edited(UnaryOperator<String> edit) throws IOException {
        byte[] whole = Files.readAllBytes(written(model(Precision.FLOAT32)));
        int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String text = edit.apply(new String(whole, 8, length, StandardCharsets.UTF_8).strip());
        String member = "\"" + TensorFile.CONTENT_HASH + "\":\"";
        MessageDigest digest = Digests.sha256();
        digest.update(text.replaceFirst(member + "[0-9a-f]*", member).getBytes(StandardCharsets.UTF_8));
        digest.update(whole, 8 + length, whole.length - 8 - length);
        byte[] header = text.replaceFirst(member + "[0-9a-f]*", member + Digests.hexadecimal(digest))
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer result =
                ByteBuffer.allocate(whole.length - length + header.length).order(ByteOrder.LITTLE_ENDIAN);
        result.putLong(header.length).put(header).put(whole, 8 + length, whole.length - 8 - length);
        return Files.write(folder.resolve("edited"), result.array());
    }

    private Path written(SavedModel model) throws IOException {
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model);
        return file;
    }

    private static SavedModel model(Precision precision) {
        return new SavedModel(
                NETWORK,
                NETWORK.initialise(precision, 1),
                2,
                3,
                List.of("T-shirt, \"top\"", "\uBC14\uC9C0"),
                -7,
                600,
                Map.of("data", "mnist"));
    }
}
