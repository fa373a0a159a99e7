package org.badak.peers;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Deeplearning4j on ND4J's CPU back end: MultiLayerNetwork and its fit.
final class Dl4jEngine implements Engine {
    private final INDArray train;
    private final INDArray trainTargets;
    private final INDArray test;
    private @Nullable MultiLayerNetwork network;

    Dl4jEngine(Images train, Images test) {
        this.train = Nd4j.create(train.pixels(), new long[] {train.count(), Images.FEATURES}, 'c');
        trainTargets = Nd4j.zeros(DataType.FLOAT, train.count(), Images.CLASSES);
        for (int row = 0; row < train.count(); row++) {
            trainTargets.putScalar(row, train.labels()[row], 1);
        }
        this.test = Nd4j.create(test.pixels(), new long[] {test.count(), Images.FEATURES}, 'c');
    }

    @Override
    public String name() {
        return "DL4J";
    }

    @Override
    public String version() {
        return "DL4J " + Settings.property("dl4j.version") + ", ND4J "
                + Nd4j.getBackend().getClass().getSimpleName();
    }

    @Override
    public void begin(Kind kind) {
        NeuralNetConfiguration.Builder common = new NeuralNetConfiguration.Builder().seed(1);
        MultiLayerConfiguration configuration = switch (kind) {
            case CHAPTER ->
                common.updater(new Sgd(0.1))
                        .weightInit(new NormalDistribution(0, 0.01))
                        .list()
                        .layer(dense(50, Activation.SIGMOID))
                        .layer(output())
                        .setInputType(InputType.feedForward(Images.FEATURES))
                        .build();
            case WIDE ->
                common.updater(new Adam(0.001))
                        .weightInit(WeightInit.RELU)
                        .list()
                        .layer(dense(1024, Activation.RELU))
                        .layer(dense(1024, Activation.RELU))
                        .layer(output())
                        .setInputType(InputType.feedForward(Images.FEATURES))
                        .build();
            case IMAGES ->
                common.updater(new Adam(0.001))
                        .weightInit(WeightInit.RELU)
                        .list()
                        .layer(new ConvolutionLayer.Builder(5, 5)
                                .nOut(30)
                                .activation(Activation.RELU)
                                .build())
                        .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build())
                        .layer(dense(100, Activation.RELU))
                        .layer(output())
                        .setInputType(InputType.convolutionalFlat(28, 28, 1))
                        .build();
        };
        MultiLayerNetwork made = new MultiLayerNetwork(configuration);
        made.init();
        network = made;
    }

    private static DenseLayer dense(int units, Activation activation) {
        return new DenseLayer.Builder().nOut(units).activation(activation).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(Images.CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    @Override
    public void step(int[] indices) {
        required().fit(Nd4j.pullRows(train, 1, indices), Nd4j.pullRows(trainTargets, 1, indices));
    }

    @Override
    public int[] testClasses(int from, int to) {
        return classes(test, from, to);
    }

    @Override
    public int[] trainClasses(int from, int to) {
        return classes(train, from, to);
    }

    private int[] classes(INDArray images, int from, int to) {
        return required()
                .output(images.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()), false)
                .argMax(1)
                .toIntVector();
    }

    @Override
    public Runnable product(String form, int rows, int inner, int columns) {
        INDArray a =
                form.equals("left") ? Nd4j.rand(DataType.FLOAT, inner, rows) : Nd4j.rand(DataType.FLOAT, rows, inner);
        INDArray b = form.equals("right")
                ? Nd4j.rand(DataType.FLOAT, columns, inner)
                : Nd4j.rand(DataType.FLOAT, inner, columns);
        INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, 'f');
        return () -> Nd4j.gemm(a, b, c, form.equals("left"), form.equals("right"), 1, 0);
    }

    private MultiLayerNetwork required() {
        if (network == null) {
            throw new IllegalStateException("begin a network first");
        }
        return network;
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
        }
    }
}
