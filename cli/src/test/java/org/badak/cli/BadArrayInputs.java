package org.badak.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.badak.data.ArrayData;
import org.badak.data.NpyArray;
import org.badak.data.NpyFile;
import org.badak.data.NpyType;
import org.badak.data.NpzFile;

/// NPY and NPZ files that NumPy would not have written, or not for this.
final class BadArrayInputs {
    private static final String LITTLE = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    private static final byte[] NUMBERS = new byte[24];
    private static final NpyArray TWO = NpyArray.of(new int[] {0, 1}, 2);

    private BadArrayInputs() {}

    static List<BadInput> all() throws IOException {
        return List.of(
                array("npy-empty", new byte[0]),
                array("npy-wrong-magic", "1.0 2.0 3.0\n".getBytes(StandardCharsets.UTF_8)),
                array("npy-version-unknown", changed(npy(LITTLE, NUMBERS), 6, 9)),
                array("npy-header-of-4-gigabytes", hugeHeader()),
                array("npy-header-cut-off", Arrays.copyOf(npy(LITTLE, NUMBERS), 40)),
                array("npy-objects", npy(LITTLE.replace("<f4", "|O"), NUMBERS)),
                array("npy-texts", npy(LITTLE.replace("<f4", "<U4"), NUMBERS)),
                array("npy-records", npy(LITTLE.replace("'<f4'", "[('x', '<f4')]"), NUMBERS)),
                array("npy-complex", npy(LITTLE.replace("<f4", "<c8"), NUMBERS)),
                array("npy-code-in-header", npy(LITTLE.replace("False", "exit()"), NUMBERS)),
                array("npy-key-missing", npy("{'descr': '<f4', 'shape': (6,), }", NUMBERS)),
                array("npy-shape-negative", npy(LITTLE.replace("(2, 3)", "(-2, 3)"), NUMBERS)),
                array("npy-shape-overflows", npy(LITTLE.replace("(2, 3)", "(2000000000, 2000000000)"), NUMBERS)),
                array("npy-shape-of-4-gigabytes", npy(LITTLE.replace("(2, 3)", "(1000000000,)"), NUMBERS)),
                array("npy-data-cut-off", npy(LITTLE, new byte[23])),
                array("npy-trailing-bytes", npy(LITTLE, new byte[25])),
                BadInput.of(
                        "npy-without-labels",
                        "train --data @/x.npy",
                        folder -> NpyFile.write(folder.resolve("x.npy"), points(10))),
                pair("npy-counts-differ", points(10), NpyArray.of(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0}, 9)),
                pair("npy-label-fraction", points(4), NpyArray.of(new float[] {0, 1, 2.5f, 1}, 4)),
                pair("npy-label-nan", points(4), NpyArray.of(new float[] {0, 1, Float.NaN, 1}, 4)),
                pair("npy-label-negative", points(4), NpyArray.of(new int[] {0, 1, -1, 1}, 4)),
                archive("npz-label-negative-in-training", unlabelled()),
                pair("npy-label-one-class", points(4), NpyArray.of(new int[4], 4)),
                pair("npy-feature-nan", NpyArray.of(new float[] {0, 1, Float.NaN, 1}, 2, 2), TWO),
                pair("npy-feature-infinite", infinite(), TWO),
                pair("npy-no-examples", NpyArray.of(new float[0], 0, 2), NpyArray.of(new int[0], 0)),
                pair(
                        "npy-shape-not-known",
                        NpyArray.of(new float[8], 8),
                        NpyArray.of(new int[] {0, 1, 0, 1, 0, 1, 0, 1}, 8)),
                archive("npz-names-not-known", Map.of("a", points(4), "b", NpyArray.of(new int[] {0, 1, 0, 1}, 4))),
                archive("npz-class-absent-from-training", parts(2)),
                archive("npz-label-negative-in-test", parts(-1)),
                BadInput.of(
                        "npz-too-few-to-divide",
                        "train --data @/data.npz --test-fraction 0.01",
                        folder -> NpzFile.write(
                                folder.resolve("data.npz"),
                                Map.of("X", points(4), "y", NpyArray.of(new int[] {0, 1, 0, 1}, 4)))),
                npz("npz-empty", new byte[0]),
                npz("npz-no-zip", "PK, but no more".getBytes(StandardCharsets.UTF_8)),
                npz("npz-cut-off", Arrays.copyOf(zip("X.npy"), 150)),
                npz("npz-bytes-changed", changed(zip("X.npy", "y.npy"), 60, 0xFF)),
                npz("npz-duplicates", renamed(zip("X.npy", "Y.npy"), "Y.npy", "X.npy")),
                npz("npz-overlap", overlapping()),
                npz("npz-name-with-folders", renamed(zip("X.npy", "aaX.npy"), "aaX", "../")),
                npz("npz-other-files", zip("notes.txt")),
                npz("npz-bomb", zipBomb()),
                BadInput.of("npy-predicted-with-more-features", "predict @models/points @/x.npy", folder -> {
                    NpyFile.write(folder.resolve("x.npy"), NpyArray.of(new float[6], 2, 3));
                }),
                BadInput.of("npy-predicted-with-another-normalisation", "predict @models/points @/x.npy", folder -> {
                    NpyFile.write(folder.resolve("x.npy"), new NpyArray(NpyType.UINT8, new int[] {1, 2}, new byte[2]));
                }),
                BadInput.of("npy-pixels-as-fractions", "predict @models/images @/x.npy", folder -> {
                    NpyFile.write(folder.resolve("x.npy"), NpyArray.of(new float[28 * 28], 1, 28, 28));
                }));
    }

    /// A file of x that is learned with y.
    private static BadInput array(String name, byte[] content) {
        return BadInput.of(
                name,
                "train --data @/x.npy --labels @/y.npy",
                folder -> {
                    BadInput.write(folder.resolve("x.npy"), content);
                    NpyFile.write(folder.resolve("y.npy"), TWO);
                },
                folder -> NpyFile.read(folder.resolve("x.npy")));
    }

    private static BadInput pair(String name, NpyArray x, NpyArray y) {
        return BadInput.of(
                name,
                "train --data @/x.npy --labels @/y.npy",
                folder -> {
                    NpyFile.write(folder.resolve("x.npy"), x);
                    NpyFile.write(folder.resolve("y.npy"), y);
                },
                folder -> ArrayData.read(folder.resolve("x.npy"), folder.resolve("y.npy")));
    }

    private static BadInput archive(String name, Map<String, NpyArray> arrays) {
        return BadInput.of(
                name,
                "train --data @/data.npz",
                folder -> NpzFile.write(folder.resolve("data.npz"), new TreeMap<>(arrays)),
                folder -> ArrayData.read(folder.resolve("data.npz")));
    }

    private static BadInput npz(String name, byte[] content) {
        return BadInput.of(
                name,
                "train --data @/data.npz",
                folder -> BadInput.write(folder.resolve("data.npz"), content),
                folder -> NpzFile.read(folder.resolve("data.npz")));
    }

    private static NpyArray infinite() {
        return NpyArray.of(new float[] {0, 1, Float.NEGATIVE_INFINITY, 1}, 2, 2);
    }

    /// Points of two classes, left and right of 0.
    static NpyArray points(int count) {
        float[] values = new float[2 * count];
        for (int i = 0; i < count; i++) {
            values[2 * i] = i % 2 == 0 ? -1 : 1;
            values[2 * i + 1] = i % 5 / 5f;
        }
        return NpyArray.of(values, count, 2);
    }

    /// A training part of the classes 0 and 1, and a test part with another label in it.
    private static Map<String, NpyArray> parts(int label) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x_train", points(4));
        arrays.put("y_train", NpyArray.of(new int[] {0, 1, 0, 1}, 4));
        arrays.put("x_test", points(2));
        arrays.put("y_test", NpyArray.of(new int[] {0, label}, 2));
        return arrays;
    }

    /// A training part of which two examples have no label, as scikit-learn marks them.
    private static Map<String, NpyArray> unlabelled() {
        Map<String, NpyArray> arrays = parts(1);
        arrays.put("y_train", NpyArray.of(new int[] {0, -1, 1, -1}, 4));
        return arrays;
    }

    private static byte[] npy(String literal, byte[] data) {
        byte[] text = (literal + " ".repeat(117 - literal.length()) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.putShort((short) text.length).put(text).put(data);
        return file.array();
    }

    /// The numbers 0 to 5 as (2, 3), most significant byte first, first index fastest.
    static byte[] bigEndianFortran() {
        ByteBuffer numbers = ByteBuffer.allocate(24);
        for (int i = 0; i < 6; i++) {
            numbers.putFloat(i);
        }
        return npy(LITTLE.replace("<f4", ">f4").replace("False", "True"), numbers.array());
    }

    private static byte[] hugeHeader() {
        return new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{', '}', '\n'};
    }

    private static byte[] changed(byte[] content, int at, int value) {
        content[at] = (byte) value;
        return content;
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(npy(LITTLE, NUMBERS));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] renamed(byte[] zip, String from, String to) {
        return new String(zip, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The first entry reaches into the second.
    private static byte[] overlapping() throws IOException {
        byte[] zip = zip("X.npy", "Y.npy");
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(zip.length - 6);
        bytes.putInt(directory + 20, bytes.getInt(directory + 20) + 20);
        return zip;
    }

    /// 256 MB of zeros in a quarter of a megabyte.
    private static byte[] zipBomb() throws IOException {
        String literal = "{'descr': '|u1', 'fortran_order': False, 'shape': (268435456,), }";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("X.npy"));
            zip.write(npy(literal, new byte[0]));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("y.npy"));
        }
        return bytes.toByteArray();
    }
}
