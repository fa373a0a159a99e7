package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTwinsTest {
    private static final Path FOLDER = Path.of("src", "main", "java", "org", "badak", "kernel");

    @ParameterizedTest
    @ValueSource(strings = {"ScalarFloat32", "ScalarFloat32Updates", "ScalarImagesFloat32"})
    void twinOfFloat64IsThatOfFloat32WithTheElementTypeReplaced(String name) throws IOException {
        List<String> expected = words(Files.readString(FOLDER.resolve(name + ".java"))
                .replace("(float) ", "")
                .replace("255f", "255.0")
                .replace("FloatMatrix", "DoubleMatrix")
                .replace("float32", "float64")
                .replace("FLOAT32", "FLOAT64")
                .replace("Float32", "Float64")
                .replaceAll("\\bFloat\\.", "Double.")
                .replaceAll("\\bfloat\\b", "double"));
        assertThat(words(Files.readString(FOLDER.resolve(name.replace("32", "64") + ".java"))))
                .isEqualTo(expected);
        assertThat(expected).contains("double[]").noneMatch(word -> word.contains("loat32"));
    }

    @Test
    void normalisationInFloat64IsThatInFloat32WithTheElementTypeReplaced() throws IOException {
        List<String> expected = words(Files.readString(FOLDER.resolve("Normalisation32.java"))
                .replace("(float) ", "")
                .replace("FloatMatrix", "DoubleMatrix")
                .replace("float32", "float64")
                .replace("Normalisation32", "Normalisation64")
                .replaceAll("\\bfloat\\b", "double"));
        assertThat(words(Files.readString(FOLDER.resolve("Normalisation64.java"))))
                .isEqualTo(expected);
    }

    /// Without white space, as a longer type name may break a line elsewhere.
    private static List<String> words(String source) {
        return List.of(source.strip().split("\\s+"));
    }
}
