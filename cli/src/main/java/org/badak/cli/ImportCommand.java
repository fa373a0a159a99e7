package org.badak.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.badak.layer.Initialisation;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.TensorFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak import`: tensors of another program as a model.
@Command(
        name = "import",
        header = "Makes a model of tensors that another program wrote.",
        description = {
            "The tensors are a safetensors or NPZ file of PyTorch, Keras or NumPy. The network is that of an",
            "existing model (--like), or --layers and --shape describe it. The model can be used like any other."
        })
final class ImportCommand extends BadakCommand {
    @picocli.CommandLine.Parameters(index = "0", paramLabel = "FILE", description = "The file with the tensors.")
    private Path file = Path.of("");

    @Mixin
    private LayoutOption layout = new LayoutOption();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The model file to write: NAME.safetensors.")
    private Path out = Path.of("");

    @Option(
            names = "--like",
            paramLabel = "MODEL",
            description = "A model, or run directory, with the same network, inputs and classes.")
    private @Nullable Path like;

    @Option(
            names = "--layers",
            paramLabel = "LIST",
            description = "The layers, as in badak train: \"dense 50, sigmoid, dense 10\".")
    private @Nullable String layers;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "What enters the network: 784, or channels x height x width such as 1x28x28.")
    private @Nullable String shape;

    @Option(
            names = "--images",
            paramLabel = "ROWSxCOLUMNS",
            description =
                    "It takes grey images of that size, pixels divided by 255: 28x28. Default: arrays of numbers.")
    private @Nullable String images;

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "softmax-cross-entropy",
            description = "What it was trained with, which says what its outputs mean. Default: ${DEFAULT-VALUE}.")
    private String loss = "softmax-cross-entropy";

    @Option(
            names = "--classes",
            paramLabel = "NAME,NAME...",
            split = ",",
            description = "Names of the classes, in the order of the outputs. Default: their numbers.")
    private List<String> classes = List.of();

    /// Made by picocli.
    ImportCommand() {}

    @Override
    Outcome run(Console console) {
        SavedModel model = like == null ? described() : alike(like);
        Map<String, NpyArray> arrays = arrays();
        Precision precision = arrays.values().stream()
                        .anyMatch(array -> array.type().bytes() == Double.BYTES
                                && array.type().isFloat())
                ? Precision.FLOAT64
                : Precision.FLOAT32;
        Parameters parameters = layout.layout().parameters(model.network(), precision, arrays, file.toString());
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("imported", String.valueOf(file.getFileName()));
        SavedModel whole = new SavedModel(
                model.network(), parameters, model.inputs(), model.classNames(), model.seed(), 0, origin);
        try {
            ModelFile.write(out, whole);
        } catch (IOException failed) {
            throw CommandFailure.writingFile(out, failed);
        }
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Wrote %s: %s, %,d parameters from %s", "쓴 파일 %s: %s, %4$s의 매개변수 %3$,d개"),
                out,
                whole.network().summary(),
                parameters.count(),
                file));
        return Outcome.ok(new ObjectBuilder()
                .put("file", out.toString())
                .put("layout", layout.layout().word())
                .put("parameters", parameters.count())
                .put("parameters_sha256", parameters.sha256())
                .json());
    }

    private Map<String, NpyArray> arrays() {
        if (String.valueOf(file.getFileName()).endsWith(".npz")) {
            return NpzFile.read(file);
        }
        TensorFile tensors = TensorFile.open(file);
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        for (TensorFile.Entry entry : tensors.entries()) {
            arrays.put(entry.name(), tensors.array(entry));
        }
        return arrays;
    }

    private SavedModel alike(Path path) {
        for (String option : List.of("--layers", "--shape", "--images", "--loss", "--classes")) {
            if (given(option)) {
                throw new UsageException(option + ": found it beside --like, expected one of them; --like takes"
                        + " everything from the model");
            }
        }
        return ModelFile.read(ModelArgument.file(path));
    }

    /// A model of the network that the options describe; its numbers are drawn and do not count.
    private SavedModel described() {
        if (layers == null || shape == null) {
            throw new UsageException(
                    "found " + (layers == null ? shape == null ? "neither" : "no --layers" : "no --shape")
                            + ", expected --like MODEL, or both of --layers and --shape"
                            + "; try --layers \"dense 50, sigmoid, dense 10\" --shape 784");
        }
        String list = layers;
        String size = shape;
        Network network = NetworkOptions.checked(
                "--layers",
                () -> new Network(
                        Shape.parse(size), Catalog.layers(list, new Initialisation.Xavier()), Catalog.loss(loss)));
        List<String> names = classes.isEmpty()
                ? IntStream.range(0, network.outputs())
                        .mapToObj(Integer::toString)
                        .toList()
                : classes;
        return NetworkOptions.checked(
                "--images",
                () -> new SavedModel(
                        network,
                        new Parameters(Precision.FLOAT32, network.slots()),
                        inputs(network),
                        names,
                        0,
                        0,
                        Map.of()));
    }

    private Inputs inputs(Network network) {
        if (images == null) {
            return new Inputs.Features(network.input(), false);
        }
        Shape size = Shape.parse("1x" + images);
        return new Inputs.Images(size.height(), size.width());
    }
}
