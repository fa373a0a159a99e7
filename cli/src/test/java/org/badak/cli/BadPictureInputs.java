package org.badak.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.badak.data.NpyArray;
import org.badak.data.NpyFile;
import org.badak.data.NpyType;
import org.badak.figure.PngReader;
import org.badak.testkit.SmallPng;

/// PNG files and folders of them.
final class BadPictureInputs {
    private static final int HEADER = 16; // where IHDR's data begin

    private BadPictureInputs() {}

    static List<BadInput> all() throws IOException {
        byte[] good = picture(28, 28);
        return List.of(
                BadInput.of("png-empty", "predict @models/images @/digit.png", folder -> {
                    BadInput.write(folder.resolve("digit.png"), new byte[0]);
                }),
                folder("png-that-is-a-jpeg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16}),
                picture("png-of-20000-by-20000", resized(good, 20_000, 20_000)),
                picture("png-of-no-pixels", resized(good, 0, 28)),
                picture("png-larger-than-its-pixels", resized(good, 28, 4000)),
                picture("png-cut-off", Arrays.copyOf(good, good.length - 20)),
                picture("png-start-alone", Arrays.copyOf(good, 8)),
                picture("png-checksum-wrong", changed(good, HEADER + 3, 27)),
                picture("png-pixels-damaged", pixelsChanged(good)),
                picture("png-depth-unknown", headed(good, 8, 5)),
                BadInput.of("png-of-another-size", "predict @models/images @/digit.png", folder -> {
                    BadInput.write(folder.resolve("digit.png"), picture(32, 20));
                }),
                BadInput.of("png-for-a-model-of-tables", "predict @models/table @/digit.png", folder -> {
                    BadInput.write(folder.resolve("digit.png"), good);
                }),
                BadInput.of("array-of-three-channels", "predict @models/images @/digit.npy", folder -> {
                    NpyFile.write(
                            folder.resolve("digit.npy"),
                            new NpyArray(NpyType.UINT8, new int[] {1, 28, 28, 3}, new byte[3 * 28 * 28]));
                }),
                folder("folder-of-sizes-that-differ", picture(20, 28)),
                BadInput.of("folder-of-one-class", "train --data @", folder -> {
                    BadInput.write(folder.resolve("one/1.png"), good);
                }),
                BadInput.of("folder-of-an-empty-class", "train --data @", folder -> {
                    BadInput.write(folder.resolve("one/1.png"), good);
                    Files.createDirectories(folder.resolve("two"));
                }),
                BadInput.of("folder-with-other-files", "train --data @", folder -> {
                    BadInput.write(folder.resolve("one/1.png"), good);
                    BadInput.write(folder.resolve("two/1.jpg"), good);
                }),
                BadInput.of("folder-with-a-class-to-test-alone", "train --data @", folder -> {
                    for (String name : List.of("train/one", "train/two", "test/one", "test/three")) {
                        BadInput.write(folder.resolve(name + "/1.png"), good);
                    }
                }));
    }

    /// A picture that can be read.
    static byte[] picture(int width, int height) {
        return SmallPng.of(width, height, SmallPng.Kind.GRAY, new byte[width * height]);
    }

    private static BadInput picture(String name, byte[] content) {
        return BadInput.of(
                name,
                "predict @models/images @/digit.png",
                folder -> BadInput.write(folder.resolve("digit.png"), content),
                folder -> PngReader.read(folder.resolve("digit.png")));
    }

    /// Two classes, one with another picture.
    private static BadInput folder(String name, byte[] content) {
        return BadInput.of(name, "train --data @", folder -> {
            BadInput.write(folder.resolve("one/1.png"), picture(28, 28));
            BadInput.write(folder.resolve("two/1.png"), content);
        });
    }

    private static byte[] resized(byte[] png, int width, int height) {
        byte[] other = png.clone();
        ByteBuffer.wrap(other).putInt(HEADER, width).putInt(HEADER + 4, height);
        return checked(other);
    }

    private static byte[] headed(byte[] png, int place, int value) {
        return checked(changed(png, HEADER + place, value));
    }

    private static byte[] changed(byte[] png, int at, int value) {
        byte[] other = png.clone();
        other[at] = (byte) value;
        return other;
    }

    /// The first chunk with the checksum of what it holds.
    private static byte[] checked(byte[] png) {
        return checked(png, HEADER - 4, 4 + 13);
    }

    private static byte[] checked(byte[] png, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(png, from, length);
        ByteBuffer.wrap(png).putInt(from + length, (int) crc.getValue());
        return png;
    }

    /// A picture whose compressed pixels are damaged, and whose checksum is that of the damage.
    private static byte[] pixelsChanged(byte[] png) {
        int type = new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT");
        int length = ByteBuffer.wrap(png).getInt(type - 4);
        return checked(changed(png, type + 6, 0xFF), type, 4 + length);
    }
}
