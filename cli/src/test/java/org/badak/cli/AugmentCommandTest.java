package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.badak.catalog.ModelFile;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Augmentation by its option.
class AugmentCommandTest {
    private static final String LIST = "shift 2, rotate 15, scale 0.1, elastic 34 4";

    @TempDir
    Path folder;

    @Test
    void trainingLearnsChangedImagesAndRecordsHow() throws IOException {
        Run run = train("a", "--augment", LIST, "--threads", "1", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        String text = "shift 2.0, rotate 15.0, scale 0.1, elastic 34.0 4.0";
        assertThat(run.err()).contains("Augmentation of the training images: " + text);
        assertThat(Files.readString(folder.resolve("a/config.json")))
                .contains("\"augmentation\":[\"shift 2.0\",\"rotate 15.0\",\"scale 0.1\",\"elastic 34.0 4.0\"]");
        assertThat(ModelFile.read(folder.resolve("a/model.safetensors")).origin())
                .containsEntry("augmentation", text);

        String hash = run.text("parameters_sha256");
        assertThat(train("b", "--augment", text, "--threads", "2", "--json").text("parameters_sha256"))
                .as("with two threads")
                .isEqualTo(hash);
        Run plain = train("c", "--json");
        assertThat(plain.text("parameters_sha256")).isNotEqualTo(hash);
        assertThat(plain.err()).doesNotContain("Augmentation");
        assertThat(Files.readString(folder.resolve("c/config.json"))).doesNotContain("augmentation");
    }

    @Test
    void changedImagesAreShownBesideTheirOriginals() throws IOException {
        String plain = shown();
        String changed = shown("--augment", LIST);
        assertThat(changed.split("<image ")).hasSize(1 + 10 * 2);
        assertThat(plain.split("<image ")).hasSize(1 + 2);
        assertThat(shown("--augment", LIST)).isEqualTo(changed);
        assertThat(shown("--augment", "shift 2")).isNotEqualTo(changed);
        assertThat(picture(changed, 0)).isEqualTo(picture(plain, 0)).isNotEqualTo(picture(changed, 1));
        assertThat(picture(shown("--augment", "shift 0"), 1)).as("unchanged").isEqualTo(picture(plain, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train --data digits --augment rotat      | --augment: unknown augmentation 'rotat'; expected one of shift, rotate, scale, elastic; did you mean rotate?
            train --data digits --augment shift:-2   | --augment: shift: pixels must be at least 0 and finite, found -2.0
            train table.csv --augment shift:2        | --augment: found, but table.csv is a table, expected options for tables; leave it out
            data show table.csv --augment shift:2    | --augment: found, but a table is to be shown, expected images
            data show --augment elastic:34           | --augment: augmentation: expected elastic ALPHA SIGMA, found '34'
            """)
    void mistakesAreTold(String command, String message) {
        Run run = Run.of(command.split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("badak: ", message).doesNotContain("\tat ");
    }

    private Run train(String out, String... options) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data", "digits", "--train-count", "300"));
        arguments.addAll(List.of("--test-count", "50", "--iterations", "40", "--batch", "20"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--out", folder.resolve(out).toString()));
        return Run.of(arguments.toArray(String[]::new));
    }

    private String shown(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("data", "show", "--data", "digits", "--count", "2"));
        arguments.addAll(List.of("--train-count", "50", "--test-count", "1", "--json"));
        arguments.addAll(List.of("--out", folder.toString()));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
        Json figures = run.json().get("figures");
        return Files.readString(
                Path.of(((Json.Text) ((Json.Items) figures).values().getFirst()).value()));
    }

    /// The bytes of a picture of a figure.
    private static String picture(String svg, int number) {
        return svg.split("base64,")[1 + number].split("\"")[0];
    }
}
