package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.badak.catalog.ModelFile;
import org.badak.data.Json;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.badak.model.TensorFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `badak export` and `badak import`, as users call them.
class ExportCommandTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        Run run = Run.of(
                "train",
                "--data",
                "digits",
                "--train-count",
                "100",
                "--test-count",
                "50",
                "--iterations",
                "5",
                "--hidden",
                "5",
                "--out",
                shared.resolve("run").toString());
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private static String model() {
        return shared.resolve("run").toString();
    }

    @Test
    void onnxIsWrittenBesideTheModelAndSaysWhatItTakes() {
        Run run = Run.of("export", model(), "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.text("file")).isEqualTo(shared.resolve("run/model.onnx").toString());
        assertThat(run.json().get("inputs")).isEqualTo(Json.of(List.of("images uint8 [batch, 28, 28]")));
        assertThat(run.err()).contains("takes images uint8 [batch, 28, 28]", "gives class int64 [batch]");
        assertThat(shared.resolve("run/model.onnx")).isNotEmptyFile();

        Path plain = folder.resolve("plain.onnx");
        assertThat(Run.of("export", model(), "--plain-inputs", "--out", plain.toString())
                        .out())
                .contains("takes inputs float [batch, 784]");
    }

    @Test
    void tensorsLeaveAndComeBackToTheBit() {
        String hash = ModelFile.read(shared.resolve("run/model.safetensors"))
                .parameters()
                .sha256();
        for (String layout : List.of("badak", "pytorch", "keras")) {
            for (String format : List.of("npz", "safetensors")) {
                Path tensors = folder.resolve(layout + "." + format);
                Path back = folder.resolve("back.safetensors");
                Run left =
                        Run.of("export", model(), "--format", format, "--layout", layout, "--out", tensors.toString());
                assertThat(left.exit()).as(left.err()).isZero();

                for (List<String> network : List.of(
                        List.of("--like", model()),
                        List.of("--layers", "dense 5, sigmoid, dense 10", "--shape", "784", "--images", "28x28"))) {
                    List<String> words = new java.util.ArrayList<>(List.of(
                            "import", tensors.toString(), "--layout", layout, "--out", back.toString(), "--json"));
                    words.addAll(network);
                    Run came = Run.of(words.toArray(String[]::new));

                    assertThat(came.exit()).as(came.err()).isZero();
                    assertThat(came.text("parameters_sha256")).isEqualTo(hash);
                    assertThat(ModelFile.read(back).inputs())
                            .isEqualTo(ModelFile.read(shared.resolve("run/model.safetensors"))
                                    .inputs());
                }
            }
        }
    }

    @Test
    void namesAndShapesAreThoseOfTheLayout() {
        Path npz = folder.resolve("model.npz");
        Run.of("export", model(), "--format", "npz", "--out", npz.toString());
        Map<String, NpyArray> arrays = NpzFile.read(npz);
        assertThat(arrays.keySet()).containsExactly("W1", "b1", "W2", "b2");
        assertThat(arrays.get("W1").shape()).containsExactly(784, 5);

        Run torch = Run.of("export", model(), "--format", "safetensors", "--layout", "pytorch", "--json");
        TensorFile file = TensorFile.open(Path.of(torch.text("file")));
        assertThat(torch.text("file")).endsWith("model-pytorch.safetensors");
        assertThat(file.entries().stream().map(entry -> entry.name() + entry.shape()))
                .containsExactly("0.weight[5, 784]", "0.bias[5]", "2.weight[10, 5]", "2.bias[10]");
    }

    @Test
    void mistakesAreTold() throws IOException {
        assertUsage("--format: found tensorflow, expected one of onnx, npz, safetensors", "--format", "tensorflow");
        assertUsage("--layout: found jax", "--format", "npz", "--layout", "jax");
        assertUsage("--layout: found it beside --format onnx", "--layout", "keras");
        assertUsage("--plain-inputs: found it beside --format npz", "--format", "npz", "--plain-inputs");
        assertUsage("--out: found " + folder, "--out", folder.toString());
        Run nowhere = Run.of(
                "export", model(), "--out", folder.resolve("no/such/m.onnx").toString());
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).contains("cannot write", "m.onnx", "name another file with --out");

        Path npz = folder.resolve("model.npz");
        Run.of("export", model(), "--format", "npz", "--out", npz.toString());
        String out = folder.resolve("m.safetensors").toString();
        Run undescribed = Run.of("import", npz.toString(), "--out", out);
        assertThat(undescribed.exit()).isEqualTo(2);
        assertThat(undescribed.err()).contains("found neither", "--like MODEL", "--layers", "--shape");
        Run twice = Run.of("import", npz.toString(), "--out", out, "--like", model(), "--shape", "784");
        assertThat(twice.err()).contains("--shape: found it beside --like");
        Run other = Run.of("import", npz.toString(), "--out", out, "--layers", "dense 7, dense 10", "--shape", "784");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("W1 [784, 5]", "W1 [784, 7]");
        Run layers = Run.of("import", npz.toString(), "--out", out, "--layers", "dens 7", "--shape", "784");
        assertThat(layers.exit()).isEqualTo(2);
        assertThat(layers.err()).contains("--layers: ", "dens");
        Run classes = Run.of(
                "import",
                npz.toString(),
                "--out",
                out,
                "--layers",
                "dense 5, dense 10",
                "--shape",
                "784",
                "--classes",
                "a,b");
        assertThat(classes.exit()).isEqualTo(2);
        assertThat(classes.err()).contains("2 class names do not fit");
        assertThat(Files.exists(Path.of(out))).isFalse();
    }

    private static void assertUsage(String message, String... options) {
        String[] words = new String[options.length + 2];
        words[0] = "export";
        words[1] = model();
        System.arraycopy(options, 0, words, 2, options.length);
        Run run = Run.of(words);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}
