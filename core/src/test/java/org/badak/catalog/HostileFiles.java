package org.badak.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;

/// Files made by hand to hurt whoever reads them as a model: a table of what each is, how it is made, and what its
/// refusal must say.
final class HostileFiles {
    private static final Network NETWORK = Network.of(
            64,
            new SoftmaxCrossEntropy(),
            new Dense(64, new Initialisation.Xavier()),
            new Relu(),
            new Dense(10, new Initialisation.Xavier()));
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private final List<HostileFile> files = new ArrayList<>();
    private final byte[] model;

    /// One line of the table.
    ///
    /// @param name what it is
    /// @param content its bytes
    /// @param told what the message must contain
    record HostileFile(String name, byte[] content, List<String> told) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// A model of about 20 kB that can be read.
    static byte[] model() throws IOException {
        Path file = Files.createTempFile("badak", ".safetensors");
        try {
            ModelFile.write(
                    file,
                    new SavedModel(
                            NETWORK,
                            NETWORK.initialise(Precision.FLOAT32, 1),
                            8,
                            8,
                            CLASSES,
                            1,
                            100,
                            Map.of("data", "digits")));
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static List<HostileFile> all() throws IOException {
        byte[] model = model();
        List<HostileFile> all = new ArrayList<>(new HostileFiles(model).files);
        all.addAll(GreedyFiles.all(model));
        return all;
    }

    private HostileFiles(byte[] model) throws IOException {
        this.model = model;
        otherContent();
        lengths();
        json();
        encodings();
        tensors();
        ranges();
        architecture();
        layers();
        metadata();
        values();
    }

    private void add(String name, byte[] content, String... told) {
        files.add(new HostileFile(name, content, List.of(told)));
    }

    private void text(String name, String content, String... told) {
        add(name, content.getBytes(BYTES), told);
    }

    /// A file with everything right but what is changed.
    private void forged(String name, Consumer<Forgery> change, String... told) {
        Forgery forgery = new Forgery(model);
        change.accept(forgery);
        add(name, forgery.bytes(), told);
    }

    /// A file with this header and the model's data.
    private void header(String name, String header, String... told) {
        add(name, new Forgery(model).file(header), told);
    }

    /// A file with one word of the header replaced, the hash left as it was.
    private void replaced(String name, String from, String to, String... told) {
        Forgery forgery = new Forgery(model);
        String header = forgery.header();
        if (!header.contains(from)) {
            throw new IllegalStateException(name + ": nothing to replace: " + from);
        }
        int at = header.indexOf(from);
        add(name, forgery.file(header.substring(0, at) + to + header.substring(at + from.length())), told);
    }

    private void otherContent() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(model);
        }
        text("empty", "", "0 bytes");
        text("one byte", "{", "1 bytes");
        add("seven bytes", new byte[7], "7 bytes");
        add("a length alone", new byte[8], "8 bytes");
        add("nine bytes", new byte[9], "9 bytes");
        text("a web page", "<!DOCTYPE html><title>Sign in</title>", "header length");
        text("a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "header length");
        text("a zip archive", "PK\u0003\u0004 a model inside", "header length");
        text("a PNG image", "\u0089PNG\r\n\u001A\n and more", "header length");
        text("a pickle", "\u0080\u0004\u0095 c__builtin__\nexec\n(V1\ntR.", "header length");
        text("a Java object", "\u00AC\u00ED\u0000\u0005sr\u0000\u0011java.util.HashMap", "header length");
        text("JSON without a length", "{\"__metadata__\":{\"format\":\"badak-model-1\"}}", "header length");
        text("only text", "This is a model, believe me.", "header length");
        add("the model compressed", gzip.toByteArray(), "header length");
        add("zeros", new byte[20_000], "header length of 0");
        byte[] ones = new byte[20_000];
        Arrays.fill(ones, (byte) -1);
        add("ones", ones, "header length of 18446744073709551615");
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 4; i++) {
            byte[] noise = new byte[5000];
            random.nextBytes(noise);
            add("noise " + i, noise, "header length");
        }
        add("the header alone", Arrays.copyOf(model, length(model) + 8), "0 bytes of data", "cut off");
        add("twice the model", twice(), "bytes of data", "appended");
        add("one byte more", Arrays.copyOf(model, model.length + 1), "appended");
    }

