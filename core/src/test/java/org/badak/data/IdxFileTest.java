package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFileTest {
    private static final String SMALL = "00000802 00000002 00000003 010203 0405ff";

    @TempDir
    Path folder;

    @Test
    void readsPlainUnsignedBytes() throws IOException {
        IdxArray array = IdxFile.read(file(SMALL));
        assertThat(array.type()).isEqualTo(IdxType.UNSIGNED_BYTE);
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.toDoubles()).containsExactly(1, 2, 3, 4, 5, 255);
    }

    @Test
    void recognisesGzipByContentNotByName() throws IOException {
        IdxArray array = IdxFile.read(file("idx3-ubyte", gzip(bytes(SMALL))));
        assertThat(array.toDoubles()).containsExactly(1, 2, 3, 4, 5, 255);
        Path plain = file("plain.gz", bytes(SMALL));
        assertThat(IdxFile.read(plain).toDoubles()).containsExactly(1, 2, 3, 4, 5, 255);
    }

    @Test
    void readsGzipOfSeveralMembers() throws IOException {
        byte[] all = bytes(SMALL);
        byte[] first = gzip(Arrays.copyOf(all, 7));
        byte[] second = gzip(Arrays.copyOfRange(all, 7, all.length));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(IdxFile.read(file("two", both)).toDoubles()).containsExactly(1, 2, 3, 4, 5, 255);
    }

    @Test
    void readsGzipWithAllOptionalHeaderFields() throws IOException {
        byte[] packed = gzip(bytes(SMALL));
        byte[] fields = bytes("0300 616263 6e616d6500 636f6d6d656e7400 1234"); // extra, name, comment, CRC-16
        byte[] full = new byte[packed.length + fields.length];
        System.arraycopy(packed, 0, full, 0, 10);
        full[3] = 2 + 4 + 8 + 16;
        System.arraycopy(fields, 0, full, 10, fields.length);
        System.arraycopy(packed, 10, full, 10 + fields.length, packed.length - 10);
        assertThat(IdxFile.read(file("full", full)).toDoubles()).containsExactly(1, 2, 3, 4, 5, 255);
    }

    @Test
    void readsEveryTypeBigEndian() throws IOException {
        assertThat(IdxFile.read(file("00000901 00000002 7f80")).toDoubles()).containsExactly(127, -128);
        assertThat(IdxFile.read(file("00000b01 00000002 0102 fffe")).toDoubles())
                .containsExactly(258, -2);
        assertThat(IdxFile.read(file("00000c01 00000001 80000000")).toDoubles()).containsExactly(-2147483648.0);
        assertThat(IdxFile.read(file("00000d01 00000001 3fc00000")).toFloats()).containsExactly(1.5f);
        assertThat(IdxFile.read(file("00000e01 00000001 3ff8000000000000")).toDoubles())
                .containsExactly(1.5);
    }

    @ParameterizedTest
    @EnumSource(IdxType.class)
    void writesWhatItReadsPlainAndGzip(IdxType type) throws IOException {
        byte[] data = new byte[2 * 3 * 5 * type.bytes()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (37 * i);
        }
        var array = new IdxArray(type, new int[] {2, 3, 5}, data);
        for (String name : new String[] {"array", "array.gz"}) {
            Path file = folder.resolve(name);
            IdxFile.write(file, array);
            IdxFile.write(file, array); // replaces
            IdxArray read = IdxFile.read(file);
            assertThat(read.type()).isEqualTo(type);
            assertThat(read.shape()).containsExactly(2, 3, 5);
            assertThat(read.bytes()).isEqualTo(data);
            assertThat(read.sha256()).isEqualTo(array.sha256());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("array", "array.gz");
        }
        assertThat(Files.size(folder.resolve("array"))).isEqualTo(16 + data.length);
    }

    @Test
    void hashIsTheHashOfTheUncompressedFile() throws Exception {
        Path file = file("small.gz", gzip(bytes(SMALL)));
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes(SMALL));
        assertThat(IdxFile.read(file).sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void refusesToWriteIntoAMissingFolder() {
        Path file = folder.resolve("absent").resolve("array");
        var array = new IdxArray(IdxType.UNSIGNED_BYTE, new int[] {1}, new byte[1]);
        DataException error = catchThrowableOfType(DataException.class, () -> IdxFile.write(file, array));
        assertThat(error).hasMessageContaining(file.toString()).hasMessageContaining("a folder that exists");
    }

    @Test
    void refusesAMissingFile() {
        refused(folder.resolve("absent"), "no such file", "a file");
    }

    @Test
    void refusesAFolder() {
        refused(folder, "a folder", "a file");
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        refused(file(""), "0 bytes", "content");
    }

    @Test
    void refusesThreeBytes() throws IOException {
        DataException error = refused(file("000008"), "00 00 08", "a rank from 1 to 8");
        assertThat(error.what()).contains("only 3 bytes");
    }

    @Test
    void refusesAnEmptyGzip() throws IOException {
        refused(file("empty", gzip(new byte[0])), "no content", "a rank from 1 to 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000700", "00000f01 00000000", "01000801 00000000", "00000800", "00000809", "00000881"})
    void refusesWrongMagic(String content) throws IOException {
        DataException error = refused(file(content), content.substring(0, 2), "08 09 0b 0c 0d 0e");
        assertThat(error.what()).contains("magic");
        assertThat(error.where()).endsWith("offset 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html><html>", "\n \t<html>", "\uFEFF<html></html>", "<a>"})
    void saysThatAWebPageIsAWebPage(String page) throws IOException {
        byte[] content = page.getBytes(StandardCharsets.UTF_8);
        refused(file("page", content), "looks like a web page, the download was intercepted", "00 00, a type");
        refused(file("page.gz", gzip(content)), "looks like a web page", "00 00, a type");
    }

    @Test
    void namesOtherKindsOfFiles() throws IOException {
        refused(file("89504e47 0d0a1a0a 0000"), "a PNG image", "00 00, a type");
        refused(
                file("pointer", "version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.US_ASCII)),
                "Git LFS pointer",
                "00 00, a type");
        refused(file("twice", gzip(gzip(bytes(SMALL)))), "gzip inside gzip", "00 00, a type");
    }

    @Test
    void refusesATruncatedHeader() throws IOException {
        DataException error = refused(file("00000803 00000002 0000"), "10 bytes", "16 bytes of header for rank 3");
        assertThat(error.where()).endsWith("offset 10");
    }

    @Test
    void refusesTruncatedData() throws IOException {
        refused(file("00000802 00000002 00000003 0102030405"), "17 bytes", "18 bytes, as shape [2, 3]");
        refused(file("short", gzip(bytes("00000802 00000002 00000003 0102030405"))), "5 bytes", "6 bytes");
    }

    @Test
    void refusesTrailingBytes() throws IOException {
        refused(file(SMALL + "00"), "19 bytes", "18 bytes");
        refused(file("long", gzip(bytes(SMALL + "00"))), "more content after 6 bytes", "[2, 3]");
        byte[] packed = gzip(bytes(SMALL));
        DataException error = refused(
                file("junk", Arrays.copyOf(packed, packed.length + 1)),
                "trailing bytes after the gzip data",
                "the end");
        assertThat(error.where()).endsWith("offset " + packed.length);
    }

    @Test
    void refusesEveryTruncationOfAGzipFile() throws IOException {
        byte[] packed = gzip(bytes(SMALL));
        for (int length = 2; length < packed.length; length++) {
            refused(file("cut", Arrays.copyOf(packed, length)), "", "");
        }
        DataException error =
                refused(file("cut", Arrays.copyOf(packed, packed.length - 1)), "the end of the file", "truncated");
        assertThat(error.where()).endsWith("offset " + (packed.length - 1));
    }

    @Test
    void refusesABadChecksumAndABadLength() throws IOException {
        byte[] packed = gzip(bytes(SMALL));
        byte[] wrongChecksum = packed.clone();
        wrongChecksum[packed.length - 8] ^= 1;
        DataException error = refused(file("checksum", wrongChecksum), "CRC-32", "as stored at the end of the file");
        assertThat(error.where()).endsWith("offset " + (packed.length - 8));
        byte[] wrongLength = packed.clone();
        wrongLength[packed.length - 4] ^= 1;
        refused(file("length", wrongLength), "18 bytes of content", "19 bytes");
    }

    @Test
    void refusesDamagedDeflateData() throws IOException {
        byte[] packed = gzip(bytes(SMALL));
        packed[10] = 7; // a final block of the reserved kind
        refused(file("deflate", packed), "invalid block type", "valid deflate data");
        packed = gzip(bytes(SMALL));
        packed[2] = 7;
        refused(file("method", packed), "method 7", "method 8");
    }

    @Test
    void refusesNegativeDimensions() throws IOException {
        DataException error = refused(file("00000802 00000001 ffffffff"), "dimension 1 = -1", "0 or more");
        assertThat(error.where()).endsWith("offset 8");
    }

    @Test
    void refusesProductsThatOverflow() throws IOException {
        refused(file("00000804 7fffffff 7fffffff 7fffffff 7fffffff"), "more than 2^63", "at most 2147483639 bytes");
        refused(file("00000e01 10000000"), "2147483648 bytes", "at most 2147483639 bytes");
        // 2^32 * 2^32 = 0 in 64 bits
        refused(file("00000804 00010000 00010000 00010000 00010000"), "more than 2^63", "at most");
    }

    @Test
    void refusesAHeaderBeyondTheFileBeforeAllocating() throws IOException {
        String claim = "00000801 70000000"; // 1.75 GiB
        long before = allocated();
        refused(file(claim + "00"), "9 bytes", "1879048200 bytes");
        refused(file("claim", gzip(bytes(claim + "00"))), "1879048200 bytes", "bytes of gzip");
        assertThat(allocated() - before).isLessThan(16 << 20);
    }

    @Test
    void inflatesNoMoreThanTheHeaderPromises() throws IOException {
        byte[] bomb = new byte[64 << 20];
        System.arraycopy(bytes("00000801 00000002"), 0, bomb, 0, 8);
        Path file = file("bomb", gzip(bomb));
        long before = allocated();
        refused(file, "more content after 2 bytes", "[2]");
        assertThat(allocated() - before).isLessThan(16 << 20);
    }

    private DataException refused(Path file, String found, String expected) {
        DataException error = catchThrowableOfType(DataException.class, () -> IdxFile.read(file));
        assertThat(error).isNotNull();
        assertThat(error.where()).contains(file.toString());
        assertThat(error.found()).contains(found);
        assertThat(error.expected()).contains(expected);
        assertThat(error.remedy()).isNotBlank();
        assertThat(error)
                .hasMessageContaining("where:    " + error.where())
                .hasMessageContaining("found:    " + error.found())
                .hasMessageContaining("expected: " + error.expected())
                .hasMessageContaining("remedy:   " + error.remedy());
        return error;
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private Path file(String hexadecimal) throws IOException {
        return file("array", bytes(hexadecimal));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
    }

    static byte[] gzip(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    /// An IDX file of unsigned bytes.
    static byte[] idx(byte[] data, int... shape) {
        var content = ByteBuffer.allocate(4 + 4 * shape.length + data.length);
        content.put(new byte[] {0, 0, 8, (byte) shape.length});
        for (int dimension : shape) {
            content.putInt(dimension);
        }
        return content.put(data).array();
    }
}
