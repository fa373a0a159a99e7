package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures written by ImageIO, which shares no code with the reader.
class PngReaderTest {

    private static byte[] written(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    private static BufferedImage random(BufferedImage image) {
        Random random = new Random(3);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    private static int expected(int argb) {
        double alpha = (argb >>> 24) / 255.0;
        double level = 0.299 * (argb >> 16 & 255) + 0.587 * (argb >> 8 & 255) + 0.114 * (argb & 255);
        return (int) Math.round(alpha * level + 255 * (1 - alpha));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void colorTypesAreReadAsImageIoWroteThem(boolean interlaced) throws IOException {
        for (int[] size : new int[][] {{1, 1}, {3, 7}, {28, 28}, {33, 5}}) {
            for (int type :
                    new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED
                    }) {
                BufferedImage image = random(new BufferedImage(size[0], size[1], type));
                GrayImage read = PngReader.read("picture", written(image, interlaced));
                assertThat(read.width()).isEqualTo(size[0]);
                assertThat(read.height()).isEqualTo(size[1]);
                for (int y = 0; y < size[1]; y++) {
                    for (int x = 0; x < size[0]; x++) {
                        assertThat(read.at(x, y))
                                .isCloseTo(expected(image.getRGB(x, y)), org.assertj.core.data.Offset.offset(1));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16})
    void grayOfEveryDepthIsScaledTo255(int bits) throws IOException {
        int type = bits == 16 ? java.awt.image.DataBuffer.TYPE_USHORT : java.awt.image.DataBuffer.TYPE_BYTE;
        for (boolean interlaced : new boolean[] {false, true}) {
            BufferedImage image =
                    ImageTypeSpecifier.createGrayscale(bits, type, false).createBufferedImage(19, 11);
            Random random = new Random(bits);
            int most = (1 << bits) - 1;
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 19; x++) {
                    image.getRaster().setSample(x, y, 0, random.nextInt(most + 1));
                }
            }
            GrayImage read = PngReader.read("picture", written(image, interlaced));
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 19; x++) {
                    int sample = image.getRaster().getSample(x, y, 0);
                    assertThat(read.at(x, y)).isEqualTo((int) Math.round(255.0 * sample / most));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void palettesOfEveryDepthWithTransparencyAreLaidOverWhite(int bits) throws IOException {
        byte[] levels = new byte[1 << bits];
        byte[] alphas = new byte[1 << bits];
        new Random(1).nextBytes(levels);
        Arrays.fill(alphas, (byte) 255);
        alphas[0] = 0;
        IndexColorModel colors = new IndexColorModel(bits, levels.length, levels, levels, levels, alphas);
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(13, 9, type, colors);
        for (int i = 0; i < 13 * 9; i++) {
            image.getRaster().setSample(i % 13, i / 13, 0, i % levels.length);
        }
        GrayImage read = PngReader.read("picture", written(image, false));
        for (int i = 0; i < 13 * 9; i++) {
            int index = i % levels.length;
            assertThat(read.at(i % 13, i / 13)).isEqualTo(index == 0 ? 255 : levels[index] & 255);
        }
    }

    @Test
    void ownFilesAreReadBack() {
        Bitmap bitmap = new Bitmap(3, 2, new int[] {0, 0x808080, 0xFFFFFF, 0x010101, 0xFEFEFE, 0x7F7F7F});
        GrayImage read = PngReader.read("own", PngWriter.encode(bitmap));
        assertThat(read.pixels()).containsExactly(0, 0x80, 0xFF, 1, 0xFE, 0x7F);
        int[] colors = {0xFF0000, 0x00FF00, 0x0000FF, 0x123456};
        BufferedImage image = Examples.decoded(PngWriter.encode(new Bitmap(2, 2, colors)));
        for (int i = 0; i < 4; i++) {
            assertThat(image.getRGB(i % 2, i / 2) & 0xFFFFFF).isEqualTo(colors[i]);
        }
    }

    @Test
    void everyTruncationAndEveryChangedByteIsRefusedOrHarmless() {
        byte[] file = PngWriter.encode(new Bitmap(5, 4, new int[20]));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> PngReader.read("cut.png", cut))
                    .isInstanceOf(FigureException.class)
                    .hasMessageContaining("cut.png")
                    .hasMessageContaining("found")
                    .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("expected", "follow", "offset"));
        }
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 0x21;
            assertThatThrownBy(() -> PngReader.read("bad.png", changed)).isInstanceOf(FigureException.class);
        }
    }

    @Test
    void tooLargePicturesAreRefusedBeforeDecoding() {
        byte[] file = PngWriter.encode(new Bitmap(1, 1, new int[1]));
        for (int[] size : new int[][] {{4097, 1}, {1, 4097}, {Integer.MAX_VALUE, Integer.MAX_VALUE}, {-1, 1}, {0, 5}}) {
            byte[] large = file.clone();
            ByteBuffer buffer = ByteBuffer.wrap(large);
            buffer.putInt(16, size[0]).putInt(20, size[1]);
            CRC32 crc = new CRC32();
            crc.update(large, 12, 17);
            buffer.putInt(29, (int) crc.getValue());
            assertThatThrownBy(() -> PngReader.read("large.png", large))
                    .isInstanceOf(FigureException.class)
                    .hasMessageContaining(Integer.toUnsignedString(size[0]) + " × " + Integer.toUnsignedString(size[1]))
                    .hasMessageContaining("4096 × 4096");
        }
    }

    @Test
    void filesAreNamedInErrors(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> PngReader.read(folder.resolve("none.png")))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("none.png")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> PngReader.read(folder)).hasMessageContaining("folder");
        Path page = Files.writeString(folder.resolve("page.png"), "<!DOCTYPE html>");
        assertThatThrownBy(() -> PngReader.read(page))
                .hasMessageContaining("page.png")
                .hasMessageContaining("<!DOCTY")
                .hasMessageContaining("save the picture as PNG");
        Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
        assertThatThrownBy(() -> PngReader.read(empty)).hasMessageContaining("an empty file");
        Path good = Files.write(folder.resolve("good.png"), PngWriter.encode(new Bitmap(1, 1, new int[] {0x050505})));
        assertThat(PngReader.read(good).at(0, 0)).isEqualTo(5);
    }
}