    private byte[] twice() {
        byte[] both = Arrays.copyOf(model, 2 * model.length);
        System.arraycopy(model, 0, both, model.length, model.length);
        return both;
    }

    private static int length(byte[] model) {
        return Integer.reverseBytes(ByteBuffer.wrap(model).getInt());
    }

    private void lengths() {
        int right = length(model);
        Forgery forgery = new Forgery(model);
        byte[] header = forgery.header().getBytes(StandardCharsets.UTF_8);
        long[] wrong = {
            0,
            1,
            -1,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            1L << 31,
            1L << 32,
            1L << 40,
            100_000_001,
            model.length - 7,
            Long.reverseBytes(right)
        };
        for (long length : wrong) {
            add(
                    "header length " + Long.toUnsignedString(length),
                    Forgery.file(length, header, forgery.data()),
                    "offset 0",
                    "header length of " + Long.toUnsignedString(length));
        }
        add("header length 2", Forgery.file(2, header, forgery.data()), "header", "character 2");
        add("header length one too small", Forgery.file(header.length - 1, header, forgery.data()), "header");
        add("header length one too large", Forgery.file(header.length + 1, header, forgery.data()), "header");
        add("header length up to the end", Forgery.file(model.length - 8, header, forgery.data()), "header");
    }

    private void json() {
        header("an array", "[]", "the byte 5b", "{");
        header("a string", "\"model\"", "the byte 22");
        header("a blank first", " {}", "the byte 20");
        header("a byte order mark first", "\uFEFF{}", "the byte ef");
        header("nothing in it", "{}", "bytes of data");
        header("not closed", "{ ", "header", "the end of the text");
        header("no colon", "{\"a\" 1}", "header", "expected :");
        header("a comma too many", "{\"a\":{},}", "header", "member name");
        header("a comment", "{/* hi */}", "header", "member name");
        header("single quotes", "{'a':1}", "header", "member name");
        header("a name without quotes", "{a:1}", "header", "member name");
        header("not a number", "{\"a\":NaN}", "header", "expected a value");
        header("infinity", "{\"a\":Infinity}", "header", "expected a value");
        header("a hexadecimal number", "{\"a\":0x10}", "header");
        header("a number with a zero first", "{\"a\":01}", "header");
        header("a number with a plus", "{\"a\":+1}", "header", "expected a value");
        header("a number that ends in a point", "{\"a\":1.}", "header", "expected a digit");
        header("an escape that is none", "{\"\\x41\":1}", "header", "behind a backslash");
        header("half an escape", "{\"\\u12G4\":1}", "header", "hexadecimal");
        header("a line feed in a string", "{\"a\nb\":1}", "header", "control character");
        header("text behind it", "{}{}", "header", "expected the end of the text");
        header("a zero byte behind it", "{}\u0000", "header", "expected the end of the text");
        header("33 levels", "{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}", "header", "at most 32 levels");
        header("10,000 levels of arrays", "{\"a\":" + "[".repeat(10_000), "header", "at most 32 levels");
        header("10,000 levels of objects", "{\"a\":".repeat(10_000), "header", "at most 32 levels");
        header("20,001 elements", "{\"a\":[" + "1,".repeat(20_000) + "1]}", "header", "at most 20000 entries");
        header("20,001 members", members(20_001, ":1"), "header", "at most 20000 entries");
        header("a name twice", "{\"a\":1,\"a\":1}", "header", "again");
        header("a name twice, once escaped", "{\"a\":1,\"\\u0061\":1}", "header", "again");
        header("the metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", "header", "again");
        header("a number of a million digits", "{\"a\":" + "9".repeat(1_000_000) + "}", "header, a");
        header("a name of a million letters", "{\"" + "a".repeat(1_000_000) + "\":1}", "header");
        replaced("a member of a tensor twice", "\"dtype\":\"F32\"", "\"dtype\":\"F32\",\"dtype\":\"F32\"", "again");
        replaced("a tab to pad", "}}", "}}\t", "content_sha256");
        replaced("a name written in another way", "\"seed\"", "\"\\u0073eed\"", "content_sha256");
        replaced(
                "the hash written in another way", "\"content_sha256\":\"", "\"content_sha256\" :\"", "content_sha256");
    }

