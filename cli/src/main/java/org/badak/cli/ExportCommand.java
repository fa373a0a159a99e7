package org.badak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.Json;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.badak.model.TensorFile;
import org.badak.onnx.OnnxFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak export`: a trained model in the format of another program.
@Command(
        name = "export",
        header = "Writes a trained model in the format of another program.",
        description = {
            "onnx: ONNX (IR 8, operator set 17) with the preparation of the inputs in it: bytes of images,",
            "columns of a table go in, probabilities, classes, labels or numbers come out.",
            "npz, safetensors: the tensors alone, for NumPy, PyTorch or Keras; see --layout.",
            "java: one class for Java 17 or newer that needs nothing else, parameters and preparation in it; it answers"
                    + " with the same bits."
        })
final class ExportCommand extends BadakCommand {
    @Mixin
    private ModelArgument argument = new ModelArgument();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "onnx",
            description = "The format: onnx, npz, safetensors, java. Default: ${DEFAULT-VALUE}.")
    private String format = "onnx";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write. Default: beside the model, with the ending of the format;"
                    + " Model.java for a class of Java, which is named like its file.")
    private @Nullable Path out;

    @Option(
            names = "--plain-inputs",
            description = "onnx: leave the preparation out: the file takes what enters the network, such as pixels"
                    + " divided by 255.")
    private boolean plain;

    @Option(names = "--package", paramLabel = "NAME", description = "java: the package of the class. Default: none.")
    private String packageName = "";

    @Mixin
    private LayoutOption layout = new LayoutOption();

    /// Made by picocli.
    ExportCommand() {}

    @Override
    Outcome run(Console console) {
        requireSuitable();
        if (format.equals("java")) {
            return java(console);
        }
        String ending = switch (format) {
            case "onnx" -> ".onnx";
            case "npz" -> ".npz";
            case "safetensors" -> "-" + layout.layout().word() + ".safetensors";
            default ->
                throw UsageException.of("--format", format, "one of onnx, npz, safetensors, java", "try --format onnx");
        };
        SavedModel model = argument.read(console);
        Path target = out == null ? beside(argument.file(), ending) : out;
        if (Files.isDirectory(target)) {
            throw UsageException.of("--out", target, "a file", "try --out " + target.resolve("model" + ending));
        }
        ObjectBuilder json = new ObjectBuilder()
                .put("file", target.toString())
                .put("format", format)
                .put("parameters_sha256", model.parameters().sha256());
        try {
            if (format.equals("onnx")) {
                OnnxFile.Signature signature = OnnxFile.write(target, model, !plain);
                tell(console, target, Texts.of("takes ", "입력 "), signature.inputs());
                signature.outputs().forEach(output -> console.result(Texts.of("  gives ", "  출력 ") + output));
                json.put("inputs", Json.of(signature.inputs())).put("outputs", Json.of(signature.outputs()));
            } else {
                Map<String, NpyArray> arrays = layout.layout().arrays(model.network(), model.parameters());
                if (format.equals("npz")) {
                    NpzFile.write(target, arrays);
                } else {
                    Map<String, String> facts = new LinkedHashMap<>(ModelFile.metadata(model));
                    facts.put("format", "badak-" + layout.layout().word());
                    TensorFile.writeArrays(target, facts, arrays);
                }
                List<String> tensors = arrays.entrySet().stream()
                        .map(array -> array.getKey() + " " + array.getValue())
                        .toList();
                tell(console, target, "", tensors);
                json.put("layout", layout.layout().word()).put("tensors", Json.of(List.copyOf(arrays.keySet())));
            }
        } catch (IOException failed) {
            throw CommandFailure.writingFile(target, failed);
        }
        return Outcome.ok(json.json());
    }

    private Outcome java(Console console) {
        JavaExport export =
                new JavaExport(out == null ? argument.file().resolveSibling("Model.java") : out, packageName);
        SavedModel model = argument.read(console);
        return Outcome.ok(new ObjectBuilder()
                .put("file", export.out().toString())
                .put("format", format)
                .put("parameters_sha256", model.parameters().sha256())
                .put("bytes", export.write(model, argument.file(), console))
                .json());
    }

    private void requireSuitable() {
        boolean onnx = format.equals("onnx");
        boolean java = format.equals("java");
        if ((onnx || java) && given("--layout")) {
            throw UsageException.of(
                    "--layout", "it beside --format " + format, "--format npz or safetensors", "leave it out");
        }
        if (!java && given("--package")) {
            throw UsageException.of("--package", "it beside --format " + format, "--format java", "leave it out");
        }
        if (!onnx && plain) {
            throw UsageException.of("--plain-inputs", "it beside --format " + format, "--format onnx", "leave it out");
        }
    }

    private static void tell(Console console, Path target, String before, List<String> lines) {
        console.result(Texts.of("Wrote ", "쓴 파일: ") + target);
        lines.forEach(line -> console.result("  " + before + line));
    }

    private static Path beside(Path file, String ending) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ending);
    }
}
