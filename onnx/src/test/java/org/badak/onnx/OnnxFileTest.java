package org.badak.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.LayerKind;
import org.badak.catalog.ModelFile;
import org.badak.catalog.Named;
import org.badak.catalog.SavedModel;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.CustomLayer;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.ParameterShape;
import org.badak.loss.Loss;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Workspace;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Predictions;
import org.badak.tabular.Table;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.TrainingSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written computes in ONNX Runtime what it computes here.
class OnnxFileTest {
    private static final double CLOSE = 1e-5;
    private static final int BATCH = 7;
    private static final Shape IMAGE = new Shape(2, 9, 8);
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        kernels.close();
    }

    /// A network for each line of the catalog that describes a layer.
    static Stream<String> layers() {
        Map<String, String> networks = new LinkedHashMap<>();
        networks.put("dense", "dense 4");
        networks.put("conv", "conv 5 3 padding:1, conv 3 4 stride:2, dense 4");
        networks.put("maxpool", "conv 3 3, maxpool 2, maxpool 3 stride:1 padding:1, dense 4");
        networks.put("avgpool", "conv 3 3, avgpool 2, avgpool 3 stride:1 padding:1, dense 4");
        networks.put("flatten", "conv 3 3, flatten, dense 4");
        networks.put("dropout", "dense 20, dropout 0.4, dense 4");
        networks.put("batchnorm", "conv 3 3, batchnorm 0.1 0.01, flatten, dense 9, batchnorm, dense 4");
        networks.put("layernorm", "conv 3 3, layernorm, conv 2 3, flatten, dense 9, layernorm 0.1, dense 4");
        networks.put("residual-start", "residual-start, conv 2 3 padding:1, relu, residual-end, dense 4");
        networks.put(
                "residual-end",
                "dense 6, residual-start, residual-start, tanh, residual-end, dense 6," + " residual-end, dense 4");
        for (String kind : Catalog.LAYERS.stream().map(LayerKind::name).toList()) {
            assertThat(networks)
                    .as("a network with the layer %s, which the catalog has", kind)
                    .containsKey(kind);
        }
        Stream<String> activations = Catalog.ACTIVATIONS.stream()
                .flatMap(line -> Stream.of(
                        "dense 30, " + line.form() + ", dense 4",
                        "conv 3 3, " + line.form().replaceAll(":.*", "") + ", dense 4"));
        return Stream.concat(networks.values().stream(), activations);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerGivesTheSameNumbers(String layers) throws IOException, OrtException {
        requireSame(model(layers, new SoftmaxCrossEntropy(), Precision.FLOAT32), "probabilities");
    }

    @Test
    void everyLossGivesItsPredictions() throws IOException, OrtException {
        for (Named<Loss> line : Catalog.LOSSES) {
            Loss loss = line.name().equals("weighted-cross-entropy")
                    ? Catalog.loss("weighted-cross-entropy:1,2,0.5,1")
                    : Catalog.loss(line.name());
            boolean probabilities = line.name().endsWith("cross-entropy");

            requireSame(
                    model("dense 20, tanh, dense 4", loss, Precision.FLOAT32),
                    probabilities ? "probabilities" : "scores");
        }
    }

    @Test
    void numbersOfFloat64AreRounded() throws IOException, OrtException {
        requireSame(model("dense 20, tanh, dense 4", new SoftmaxCrossEntropy(), Precision.FLOAT64), "probabilities");
    }

    @Test
    void aVectorOfOnePixelPerChannelMayBeAnImage() throws IOException, OrtException {
        Network network = Network.of(
                5,
                new SoftmaxCrossEntropy(),
                Catalog.layers("conv 4 1, relu, dense 4", new Initialisation.He())
                        .toArray(new Layer[0]));
        requireSame(model(network, Precision.FLOAT32), "probabilities");
    }

    @Test
    void imagesGoInAsBytes() throws IOException, OrtException {
        ImageDataset digits = GeneratedDigits.generate(3, 60, 40).test();
        for (String shape : List.of("784", "1x28x28")) {
            Network network = new Network(
                    Shape.parse(shape),
                    Catalog.layers(
                            shape.equals("784") ? "dense 50, sigmoid, dense 10" : "conv 4 5, relu, maxpool 2, dense 10",
                            new Initialisation.He()),
                    new SoftmaxCrossEntropy());
            Parameters parameters = network.initialise(Precision.FLOAT32, 1);
            SavedModel model = new SavedModel(network, parameters, 28, 28, names(10), 1, 0, Map.of());
            Matrix x = kernels.zeros(digits.count(), 784);
            digits.load(kernels, IntStream.range(0, digits.count()).toArray(), 0, x);

            OnnxFile.Signature signature = OnnxFile.write(folder.resolve("images.onnx"), model, true);
            Map<String, Object> found = run(
                    folder.resolve("images.onnx"), Map.of("images", bytes(digits.pixels(), digits.count(), 28, 28)));

            assertThat(signature.inputs()).containsExactly("images uint8 [batch, 28, 28]");
            assertThat(signature.outputs()).containsExactly("probabilities float [batch, 10]", "class int64 [batch]");
            float[][] expected = here(model, x);
            requireClose((float[][]) found.get("probabilities"), expected);
            long[] classes = (long[]) found.get("class");
            for (int i = 0; i < classes.length; i++) {
                float[] row = expected[i];
                assertThat(row[(int) classes[i]])
                        .isCloseTo(
                                (float) IntStream.range(0, 10)
                                        .mapToDouble(k -> row[k])
                                        .max()
                                        .orElseThrow(),
                                within((float) CLOSE));
            }
        }
    }

    @Test
    void arraysOfBytesOfSeveralChannelsGoInAsBytes() throws IOException, OrtException {
        Network network = new Network(
                IMAGE, Catalog.layers("conv 3 3, relu, dense 4", new Initialisation.He()), new SoftmaxCrossEntropy());
        SavedModel model = new SavedModel(
                network,
                network.initialise(Precision.FLOAT32, 1),
                new Inputs.Features(IMAGE, true),
                names(4),
                1,
                0,
                Map.of());
        byte[] pixels = new byte[BATCH * IMAGE.size()];
        Matrix x = kernels.zeros(BATCH, IMAGE.size());
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (31 * i);
            x.set(i / IMAGE.size(), i % IMAGE.size(), (float) ((pixels[i] & 255) / 255.0));
        }
        OnnxFile.write(folder.resolve("bytes.onnx"), model, true);

        Map<String, Object> found =
                run(folder.resolve("bytes.onnx"), Map.of("examples", bytes(pixels, BATCH, 2, 9, 8)));

        requireClose((float[][]) found.get("probabilities"), here(model, x));
    }

    @Test
    void rowsOfATableGoInAsTheyAreAndComeOutAsLabels() throws IOException, OrtException {
        StringBuilder text = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < 90; i++) {
            text.append(i % 9 == 4 ? "" : Integer.toString(i % 2 == 0 ? 5 + i % 3 : 1009 + i % 4))
                    .append(i % 11 == 3 ? ",NA" : i % 2 == 0 ? ",red" : i % 3 == 0 ? ",green" : ",yellow")
                    .append(i % 2 == 0 ? ",apple\n" : ",banana\n");
        }
        TableModel model = trained(text.toString());
        Table rows = table("size,colour\n6,red\n,yellow\n1010,NA\n1011,violet\n7,na\nNaN,\n");

        OnnxFile.Signature signature = OnnxFile.write(folder.resolve("table.onnx"), model.saved(1, 1, Map.of()), true);
        Map<String, Object> found = run(
                folder.resolve("table.onnx"),
                Map.of(
                        "size",
                        OnnxTensor.createTensor(
                                RUNTIME, new double[][] {{6}, {Double.NaN}, {1010}, {1011}, {7}, {Double.NaN}}),
                        "colour",
                        OnnxTensor.createTensor(
                                RUNTIME, new String[] {"red", "yellow", "NA", "violet", "na", ""}, new long[] {6, 1})));

        Predictions.Classes expected = (Predictions.Classes)
                model.predict(kernels, rows, IntStream.range(0, 6).toArray());
        assertThat(signature.inputs()).containsExactly("size double [batch, 1]", "colour string [batch, 1]");
        requireClose((float[][]) found.get("probabilities"), array(expected.probabilities()));
        String[] labels = (String[]) found.get("label");
        for (int i = 0; i < labels.length; i++) {
            assertThat(labels[i]).isEqualTo(expected.answer(i));
        }
    }

    @Test
    void columnsMayHaveAnyNames() throws IOException, OrtException {
        StringBuilder text = new StringBuilder("W1,/1,b1,probabilities,kind\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 2 == 0 ? "1,2" : "8,9")
                    .append(i % 3 == 0 ? ",3,a" : ",4,b")
                    .append(i % 2 == 0 ? ",x\n" : ",y\n");
        }
        TableModel model = trained(text.toString());

        OnnxFile.Signature signature = OnnxFile.write(folder.resolve("names.onnx"), model.saved(1, 1, Map.of()), true);
        Map<String, Object> found = run(
                folder.resolve("names.onnx"),
                Map.of(
                        "W1", OnnxTensor.createTensor(RUNTIME, new double[][] {{8}}),
                        "/1", OnnxTensor.createTensor(RUNTIME, new double[][] {{9}}),
                        "b1", OnnxTensor.createTensor(RUNTIME, new double[][] {{3}}),
                        "probabilities", OnnxTensor.createTensor(RUNTIME, new String[] {"a"}, new long[] {1, 1})));

        assertThat(signature.outputs())
                .containsExactly("probabilities_ float [batch, 2]", "class int64 [batch]", "label string [batch]");
        assertThat((String[]) found.get("label")).containsExactly("y");
    }

    @Test
    void numbersComeOutInTheirUnit() throws IOException, OrtException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i % 12).append(',').append(1000 + 50.5 * (i % 12)).append('\n');
        }
        TableModel model = trained(text.toString());
        OnnxFile.write(folder.resolve("numbers.onnx"), model.saved(1, 1, Map.of()), true);

        Map<String, Object> found = run(
                folder.resolve("numbers.onnx"), Map.of("x", OnnxTensor.createTensor(RUNTIME, new double[][] {{3}, {7.5}
                })));

        Predictions.Values expected =
                (Predictions.Values) model.predict(kernels, table("x,y\n3,\n7.5,\n"), new int[] {0, 1});
        float[][] values = (float[][]) found.get("values");
        for (int i = 0; i < 2; i++) {
            assertThat((double) values[i][0]).isCloseTo(expected.values()[i], within(1e-5 * expected.values()[i]));
        }
    }

    @Test
    void theFileSaysWhereItComesFrom() throws IOException, OrtException {
        SavedModel model = model("dense 4", new SoftmaxCrossEntropy(), Precision.FLOAT32);
        OnnxFile.write(folder.resolve("model.onnx"), model, false);

        try (OrtSession session =
                RUNTIME.createSession(folder.resolve("model.onnx").toString())) {
            Map<String, String> told = session.getMetadata().getCustomMetadata();
            assertThat(session.getMetadata().getProducerName()).isEqualTo("badak");
            assertThat(told)
                    .containsEntry("parameters_sha256", model.parameters().sha256())
                    .containsEntry("classes", ModelFile.metadata(model).get("classes"))
                    .containsEntry("layers", ModelFile.metadata(model).get("layers"));
        }
    }

    @Test
    void aLayerOfOnesOwnIsNamed() {
        Network network = Network.of(3, new SoftmaxCrossEntropy(), new Own());
        SavedModel model = new SavedModel(
                network,
                network.initialise(Precision.FLOAT32, 1),
                new Inputs.Features(Shape.flat(3), false),
                names(3),
                1,
                0,
                Map.of());

        assertThatThrownBy(() -> OnnxFile.write(folder.resolve("own.onnx"), model, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer 0 (own)")
                .hasMessageContaining("cannot be exported");
        assertThat(folder.resolve("own.onnx")).doesNotExist();
    }

    private record Own() implements CustomLayer {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public Shape outputs(Shape inputs) {
            return inputs;
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of();
        }

        @Override
        public void forward(Frame frame) {
            frame.y().copyFrom(frame.x());
        }

        @Override
        public void backward(Frame frame) {
            frame.dx().copyFrom(frame.dy());
        }
    }

    private static SavedModel model(String layers, Loss loss, Precision precision) {
        return model(new Network(IMAGE, Catalog.layers(layers, new Initialisation.He()), loss), precision);
    }

    /// A model with numbers in every place, positive where they are variances.
    private static SavedModel model(Network network, Precision precision) {
        Parameters parameters = network.initialise(precision, 4);
        for (int i = 0; i < parameters.slots().size(); i++) {
            Matrix tensor = parameters.tensor(i);
            Philox random = new Philox(9, Purpose.DATA, i);
            for (int column = 0; tensor.rows() == 1 && column < tensor.columns(); column++) {
                tensor.set(0, column, 0.3 + random.uniform(column));
            }
        }
        return new SavedModel(
                network,
                parameters,
                new Inputs.Features(network.input(), false),
                names(network.outputs()),
                1,
                0,
                Map.of());
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private void requireSame(SavedModel model, String output) throws IOException, OrtException {
        Shape shape = model.network().input();
        Matrix x = kernels.zeros(BATCH, shape.size());
        float[] numbers = new float[BATCH * shape.size()];
        Philox random = new Philox(3, Purpose.DATA, 77);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (4 * random.uniform(i) - 2);
            x.set(i / shape.size(), i % shape.size(), numbers[i]);
        }
        long[] sizes = shape.isFlat()
                ? new long[] {BATCH, shape.size()}
                : new long[] {BATCH, shape.channels(), shape.height(), shape.width()};
        Path file = folder.resolve("model.onnx");
        OnnxFile.write(file, model, false);

        Map<String, Object> found =
                run(file, Map.of("inputs", OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(numbers), sizes)));

        requireClose((float[][]) found.get(output), here(model, x));
    }

    private float[][] here(SavedModel model, Matrix x) {
        Matrix outputs = Workspace.forInference(
                        model.network(), model.parameters().to(Precision.FLOAT32), kernels)
                .pass(x)
                .forward();
        model.network().loss().predict(kernels, outputs, outputs);
        return array(outputs);
    }

    private static float[][] array(Matrix matrix) {
        float[][] array = new float[matrix.rows()][matrix.columns()];
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                array[row][column] = (float) matrix.get(row, column);
            }
        }
        return array;
    }

    private static void requireClose(float[][] found, float[][] expected) {
        assertThat(found).hasDimensions(expected.length, expected[0].length);
        for (int row = 0; row < expected.length; row++) {
            for (int column = 0; column < expected[row].length; column++) {
                double scale = Math.max(1, Math.abs(expected[row][column]));
                assertThat((double) found[row][column])
                        .as("row %d, column %d", row, column)
                        .isCloseTo(expected[row][column], within(CLOSE * scale));
            }
        }
    }

    private static OnnxTensor bytes(byte[] bytes, long... sizes) throws OrtException {
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return OnnxTensor.createTensor(RUNTIME, direct, sizes, OnnxJavaType.UINT8);
    }

    private static Map<String, Object> run(Path file, Map<String, OnnxTensor> inputs) throws OrtException {
        Map<String, Object> outputs = new HashMap<>();
        try (OrtSession session = RUNTIME.createSession(file.toString());
                OrtSession.Result result = session.run(inputs)) {
            for (String name : new ArrayList<>(session.getOutputNames())) {
                outputs.put(name, result.get(name).orElseThrow().getValue());
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    private TableModel trained(String text) throws IOException {
        TableTask task = TableTask.of(table(text), TableTask.Choices.OPEN);
        return new TableTraining(
                        task,
                        TrainingSettings.of(task.rows().length, task.target().task(), 1),
                        kernels)
                .fit(task.rows(), new int[0], new int[0], (reading, parameters) -> {})
                .model();
    }

    private Table table(String text) throws IOException {
        Path file = folder.resolve("table" + text.hashCode() + ".csv");
        Files.writeString(file, text);
        return CsvFile.read(file, CsvOptions.DETECTED, List.of());
    }
}
