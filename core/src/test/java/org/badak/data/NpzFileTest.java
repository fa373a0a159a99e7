package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatNumpyWroteStoredAndDeflated() {
        Map<String, NpyArray> stored = NpzFile.read(NpyFileTest.numpy("stored.npz"));
        Map<String, NpyArray> deflated = NpzFile.read(NpyFileTest.numpy("deflated.npz"));

        assertThat(stored).containsOnlyKeys("x_train", "y_train", "x_test", "y_test");
        assertThat(stored.get("x_train")).hasToString("uint8 (6, 4, 5)");
        assertThat(deflated.get("X")).hasToString("float64 (20, 12)");
        assertThat(deflated.get("X").value(12 + 3)).isEqualTo(15 / 8.0 - 1);
        assertThat(deflated.get("y").value(1)).isEqualTo(-1);
    }

    @Test
    void onlyWhatIsWantedIsRead() {
        assertThat(NpzFile.names(NpyFileTest.numpy("deflated.npz"))).containsExactly("X", "y");
        assertThat(NpzFile.read(NpyFileTest.numpy("deflated.npz"), List.of("y")))
                .containsOnlyKeys("y");
    }

    @Test
    void whatIsWrittenIsReadAgainAndAlwaysTheSameBytes() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x", NpyArray.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
        arrays.put("y", NpyArray.of(new int[] {0, 1, 0}, 3));
        arrays.put("z", NpyArray.of(new double[] {0.1}));
        Path first = folder.resolve("first.npz");
        Path second = folder.resolve("second.npz");
        NpzFile.write(first, arrays);
        NpzFile.write(second, NpzFile.read(first));

        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(NpzFile.read(second).get("z").value(0)).isEqualTo(0.1);
        assertThatThrownBy(() -> NpzFile.write(first, Map.of("a/b", arrays.get("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.npy", "a/x.npy", "a\\x.npy", "C:x.npy", "..npy.npy", "/x.npy"})
    void namesWithFoldersAreRefused(String name) throws IOException {
        assertThat(refused(zip(name, vector())).found()).contains("the name '" + name + "'");
    }

    @Test
    void otherFilesThanArraysAreRefused() throws IOException {
        assertThat(refused(zip("readme.txt", vector())).where()).contains("readme.txt");
        assertThat(refused(zip(".npy", vector())).found()).contains("no array");
        assertThat(refused(zip("x.npy", "not an array".getBytes(StandardCharsets.US_ASCII)))
                        .what())
                .contains("wrong magic number");
        assertThat(refused(Files.writeString(folder.resolve("no.npz"), "hello, this is no zip archive"))
                        .found())
                .contains("no directory");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws IOException {
        byte[] two = Files.readAllBytes(zip("a.npy", vector(), "b.npy", vector()));
        for (int i = 0; i < two.length - 5; i++) {
            if (new String(two, i, 5, StandardCharsets.US_ASCII).equals("b.npy")) {
                two[i] = 'a';
            }
        }
        assertThat(refused(Files.write(folder.resolve("twice.npz"), two)).found())
                .contains("two entries named a.npy");
    }

    @Test
    void entriesThatOverlapAreRefused() throws IOException {
        byte[] two = Files.readAllBytes(zip("a.npy", vector(), "b.npy", vector()));
        ByteBuffer bytes = ByteBuffer.wrap(two).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(two.length - 22 + 16);
        int length = bytes.getInt(directory + 24);
        bytes.putInt(directory + 20, length + 60); // the first entry reaches into the second
        bytes.putInt(directory + 24, length + 60);
        assertThat(refused(Files.write(folder.resolve("overlap.npz"), two)).found())
                .contains("the entry a.npy up to offset");
    }

    @Test
    void aNameThatDirectoryAndEntryTellDifferentlyIsRefused() throws IOException {
        byte[] one = Files.readAllBytes(zip("a.npy", vector()));
        one[30] = 'c';
        assertThat(refused(Files.write(folder.resolve("other.npz"), one)).found())
                .contains("the entry c.npy");
    }

    @Test
    void everyPrefixOfAnArchiveIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(NpyFileTest.numpy("deflated.npz"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, length));
            assertThat(refused(cut)).as("cut after %d bytes", length).isNotNull();
        }
    }

    @Test
    void aChangedByteIsRefusedOrChangesNothing() throws IOException {
        Path good = NpyFileTest.numpy("deflated.npz");
        byte[] whole = Files.readAllBytes(good);
        Map<String, NpyArray> arrays = NpzFile.read(good);
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x21;
            Path file = Files.write(folder.resolve("changed.npz"), changed);
            try {
                NpzFile.read(file).forEach((name, array) -> {
                    if (arrays.containsKey(name)) {
                        assertThat(array.bytes()).isEqualTo(arrays.get(name).bytes());
                    }
                });
            } catch (DataException told) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 2);
    }

    @Test
    void moreContentThanTheArchiveSaysIsNotInflated() throws IOException {
        byte[] array = Arrays.copyOf(vector(), vector().length + (1 << 20));
        byte[] bomb = Files.readAllBytes(zip("a.npy", array)); // deflated
        ByteBuffer bytes = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(bomb.length - 22 + 16);
        bytes.putInt(directory + 24, vector().length); // as if it were the vector alone
        assertThat(refused(Files.write(folder.resolve("bomb.npz"), bomb)).found())
                .contains("more than");
        bytes.putInt(directory + 24, Integer.MAX_VALUE);
        assertThat(refused(Files.write(folder.resolve("bomb.npz"), bomb)).expected())
                .contains("1032 times");
    }

    private static byte[] vector() {
        try {
            return Files.readAllBytes(NpyFileTest.numpy("vector.npy"));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /// An archive of names and contents in turn: small ones stored, large ones deflated.
    private Path zip(Object... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                byte[] content = (byte[]) entries[i + 1];
                ZipEntry entry = new ZipEntry((String) entries[i]);
                if (content.length < 1000) {
                    CRC32 crc = new CRC32();
                    crc.update(content);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        }
        return Files.write(folder.resolve("made.npz"), bytes.toByteArray());
    }

    private DataException refused(Path file) {
        return catchThrowableOfType(DataException.class, () -> NpzFile.read(file));
    }
}
