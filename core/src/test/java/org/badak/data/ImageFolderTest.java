package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures here are files of bytes: height, width, pixels.
class ImageFolderTest {
    @TempDir
    Path folder;

    @Test
    void classesAndFilesAreSortedByNameWhateverTheOrderOfTheFileSystem() throws IOException {
        write("cats/b.raw", 2, 1, 3, 4);
        write("cats/a.raw", 2, 1, 1, 2);
        write("ants/z.RAW", 2, 1, 9, 8);
        write("cats/.hidden", 0);
        write("Thumbs.db", 0);
        LabelledData data = read();

        assertThat(data.classNames()).containsExactly("ants", "cats");
        assertThat(data.train().labels()).containsExactly(0, 1, 1);
        assertThat(((ImageDataset) data.train()).pixels()).containsExactly(9, 8, 1, 2, 3, 4);
        assertThat(data.isWhole()).isTrue();
    }

    @Test
    void aTestPartTakesTheNumbersOfTheTrainingClasses() throws IOException {
        write("train/a/1.raw", 1, 1, 1);
        write("train/b/1.raw", 1, 1, 2);
        write("train/c/1.raw", 1, 1, 3);
        write("test/b/1.raw", 1, 1, 4);
        write("test/c/1.raw", 1, 1, 5);
        LabelledData data = read();

        assertThat(data.test().labels()).containsExactly(1, 2);
        assertThat(data.isWhole()).isFalse();

        write("test/d/1.raw", 1, 1, 6);
        assertThat(told()).contains("a class that the training images do not have", "test/d");
    }

    @Test
    void whatIsNoFolderOfClassesIsToldWithTheFile() throws IOException {
        write("a/1.raw", 1, 2, 1, 2);
        assertThat(told()).contains("one folder, a");
        write("b/1.raw", 2, 1, 1, 2);
        assertThat(told()).contains("b/1.raw", "2 x 1 pixels", "1 x 2 pixels, as ");
        write("b/1.raw", 1, 2, 1, 2);
        write("b/photo.jpg", 0);
        assertThat(told()).contains("photo.jpg", "a file that is no .raw");
        Files.delete(folder.resolve("b/photo.jpg"));
        Files.createDirectory(folder.resolve("c"));
        assertThat(told()).contains("an empty folder");
        Files.createDirectory(folder.resolve("c/deep"));
        assertThat(told()).contains("a folder in the folder of a class");
        Files.delete(folder.resolve("c/deep"));
        Files.delete(folder.resolve("c"));
        write("notes.txt", 0);
        assertThat(told()).contains("notes.txt", "a file beside the folders of the classes");
    }

    private LabelledData read() {
        return ImageFolder.read(folder, ".raw", file -> {
            try {
                byte[] bytes = Files.readAllBytes(file);
                byte[] pixels = java.util.Arrays.copyOfRange(bytes, 2, bytes.length);
                return new ImageFolder.Picture(bytes[0], bytes[1], pixels);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
    }

    private String told() {
        return String.valueOf(
                catchThrowableOfType(DataException.class, this::read).getMessage());
    }

    private void write(String name, int... bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        Files.write(file, content);
    }
}
