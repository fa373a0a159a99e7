package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistSourceTest {
    private final MnistSource source = MnistSource.mnist();

    @TempDir
    Path folder;

    @Test
    void readsLocationsFromTheEnvironment() {
        Path user = folder.resolve("user");
        assertThat(DataLocations.of(Map.of(), "Linux", user))
                .isEqualTo(new DataLocations(List.of(), user.resolve(".cache/badak")));
        assertThat(DataLocations.of(Map.of("XDG_CACHE_HOME", "relative", "BADAK_DATA_HOME", ""), "Linux", user))
                .isEqualTo(new DataLocations(List.of(), user.resolve(".cache/badak")));
        assertThat(DataLocations.of(Map.of("XDG_CACHE_HOME", folder.toString()), "Linux", user)
                        .cache())
                .isEqualTo(folder.resolve("badak"));
        assertThat(DataLocations.of(Map.of(), "Mac OS X", user).cache())
                .isEqualTo(user.resolve("Library/Caches/badak"));
        assertThat(DataLocations.of(Map.of("LOCALAPPDATA", folder.toString()), "Windows 11", user)
                        .cache())
                .isEqualTo(folder.resolve("badak/cache"));
        assertThat(DataLocations.of(
                        Map.of("BADAK_CACHE_HOME", "/kept", "XDG_CACHE_HOME", "/x", "BADAK_DATA_HOME", "/data"),
                        "Linux",
                        user))
                .isEqualTo(new DataLocations(List.of(Path.of("/data")), Path.of("/kept")));
    }

    @Test
    void looksInHomesBeforeTheCache() throws IOException {
        var locations = new DataLocations(List.of(folder.resolve("home")), folder.resolve("cache"));
        assertThat(source.find(locations)).isEmpty();
        write(folder.resolve("cache/mnist"), "", "-idx");
        assertThat(source.find(locations)).contains(folder.resolve("cache/mnist"));
        write(folder.resolve("home/mnist"), "", "-idx");
        assertThat(source.find(locations)).contains(folder.resolve("home/mnist"));
    }

    @Test
    void readsEverySpelling() throws IOException {
        for (String ending : new String[] {"", ".gz"}) {
            for (String joint : new String[] {"-idx", ".idx"}) {
                Path here = folder.resolve("spelling" + ending + joint);
                write(here, ending, joint);
                DataSplit split = source.load(here);
                assertThat(split.train()).hasToString("mnist train: 3 images of 2 x 2, 10 classes");
                assertThat(split.train().labels()).containsExactly(7, 8, 9);
                assertThat(split.test().labels()).containsExactly(1);
                assertThat(split.origin()).isEqualTo("MNIST from " + here);
            }
        }
    }

    @Test
    void acceptsTheFolderAboveAsWell() throws IOException {
        write(folder.resolve("mnist"), "", "-idx");
        assertThat(source.load(folder).origin()).isEqualTo("MNIST from " + folder.resolve("mnist"));
    }

    @Test
    void namesTheFilesThatAreMissing() throws IOException {
        Path home = folder.resolve("home");
        write(home.resolve("mnist"), "", "-idx");
        Files.delete(home.resolve("mnist/t10k-labels-idx1-ubyte"));
        var locations = new DataLocations(List.of(home), folder.resolve("cache"));
        for (DataException error : List.of(
                catchThrowableOfType(DataException.class, () -> source.find(locations)),
                catchThrowableOfType(DataException.class, () -> source.load(home.resolve("mnist"))),
                catchThrowableOfType(DataException.class, () -> source.verify(home.resolve("mnist"))))) {
            assertThat(error.where()).isEqualTo(home.resolve("mnist").toString());
            assertThat(error.found()).isEqualTo("no t10k-labels-idx1-ubyte");
            assertThat(error.expected()).contains("the four files");
        }
        DataException error = catchThrowableOfType(DataException.class, () -> source.load(folder.resolve("absent")));
        assertThat(error.found()).isEqualTo("no such folder");
    }

    @Test
    void namesTheFoldersThatWereSearched() {
        var locations = new DataLocations(List.of(folder.resolve("home")), folder.resolve("cache"));
        DataException error = catchThrowableOfType(DataException.class, () -> source.load(locations));
        assertThat(error)
                .hasMessageContaining(folder.resolve("home/mnist").toString())
                .hasMessageContaining(folder.resolve("cache/mnist").toString())
                .hasMessageContaining("badak data fetch mnist");
    }

    @Test
    void tellsOfABadFileWhicheverThreadReadsIt() throws IOException {
        for (String name : new String[] {"train-images-idx3-ubyte", "t10k-images-idx3-ubyte"}) {
            write(folder, "", "-idx");
            Files.writeString(folder.resolve(name), "<html>");
            DataException error = catchThrowableOfType(DataException.class, () -> source.load(folder));
            assertThat(error).hasMessageContaining(name).hasMessageContaining("web page");
        }
    }

    @Test
    void verifySaysWhichFilesDiffer() throws IOException {
        write(folder, "", "-idx");
        assertThat(source.verify(folder)).extracting(FileCheck::verdict).containsOnly(FileCheck.Verdict.DIFFERENT);
        FileCheck first = source.verify(folder).getFirst();
        assertThat(first.file()).isEqualTo(folder.resolve("train-images-idx3-ubyte"));
        assertThat(first.found()).startsWith("SHA-256 of the content ");
        assertThat(first.expected()).endsWith("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db");
        assertThat(MnistSource.fashionMnist().verify(folder))
                .extracting(FileCheck::verdict)
                .containsOnly(FileCheck.Verdict.UNKNOWN);
    }

    /// Three training images and one test image of 2 x 2, all dark.
    private static void write(Path folder, String ending, String joint) throws IOException {
        Files.createDirectories(folder);
        save(folder.resolve("train-images" + joint + "3-ubyte" + ending), new byte[12], 3, 2, 2);
        save(folder.resolve("train-labels" + joint + "1-ubyte" + ending), new byte[] {7, 8, 9}, 3);
        save(folder.resolve("t10k-images" + joint + "3-ubyte" + ending), new byte[4], 1, 2, 2);
        save(folder.resolve("t10k-labels" + joint + "1-ubyte" + ending), new byte[] {1}, 1);
    }

    private static void save(Path file, byte[] data, int... shape) {
        IdxFile.write(file, new IdxArray(IdxType.UNSIGNED_BYTE, shape, data));
    }
}
