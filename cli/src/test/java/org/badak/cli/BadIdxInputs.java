package org.badak.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.badak.data.IdxFile;
import org.badak.data.ImageDataset;

/// IDX files and gzip, one file of four broken.
final class BadIdxInputs {
    private static final String TRAIN = "train --data @";
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";
    private static final int COUNT = 6;
    private static final int SIDE = 4;

    private BadIdxInputs() {}

    static List<BadInput> all() throws IOException {
        return List.of(
                images("idx-empty", new byte[0]),
                images("idx-three-bytes", new byte[] {0, 0, 8}),
                images("idx-wrong-magic", bytes("\u007FELF", 64)),
                images("idx-web-page", "<!DOCTYPE html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8)),
                images(
                        "idx-git-lfs-pointer",
                        "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)),
                images("idx-numpy-array", bytes("\u0093NUMPY", 64)),
                images("idx-type-unknown", header(0x0A, COUNT, SIDE, SIDE)),
                images("idx-type-unsupported", array(0x0D, 4, COUNT, SIDE, SIDE), BadIdxInputs::pair),
                images("idx-header-cut-off", Arrays.copyOf(header(8, COUNT, SIDE, SIDE), 13)),
                images("idx-fewer-bytes-than-counted", Arrays.copyOf(pictures(), 16 + 50)),
                images("idx-trailing-bytes", Arrays.copyOf(pictures(), pictures().length + 3)),
                images("idx-sizes-overflow", header(8, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)),
                images("idx-size-negative", header(8, COUNT, -4, SIDE)),
                images("idx-no-images", header(8, 0, SIDE, SIDE), BadIdxInputs::pair),
                images("idx-more-images-than-labels", array(8, 1, COUNT + 1, SIDE, SIDE), BadIdxInputs::pair),
                images("idx-labels-in-place-of-images", labels(0, 1, 2, 3, 4, 5), BadIdxInputs::pair),
                BadInput.of(
                        "idx-label-out-of-range",
                        TRAIN,
                        folder -> {
                            good(folder);
                            BadInput.write(folder.resolve(LABELS), labels(0, 1, 2, 10, 4, 5));
                        },
                        BadIdxInputs::pair),
                BadInput.of(
                        "idx-label-negative", // -1 as a byte
                        TRAIN,
                        folder -> {
                            good(folder);
                            BadInput.write(folder.resolve(LABELS), labels(0, 1, 2, -1, 4, 5));
                        },
                        BadIdxInputs::pair),
                gzip("gzip-in-gzip", BadInput.gzip(BadInput.gzip(pictures()))),
                gzip("gzip-cut-off", Arrays.copyOf(BadInput.gzip(pictures()), 20)),
                gzip("gzip-checksum-wrong", changed(BadInput.gzip(pictures()), -8)),
                gzip("gzip-length-wrong", changed(BadInput.gzip(pictures()), -4)),
                gzip("gzip-data-damaged", changed(BadInput.gzip(pictures()), 10)),
                gzip("gzip-trailing-bytes", Arrays.copyOf(BadInput.gzip(pictures()), 200)),
                gzip("gzip-bomb-behind-the-images", BadInput.gzip(pictures(), 1024)),
                gzip("gzip-bomb-that-is-promised", bomb()),
                gzip("gzip-promise-impossible", BadInput.gzip(header(8, 100_000, 100, 100))));
    }

    private static BadInput images(String name, byte[] content) {
        return images(name, content, folder -> IdxFile.read(folder.resolve(IMAGES)));
    }

    private static BadInput images(String name, byte[] content, BadInput.Step reading) {
        return BadInput.of(
                name,
                TRAIN,
                folder -> {
                    good(folder);
                    BadInput.write(folder.resolve(IMAGES), content);
                },
                reading);
    }

    private static BadInput gzip(String name, byte[] content) {
        return BadInput.of(
                name,
                TRAIN,
                folder -> {
                    good(folder);
                    Files.delete(folder.resolve(IMAGES));
                    BadInput.write(folder.resolve(IMAGES + ".gz"), content);
                },
                folder -> IdxFile.read(folder.resolve(IMAGES + ".gz")));
    }

    private static void pair(Path folder) {
        ImageDataset.read("mnist train", folder.resolve(IMAGES), folder.resolve(LABELS), 10);
    }

    /// Four files that can be used.
    static void good(Path folder) throws IOException {
        for (String half : List.of("train", "t10k")) {
            BadInput.write(folder.resolve(half + "-images-idx3-ubyte"), pictures());
            BadInput.write(folder.resolve(half + "-labels-idx1-ubyte"), labels(0, 1, 2, 3, 4, 5));
        }
    }

    static byte[] pictures() {
        return array(8, 1, COUNT, SIDE, SIDE);
    }

    private static byte[] labels(int... labels) {
        byte[] bytes = Arrays.copyOf(header(8, labels.length), 8 + labels.length);
        for (int i = 0; i < labels.length; i++) {
            bytes[8 + i] = (byte) labels[i];
        }
        return bytes;
    }

    /// An array of zeros.
    private static byte[] array(int type, int width, int... shape) {
        byte[] header = header(type, shape);
        int size = width;
        for (int each : shape) {
            size *= each;
        }
        return Arrays.copyOf(header, header.length + size);
    }

    private static byte[] header(int type, int... shape) {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
        header.put((byte) 0).put((byte) 0).put((byte) type).put((byte) shape.length);
        for (int each : shape) {
            header.putInt(each);
        }
        return header.array();
    }

    /// 1 GB of black pixels, as the header says, in a megabyte.
    private static byte[] bomb() throws IOException {
        return BadInput.gzip(header(8, 1 << 20, 32, 32), 1024);
    }

    private static byte[] bytes(String start, int length) {
        return Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), length);
    }

    private static byte[] changed(byte[] content, int at) {
        content[at < 0 ? content.length + at : at] ^= (byte) 0x55;
        return content;
    }
}
