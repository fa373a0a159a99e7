package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files in the resource folder `numpy` were written by NumPy 2.4.
class NpyFileTest {
    private static final String GOOD = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";

    @TempDir
    Path folder;

    static Path numpy(String name) {
        try {
            return Path.of(Objects.requireNonNull(NpyFileTest.class.getResource("/numpy/" + name))
                    .toURI());
        } catch (URISyntaxException malformed) {
            throw new AssertionError(malformed);
        }
    }

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void readsWhatNumpyWroteOfEveryTypeAndWritesTheSameBytes(NpyType type) throws IOException {
        Path file = numpy(type + ".npy");
        NpyArray array = NpyFile.read(file);

        assertThat(array.type()).isEqualTo(type);
        assertThat(array.shape()).containsExactly(2, 3, 4);
        for (int i = 0; i < array.size(); i++) {
            assertThat(array.value(i)).isEqualTo(expected(type, i));
        }
        Path copy = folder.resolve("copy.npy");
        NpyFile.write(copy, array);
        assertThat(copy).hasSameBinaryContentAs(file);
    }

    /// What the script that wrote the files put at place i: i and -i, the largest values, i/8 - 1.
    private static double expected(NpyType type, int i) {
        return switch (type) {
            case BOOLEAN -> i % 2;
            case INT8, INT16, INT32, INT64 -> i == 0 ? 0 : -i;
            case UINT8 -> 255 - 23 + i;
            case UINT16 -> 65535 - 23 + i;
            case UINT32 -> 4294967295.0 - 23 + i;
            case UINT64 -> 0x1p64; // rounded
            case FLOAT16, FLOAT32, FLOAT64 -> i / 8.0 - 1;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "big-endian.npy",
                "fortran.npy",
                "fortran-big-endian.npy",
                "version-2.npy",
                "version-3.npy",
                "float32.npy"
            })
    void everyOrderAndVersionHoldsTheSameNumbers(String name) {
        NpyArray array = NpyFile.read(numpy(name));

        assertThat(array.shape()).containsExactly(2, 3, 4);
        for (int i = 0; i < array.size(); i++) {
            assertThat(array.value(i)).isEqualTo(i / 8.0 - 1);
        }
    }

    @Test
    void bigEndianWholeNumbersKeepTheirSign() {
        assertThat(NpyFile.read(numpy("big-endian-int16.npy")).value(23)).isEqualTo(-23);
    }

    @Test
    void singleNumbersAndEmptyArraysAreArrays() {
        assertThat(NpyFile.read(numpy("scalar.npy")).value(0)).isEqualTo(2.5);
        assertThat(NpyFile.read(numpy("scalar.npy")).rank()).isZero();
        assertThat(NpyFile.read(numpy("empty.npy"))).hasToString("float32 (0, 3)");
        assertThat(NpyFile.read(numpy("vector.npy"))).hasToString("int64 (3,)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "object.npy | array of Python objects | can run code",
                "structured.npy | array of records | save its fields",
                "text.npy | array of texts ('<U3') | numpy.unique",
                "complex.npy | the element type '<c16' | astype"
            },
            quoteCharacter = '`')
    void whatIsNoArrayOfNumbersIsRefusedWithARemedy(String name, String found, String remedy) {
        DataException refused = refused(numpy(name));

        assertThat(refused.found()).contains(found);
        assertThat(refused.remedy()).contains(remedy);
        assertThat(refused.where()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2,)}",
                "{\"shape\":(2L,),\"fortran_order\":False,\"descr\":\"<i4\"}",
                "  { 'descr' : 'i4' , 'fortran_order' : True , 'shape' : ( 2 , ) , }"
            })
    void otherSpellingsOfTheSameDictionaryAreRead(String literal) throws IOException {
        NpyArray array = NpyFile.read(file(literal + "\n", 8));

        assertThat(array).hasToString("int32 (2,)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'descr': '<i4', 'fortran_order': False} | the keys [descr, fortran_order]",
                "{'descr': '<i4', 'descr': '<i4', 'fortran_order': False, 'shape': (2,)} | the key descr twice",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), 'x': 1} | the key 'x'",
                "{'descr': '<i4', 'fortran_order': 0, 'shape': (2,)} | '0, 'shape'",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2)} | ')}'",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (-2,)} | '-2,)}'",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2.0,)} | '.0,)}'",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (99999999999,)} | a dimension above",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,2)} | more than 8 dimensions",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2,)} __import__('os') | more after the dictionary",
                "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,)} | '__import__",
                "{'descr': '', 'fortran_order': False, 'shape': (2,)} | an empty element type",
                "{'descr': '<i3', 'fortran_order': False, 'shape': (2,)} | the element type '<i3'",
                "{'descr | '",
                "[] | '[]'"
            })
    void headersThatAreNotExactlyThatDictionaryAreRefused(String literal, String found) throws IOException {
        assertThat(refused(file(literal + "\n", 8)).found()).startsWith(found);
    }

    @Test
    void aHeaderWithoutLineFeedIsRefused() throws IOException {
        assertThat(refused(file(GOOD, 8)).found()).contains("no line feed");
    }

    @ParameterizedTest
    @CsvSource({"7, truncated", "0, truncated", "9, trailing bytes"})
    void dataOfAnotherLengthIsRefused(int bytes, String reason) throws IOException {
        DataException refused = refused(file(GOOD + "\n", bytes));

        assertThat(refused.what()).contains(reason);
        assertThat(refused.expected()).contains("as shape (2,) of int32 says");
    }

    @Test
    void nothingIsAllocatedOnTheWordOfAHeader() throws IOException {
        String huge = GOOD.replace("(2,)", "(2000000000, 2000000000, 2000000000, 2000000000)");
        assertThat(refused(file(huge + "\n", 8)).what()).contains("too large");
        assertThat(refused(file(GOOD.replace("(2,)", "(500000000,)") + "\n", 8)).what())
                .contains("truncated");
        // a version 2 header that claims 4 GB of header
        byte[] bytes = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1, '{', '}', '\n'};
        assertThat(refused(Files.write(folder.resolve("four.npy"), bytes)).found())
                .contains("4294967295 bytes");
    }

    @Test
    void everyPrefixOfAFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(numpy("vector.npy"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, length));
            assertThat(refused(cut)).as("cut after %d bytes", length).isNotNull();
        }
    }

    @Test
    void otherFilesAreToldByWhatTheyLookLike() throws IOException {
        Path zip = Files.writeString(folder.resolve("zip.npy"), "PK\u0003\u0004 and so on");
        assertThat(refused(zip).found()).contains("a zip archive");
        assertThat(refused(folder.resolve("none.npy")).found()).isEqualTo("no such file");
    }

    private DataException refused(Path file) {
        return catchThrowableOfType(DataException.class, () -> NpyFile.read(file));
    }

    private Path file(String literal, int dataBytes) throws IOException {
        byte[] text = literal.getBytes(StandardCharsets.US_ASCII);
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)};
        byte[] bytes = Arrays.copyOf(start, start.length + text.length + dataBytes);
        System.arraycopy(text, 0, bytes, start.length, text.length);
        return Files.write(folder.resolve("made.npy"), bytes);
    }
}