    private static String members(int count, String value) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "\"" : ",\"").append(i).append('"').append(value);
        }
        return text.append('}').toString();
    }

    private void encodings() {
        String[][] wrong = {
            {"a byte that UTF-8 has not", "\u00FF"},
            {"an overlong zero", "\u00C0\u0080"},
            {"a surrogate", "\u00ED\u00A0\u0080"},
            {"a code point above the last", "\u00F5\u0080\u0080\u0080"},
            {"a continuation alone", "\u0080"},
            {"half a character", "\u00E2\u0082"}
        };
        for (String[] each : wrong) {
            byte[] header = ("{\"" + each[1] + "\":1}").getBytes(BYTES);
            add("UTF-8: " + each[0], new Forgery(model).file(header), "header", "UTF-8");
        }
        byte[] end = "{}\u00E2".getBytes(BYTES);
        add("UTF-8: cut off at the end", new Forgery(model).file(end), "offset 10", "UTF-8");
        add("UTF-16", new Forgery(model).file("{}".getBytes(StandardCharsets.UTF_16LE)), "header");
    }

    private void tensors() {
        String right = "\"dtype\":\"F32\"";
        String[][] wrong = {
            {"an unknown type", right, "\"dtype\":\"F8_E4M3\"", "W1, dtype", "F8_E4M3"},
            {"a type in small letters", right, "\"dtype\":\"f32\"", "W1, dtype", "f32"},
            {"a type of nothing", right, "\"dtype\":\"\"", "W1, dtype"},
            {"a class as type", right, "\"dtype\":\"java.lang.Runtime\"", "W1, dtype", "java.lang.Runtime"},
            {"a type that is a number", right, "\"dtype\":32", "header, W1"},
            {"a type that is null", right, "\"dtype\":null", "header, W1"},
            {"no type", right + ",", "", "header, W1"},
            {"one member more", right, right + ",\"strides\":[1]", "header, W1"},
            {"no shape", "\"shape\":[64,64],", "", "header, W1"},
            {"a shape that is a number", "[64,64]", "4096", "header, W1"},
            {"a shape that is a string", "[64,64]", "\"64x64\"", "header, W1"},
            {"a shape that is null", "[64,64]", "null", "header, W1"},
            {"a negative size", "[64,64]", "[-64,-64]", "W1, shape", "-64"},
            {"a negative zero", "[64,64]", "[64,-0]", "W1, shape", "-0"},
            {"a size with a point", "[64,64]", "[64.0,64]", "W1, shape", "64.0"},
            {"a size with an exponent", "[64,64]", "[6.4e1,64]", "W1, shape", "6.4e1"},
            {"a size that is a string", "[64,64]", "[\"64\",64]", "W1, shape", "\"64\""},
            {"a size that is an array", "[64,64]", "[[64],64]", "W1, shape", "[64]"},
            {"a size of 10^19", "[64,64]", "[10000000000000000000]", "W1, shape", "10000000000000000000"},
            {"a size of 2^64 + 64", "[64,64]", "[18446744073709551680,64]", "W1, shape"},
            {"sizes of 10^9", "[64,64]", "[1000000000,1000000000]", "W1, data_offsets", "4000000000000000000 bytes"},
            {"sizes whose product overflows", "[64,64]", "[4294967296,4294967296]", "W1, shape", "2^63"},
            {"sizes whose bytes overflow", "[64,64]", "[4611686018427387]", "W1, data_offsets"},
            {"an overflow times zero", "[64,64]", "[999999999999999999,999999999999999999,0]", "W1, shape", "2^63"},
            {"nine dimensions", "[64,64]", "[1,1,1,1,1,1,1,64,64]", "W1, shape", "rank 9"},
            {"19,000 dimensions", "[64,64]", "[1" + ",1".repeat(18_999) + "]", "W1, shape", "rank 19000"},
            {"a size of zero", "[64,64]", "[0,64]", "W1, data_offsets", "0 bytes"},
        };
        for (String[] each : wrong) {
            forged("tensor: " + each[0], file -> file.tensor("W1", each[1], each[2]), from(each, 3));
        }
        for (String json : List.of("[]", "\"F32\"", "null", "7", "{}", "true")) {
            forged("tensor: " + json, file -> file.tensor("W1", json), "header, W1", json);
        }
    }

    private static String[] from(String[] all, int first) {
        return Arrays.copyOfRange(all, first, all.length);
    }

    private void ranges() {
        String right = "[0,16384]";
        String[][] wrong = {
            {"none", "\"data_offsets\":" + right, "\"data\":0", "header, W1"},
            {"one offset", right, "[16384]", "header, W1"},
            {"three offsets", right, "[0,0,16384]", "header, W1"},
            {"a string", right, "\"0-16384\"", "header, W1"},
            {"null", right, "null", "header, W1"},
            {"turned around", right, "[16384,0]", "W1, data_offsets", "16384 to 0"},
            {"negative", right, "[-16384,0]", "W1, data_offsets", "-16384"},
            {"with a point", right, "[0.0,16384]", "W1, data_offsets", "0.0"},
            {"one byte short", right, "[0,16383]", "W1, data_offsets", "16384 bytes"},
            {"one byte long", right, "[0,16385]", "W1, data_offsets", "16384 bytes"},
            {"beyond the file", right, "[999999983616,1000000000000]", "data_offsets", "no hole and no overlap"},
            {"of 10^18", right, "[999999999999983615,999999999999999999]", "data_offsets"},
            {"of 2^63", right, "[9223372036854759424,9223372036854775808]", "W1, data_offsets"},
            {"overlapping the next", right, "[16,16400]", "data_offsets", "no hole and no overlap"},
            {"not from the beginning", right, "[256,16640]", "data_offsets", "no hole and no overlap"},
        };
        for (String[] each : wrong) {
            forged("range: " + each[0], file -> file.tensor("W1", each[1], each[2]), from(each, 3));
        }
        forged(
                "range: one in the end of another",
                file -> file.tensor("b1", "[16384,16640]", "[16128,16384]")
                        .tensor("W2", "[16640,19200]", "[16384,18944]")
                        .tensor("b2", "[19200,19240]", "[18944,18984]")
                        .dataLength(18_984),
                "b1, data_offsets",
                "no hole and no overlap");
        forged("range: two tensors in one place", file -> file.tensor("b2", "[19200,19240]", "[16384,16424]"), "b");
        forged(
                "range: a hole",
                file -> file.tensor("b2", "[19200,19240]", "[19204,19244]").dataLength(file.dataLength() + 4),
                "b2, data_offsets",
                "no hole and no overlap");
        forged("range: data behind the last", file -> file.dataLength(file.dataLength() + 4), "bytes of data");
        forged("range: data cut off", file -> file.dataLength(file.dataLength() - 4), "bytes of data", "cut off");
        forged("range: no data", file -> file.dataLength(0), "0 bytes of data", "cut off");
    }

    private void architecture() {
        String empty = "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
        forged("names: one missing", file -> file.renamed("b1", "c1"), "no b1 F32 [1, 64]");
        forged("names: in small letters", file -> file.renamed("W1", "w1"), "no W1 F32 [64, 64]");
        forged("names: empty", file -> file.renamed("W1", ""), "no W1 F32 [64, 64]");
        forged("names: a path", file -> file.renamed("W1", "../../../etc/passwd"), "no W1 F32 [64, 64]");
        forged("names: with a zero behind", file -> file.renamed("W1", "W1\u0000"), "no W1 F32 [64, 64]");
        forged(
                "names: two exchanged",
                file -> file.renamed("W1", "x").renamed("W2", "W1").renamed("x", "W2"),
                "W1");
        forged("names: one more", file -> file.tensor("W3", empty), "W3 F32 [0] as well");
        forged("names: a thousand more", HostileFiles::crowded, "as well");
        forged("names: none", HostileFiles::bare, "no W1 F32 [64, 64]", "no tensor");
        forged("shape: flat", file -> file.tensor("W1", "[64,64]", "[4096]"), "no W1 F32 [64, 64]");
        forged("shape: of rank 3", file -> file.tensor("W1", "[64,64]", "[64,8,8]"), "no W1 F32 [64, 64]");
        forged("shape: turned", file -> file.tensor("W2", "[64,10]", "[10,64]"), "no W2 F32 [64, 10]");
        forged("shape: a number alone", HostileFiles::scalar, "b2");
        forged("type: integers", file -> file.tensor("W1", "F32", "I32"), "no W1 F32 [64, 64]", "W1 I32");
        forged(
                "type: float64",
                file -> file.tensor("W1", "F32", "F64").tensor("W1", "[64,64]", "[64,32]"),
                "no W1 F32");
        forged("type: float16", file -> file.tensor("W1", "F32", "F16").tensor("W1", "[64,64]", "[64,128]"), "W1 F16");
        forged("type: bfloat16", file -> file.tensor("W1", "F32", "BF16").tensor("W1", "[64,64]", "[128,64]"), "BF16");
        forged(
                "type: truth values",
                file -> file.tensor("b1", "F32", "BOOL").tensor("b1", "[1,64]", "[1,256]"),
                "b1 BOOL");
    }

    private static void crowded(Forgery file) {
        for (int i = 0; i < 1000; i++) {
            file.tensor("X" + i, "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
    }

    private static void bare(Forgery file) {
        for (String name : List.of("W1", "b1", "W2", "b2")) {
            file.withoutTensor(name);
        }
        file.dataLength(0);
    }

    private static void scalar(Forgery file) {
        file.tensor("b2", "[1,10]", "[]").tensor("b2", "19240", "19204").dataLength(19_204);
    }

    private void layers() {
        String[][] wrong = {
            {"", "layer"},
            {",", "layer"},
            {"dense", "dense"},
            {"dense 0 xavier", "units must be at least 1, found 0"},
            {"dense -64 xavier", "found -64"},
            {"dense 64.5 xavier", "64.5"},
            {"dense NaN xavier", "NaN"},
            {"dense 99999999999 xavier", "99999999999"},
            {"dense 64 64 xavier", "dense 64 64"},
            {"dense 64", "no initialisation"},
            {"dense 64 normal:NaN", "standard deviation"},
            {"dense 64 normal:-1", "standard deviation"},
            {"dense 64 xavier, relu, dense 1000000000 xavier", "layer 2 (dense)", "W2 of 64 x 1000000000"},
            {"dense 1000000 xavier, relu, dense 10 xavier", "no W1 F32 [64, 1000000]"},
            {"dense 1000000000 xavier, relu, dense 10 xavier", "layer 0 (dense)", "W1 of 64 x 1000000000"},
            {"dense 2147483647 xavier, dense 10 xavier", ""},
            {"dense 64 xavier, relu, dense 11 xavier", "[64, 11]"},
            {"dense 64 xavier, relu, dense 10 xavier, dense 10 xavier", "no W3 F32 [10, 10]"},
            {"dens 64 xavier", "did you mean dense?"},
            {"org.badak.layer.Dense 64", "unknown layer"},
            {"java.lang.ProcessBuilder", "unknown layer"},
            {"${jndi:ldap://example.org/a}", "unknown layer"},
            {"\uD800 64", "unknown layer"},
            {"conv 1000000 1000 xavier", ""},
            {"conv 1 2147483647 xavier", ""},
            {"conv 2147483647 1 xavier", ""},
            {"conv 4 3 stride:0 xavier", "stride"},
            {"conv 4 3 padding:-1 xavier", "padding"},
            {"maxpool 2147483647", ""},
            {"avgpool 0", ""},
            {"dropout 2", "dropout"},
            {"dropout NaN", "dropout"},
            {"batchnorm NaN NaN", "batch"},
            {"layernorm -1", "layernorm"},
            {"leaky-relu:x", "leaky-relu"},
            {"residual-start", "residual-end"},
            {"residual-end", "residual-start"},
            {"relu,".repeat(100_000), "more than 1000 layers"},
            {"silu,".repeat(999) + "silu", "W1 F32"},
            {"dense 64 xavier " + "x:1 ".repeat(10_000), "more than 20 words"},
        };
        for (String[] each : wrong) {
            String name = each[0].length() > 60 ? each[0].substring(0, 60) + "..." : each[0];
            forged("layers: " + name, file -> file.with("layers", each[0]), from(each, 1));
        }
    }

    private void metadata() {
        for (String name : List.of(
                "format",
                "inputs",
                "layers",
                "loss",
                "precision",
                "image_rows",
                "image_columns",
                "normalisation",
                "classes",
                "seed",
                "step",
                "parameters_sha256",
                "content_sha256")) {
            forged("metadata: no " + name, file -> file.without(name), "metadata, " + name, "nothing");
        }
        String[][] wrong = {
            {"format", "badak-model-2", "badak-model-2"},
            {"format", "", "format"},
            {"inputs", "0", "found 0"},
            {"inputs", "-1", "found -1"},
            {"inputs", "1e9", "1e9"},
            {"inputs", "", "shape"},
            {"inputs", "65", "65"},
            {"inputs", "1000000000", "1000000000"},
            {"inputs", "2147483647", "2147483647"},
            {"inputs", "99999999999", "99999999999"},
            {"inputs", "46341x46341x1", "46341"},
            {"inputs", "1x8x8x1", "1x8x8x1"},
            {"loss", "cross", "unknown loss"},
            {"loss", "weighted-cross-entropy:NaN", "weighted-cross-entropy"},
            {"loss", "weighted-cross-entropy:1,2", "weighted-cross-entropy"},
            {"loss", "huber:-1", "huber"},
            {"loss", "smoothed-cross-entropy:2", "smooth"},
            {"precision", "F16", "precision", "F16"},
            {"precision", "", "precision"},
            {"image_rows", "9", "do not fit"},
            {"image_rows", "-8", "image_rows", "-8"},
            {"image_rows", "8.0", "image_rows", "8.0"},
            {"image_rows", "4294967304", "image_rows"},
            {"image_columns", "NaN", "image_columns", "NaN"},
            {"normalisation", "pixels/256", "normalisation", "pixels/256"},
            {"normalisation", "none", "example_shape"},
            {"normalisation", "table", "metadata, table", "nothing"},
            {"classes", "zero, one", "classes"},
            {"classes", "{}", "classes"},
            {"classes", "[\"0\",\"1\"]", "2 class names"},
            {"classes", "[".repeat(10_000), "classes", "at most 32 levels"},
            {"seed", "one", "seed", "one"},
            {"seed", "99999999999999999999", "seed"},
            {"step", "1.5", "step", "1.5"},
            {"step", "-1", "step", "-1"},
            {"parameters_sha256", "", "parameters_sha256"},
            {"parameters_sha256", "0".repeat(64), "parameters_sha256", "0000"},
            {"content_sha256", "", "content_sha256"},
            {"content_sha256", "f".repeat(64), "content_sha256", "ffff"},
        };
        for (String[] each : wrong) {
            String name =
                    "metadata: " + each[0] + " " + (each[1].length() > 40 ? each[1].substring(0, 40) + "..." : each[1]);
            forged(name, file -> file.with(each[0], each[1]), from(each, 2));
        }
        for (String json : List.of("null", "7", "[]", "{\"a\":\"b\"}", "true")) {
            forged("metadata: seed of " + json, file -> file.withJson("seed", json), "__metadata__.seed", "a string");
        }
        for (String json : List.of("null", "[]", "\"badak\"", "1")) {
            header("metadata: " + json, "{\"__metadata__\":" + json + "}", "__metadata__", "an object of strings");
        }
        forged(
                "metadata: a table that is none",
                file -> file.with("normalisation", "table").with("table", "[1]"),
                "metadata, table",
                "a JSON object");
        forged(
                "metadata: an example shape that lies",
                file -> file.with("normalisation", "none").with("example_shape", "2000000000x1x1"),
                "do not fit");
        forged(
                "metadata: images of 2^64 pixels",
                file -> file.with("image_rows", "2147483647").with("image_columns", "2147483647"),
                "do not fit");
    }

    private void values() {
        float signalling = Float.intBitsToFloat(0x7F80_0001);
        forged("value: NaN first", file -> file.number(0, Float.NaN), "W1", "row 0, column 0", "NaN");
        forged("value: another NaN", file -> file.number(4, signalling), "W1", "row 0, column 1", "NaN");
        forged("value: infinite", file -> file.number(16_384, Float.POSITIVE_INFINITY), "b1", "column 0", "Infinity");
        forged("value: minus infinite", file -> file.number(16_640, Float.NEGATIVE_INFINITY), "W2", "-Infinity");
        forged("value: NaN last", file -> file.number(19_236, Float.NaN), "b2", "row 0, column 9", "NaN");
        forged("value: another number", file -> file.number(100, 0.5f), "parameters_sha256");
    }
}
