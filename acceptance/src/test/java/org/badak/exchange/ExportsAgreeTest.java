package org.badak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.badak.catalog.Catalog;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.data.NpyArray;
import org.badak.data.NpzFile;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.TensorFile;
import org.badak.model.TensorLayout;
import org.badak.model.Workspace;
import org.badak.onnx.OnnxFile;
import org.badak.optimizer.Adam;
import org.badak.tabular.Alignment;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Encoded;
import org.badak.tabular.Table;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.TrainingSettings;
import org.badak.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One trained model in every form that leaves Badak, asked about the same inputs as users have them: bytes of images,
/// cells of a table. Model file, NPZ and safetensors in every layout, and the class of Java, have the bits of the
/// scalar
/// kernels; ONNX Runtime comes as close as its own arithmetic lets it.
class ExportsAgreeTest {
    private static final double CLOSE = 1e-5;
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    private final Kernels scalar = new KernelChoice(KernelChoice.scalar(), "reference").kernels(Precision.FLOAT32, 1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            784     | dense 50, sigmoid, dense 10
            1x28x28 | conv 6 5 stride:2, batchnorm, relu, maxpool 2, residual-start, conv 6 3 padding:1, gelu, \
            residual-end, flatten, layernorm, dropout 0.2, dense 20, tanh, dense 10
            """)
    void imagesAreToldApartAlike(String shape, String layers) throws Exception {
        DataSplit digits = GeneratedDigits.generate(1, 600, 40);
        SavedModel model = trained(Shape.parse(shape), layers, digits.train());
        ImageDataset test = digits.test();
        Matrix x = scalar.zeros(test.count(), 784);
        test.load(scalar, IntStream.range(0, test.count()).toArray(), 0, x);
        float[][] expected = predictions(model, x);
        requireUnalike(expected);

        requireSameBits(expected, model, x);
        ExportedClass java = ExportedClass.of(model, folder);
        byte[][][] images = new byte[test.count()][28][28];
        for (int i = 0; i < test.count(); i++) {
            byte[] pixels = Arrays.copyOfRange(test.pixels(), 784 * i, 784 * (i + 1));
            assertThat(java.predict(java.pixels(pixels)))
                    .as("Java, image %d", i)
                    .containsExactly(expected[i]);
            for (int row = 0; row < 28; row++) {
                images[i][row] = Arrays.copyOfRange(pixels, 28 * row, 28 * (row + 1));
            }
        }
        requireClose(expected, onnx(model, Map.of("images", images)));
    }

    @Test
    void rowsOfATableAreToldApartAlike() throws Exception {
        StringBuilder text = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 120; i++) {
            text.append(i % 9 == 4 ? "" : Integer.toString(i % 2 == 0 ? 5 + i % 3 : 9 + i % 4))
                    .append(i % 11 == 3 ? ",NA" : i % 2 == 0 ? ",red" : i % 3 == 0 ? ",green" : ",yellow")
                    .append(i % 2 == 0 ? ",apple\n" : ",banana\n");
        }
        TableModel table = learned(table("fruits", text.toString()));
        SavedModel model = table.saved(1, 1, Map.of());
        String[][] cells = {{"6", "red"}, {"", "yellow"}, {"10", "NA"}, {"11", "violet"}, {"7", "na"}, {"NaN", ""}};
        StringBuilder asked = new StringBuilder("size,colour\n");
        Arrays.stream(cells).forEach(row -> asked.append(String.join(",", row)).append('\n'));
        Table rows = table("asked", asked.toString());
        int[] all = IntStream.range(0, cells.length).toArray();
        Matrix x = Encoded.of(table.preparation(), rows, Alignment.of(table.preparation(), rows), all)
                .x();
        float[][] expected = predictions(model, x);
        requireUnalike(expected);

        requireSameBits(expected, model, x);
        ExportedClass java = ExportedClass.of(model, folder);
        double[][] sizes = new double[cells.length][1];
        String[][] colours = new String[cells.length][1];
        for (int i = 0; i < cells.length; i++) {
            Map<String, String> row = Map.of("size", cells[i][0], "colour", cells[i][1]);
            assertThat(java.predict(row)).as("Java, row %d", i).containsExactly(expected[i]);
            sizes[i][0] = cells[i][0].isEmpty() ? Double.NaN : Double.parseDouble(cells[i][0]);
            colours[i][0] = cells[i][1];
        }
        requireClose(expected, onnx(model, Map.of("size", sizes, "colour", colours)));
    }

    /// Writes the model file, and NPZ and safetensors in every layout, reads each back and asks it; asks the model
    /// itself
    /// on the kernels that are chosen here.
    private void requireSameBits(float[][] expected, SavedModel model, Matrix x) throws IOException {
        Map<String, Parameters> back = new LinkedHashMap<>();
        Path own = folder.resolve("model.safetensors");
        ModelFile.write(own, model);
        back.put("model file", ModelFile.read(own).parameters());
        for (TensorLayout layout : TensorLayout.values()) {
            Map<String, NpyArray> arrays = layout.arrays(model.network(), model.parameters());
            Path npz = folder.resolve(layout.word() + ".npz");
            NpzFile.write(npz, arrays);
            back.put("NPZ, " + layout, imported(model, layout, NpzFile.read(npz)));
            Path safetensors = folder.resolve(layout.word() + ".safetensors");
            TensorFile.writeArrays(safetensors, ModelFile.metadata(model), arrays);
            TensorFile file = TensorFile.open(safetensors);
            Map<String, NpyArray> read = new LinkedHashMap<>();
            file.entries().forEach(entry -> read.put(entry.name(), file.array(entry)));
            back.put("safetensors, " + layout, imported(model, layout, read));
        }
        assertThat(back).hasSize(1 + 2 * TensorLayout.values().length);
        back.forEach((form, parameters) -> {
            assertThat(parameters.sha256())
                    .as(form)
                    .isEqualTo(model.parameters().sha256());
            assertThat(predictions(model.network(), parameters, scalar, x))
                    .as(form)
                    .isDeepEqualTo(expected);
        });
        try (Kernels chosen = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            assertThat(predictions(model.network(), model.parameters(), chosen, x))
                    .as("the kernels that are chosen here, %s", chosen)
                    .isDeepEqualTo(expected);
        }
    }

    private static Parameters imported(SavedModel model, TensorLayout layout, Map<String, NpyArray> arrays) {
        return layout.parameters(model.network(), Precision.FLOAT32, arrays, layout.word());
    }

    private float[][] predictions(SavedModel model, Matrix x) {
        return predictions(model.network(), model.parameters(), scalar, x);
    }

    private static float[][] predictions(Network network, Parameters parameters, Kernels kernels, Matrix x) {
        Matrix outputs =
                Workspace.forInference(network, parameters, kernels).pass(x).forward();
        network.loss().predict(kernels, outputs, outputs);
        float[][] array = new float[outputs.rows()][outputs.columns()];
        for (int row = 0; row < outputs.rows(); row++) {
            for (int column = 0; column < outputs.columns(); column++) {
                array[row][column] = (float) outputs.get(row, column);
            }
        }
        return array;
    }

    /// What ONNX Runtime answers; the file prepares its inputs itself.
    ///
    /// @param inputs an array by the name of each
    private float[][] onnx(SavedModel model, Map<String, Object> inputs) throws IOException, OrtException {
        Path file = folder.resolve("model.onnx");
        OnnxFile.write(file, model, true);
        Map<String, OnnxTensorLike> tensors = new LinkedHashMap<>();
        try (OrtSession session = RUNTIME.createSession(file.toString())) {
            for (Map.Entry<String, Object> input : inputs.entrySet()) {
                Object array = input.getValue();
                tensors.put(
                        input.getKey(),
                        array instanceof byte[][][] images ? bytes(images) : OnnxTensor.createTensor(RUNTIME, array));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                return (float[][]) result.get("probabilities").orElseThrow().getValue();
            }
        } finally {
            tensors.values().forEach(OnnxTensorLike::close);
        }
    }

    private static OnnxTensor bytes(byte[][][] images) throws OrtException {
        ByteBuffer direct = ByteBuffer.allocateDirect(images.length * 784);
        Arrays.stream(images).flatMap(Arrays::stream).forEach(direct::put);
        return OnnxTensor.createTensor(RUNTIME, direct.flip(), new long[] {images.length, 28, 28}, OnnxJavaType.UINT8);
    }

    /// A trained network does not answer all inputs alike: a form that ignored them would be seen.
    private static void requireUnalike(float[][] predictions) {
        int[] classes = Arrays.stream(predictions)
                .mapToInt(row -> IntStream.range(0, row.length)
                        .reduce((a, b) -> row[b] > row[a] ? b : a)
                        .orElseThrow())
                .distinct()
                .toArray();
        assertThat(classes.length).as("classes that were answered").isGreaterThan(predictions[0].length / 2);
    }

    private static void requireClose(float[][] expected, float[][] found) {
        assertThat(found).hasDimensions(expected.length, expected[0].length);
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < expected[row].length; column++) {
                assertThat((double) found[row][column])
                        .as("ONNX Runtime, row %d, class %d", row, column)
                        .isCloseTo(expected[row][column], within(CLOSE));
            }
        }
    }

    /// A network that has learnt from images for three epochs.
    private SavedModel trained(Shape input, String layers, ImageDataset images) {
        Network network =
                new Network(input, Catalog.layers(layers, new Initialisation.He()), new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT32, 1);
        Trainer trainer = new Trainer(
                network,
                parameters,
                new Backprop(network, parameters, scalar),
                new Adam(0.005),
                new Sampler.Shuffle(images.count(), 50, 1),
                scalar,
                images,
                50);
        for (int step = 0; step < 36; step++) {
            trainer.step();
        }
        List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return new SavedModel(network, parameters, 28, 28, names, 1, 36, Map.of());
    }

    private TableModel learned(Table table) {
        TableTask task = TableTask.of(table, TableTask.Choices.OPEN);
        return new TableTraining(
                        task,
                        TrainingSettings.of(task.rows().length, task.target().task(), 1),
                        scalar)
                .fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                .model();
    }

    private Table table(String name, String text) throws IOException {
        return CsvFile.read(Files.writeString(folder.resolve(name + ".csv"), text), CsvOptions.DETECTED, List.of());
    }
}
