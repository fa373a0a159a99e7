package org.badak.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import org.jspecify.annotations.Nullable;

/// DJL with its PyTorch engine: its Trainer, gradient collector and optimizers.
final class DjlEngine implements Engine {
    private static final String ENGINE = "PyTorch";

    private final NDManager manager = NDManager.newBaseManager(ENGINE);
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final NDArray train;
    private final NDArray trainLabels;
    private final NDArray test;
    private @Nullable Model model;
    private @Nullable Trainer trainer;
    private Shape row = new Shape(Images.FEATURES);

    DjlEngine(Images train, Images test) {
        this.train = manager.create(train.pixels(), new Shape(train.count(), Images.FEATURES));
        trainLabels = manager.create(train.labels()).toType(DataType.INT64, false);
        this.test = manager.create(test.pixels(), new Shape(test.count(), Images.FEATURES));
    }

    @Override
    public String name() {
        return "DJL";
    }

    @Override
    public String version() {
        return "DJL " + Settings.property("djl.version") + ", engine PyTorch "
                + ai.djl.engine.Engine.getEngine(ENGINE).getVersion();
    }

    @Override
    public void begin(Kind kind) {
        end();
        SequentialBlock block = new SequentialBlock();
        Optimizer optimizer;
        row = new Shape(Images.FEATURES);
        switch (kind) {
            case CHAPTER -> {
                block.add(linear(50)).add(Activation::sigmoid).add(linear(Images.CLASSES));
                block.setInitializer(new NormalInitializer(0.01f), Parameter.Type.WEIGHT);
                optimizer = Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(0.1f))
                        .build();
            }
            case WIDE -> {
                block.add(linear(1024)).add(Activation::relu).add(linear(1024));
                block.add(Activation::relu).add(linear(Images.CLASSES));
                optimizer = adam();
            }
            case IMAGES -> {
                row = new Shape(1, 28, 28);
                block.add(Conv2d.builder()
                        .setFilters(30)
                        .setKernelShape(new Shape(5, 5))
                        .build());
                block.add(Activation::relu).add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
                block.add(Blocks.batchFlattenBlock()).add(linear(100)).add(Activation::relu);
                block.add(linear(Images.CLASSES));
                optimizer = adam();
            }
            default -> throw new IllegalStateException("no such network: " + kind);
        }
        Model made = Model.newInstance("peer", ENGINE);
        made.setBlock(block);
        Trainer trains = made.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer));
        trains.initialize(shape(kind.batch));
        model = made;
        trainer = trains;
    }

    private static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Optimizer adam() {
        return Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.001f)).build();
    }

    private Shape shape(long rows) {
        return new Shape(rows).addAll(row);
    }

    @Override
    public void step(int[] indices) {
        Trainer trains = required(trainer);
        try (NDManager scope = manager.newSubManager()) {
            NDArray places = scope.create(indices).toType(DataType.INT64, false);
            NDArray x = train.get(scope, new NDIndex("{}", places)).reshape(shape(indices.length));
            NDArray t = trainLabels.get(scope, new NDIndex("{}", places));
            try (GradientCollector collector = trains.newGradientCollector()) {
                NDList y = trains.forward(new NDList(x));
                collector.backward(loss.evaluate(new NDList(t), y));
                y.close();
            }
            trains.step();
        }
    }

    @Override
    public int[] testClasses(int from, int to) {
        return classes(test, from, to);
    }

    @Override
    public int[] trainClasses(int from, int to) {
        return classes(train, from, to);
    }

    private int[] classes(NDArray images, int from, int to) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray x = images.get(scope, new NDIndex(from + ":" + to)).reshape(shape(to - from));
            NDList y = required(model).getBlock().forward(new ParameterStore(scope, false), new NDList(x), false);
            return y.singletonOrThrow().argMax(1).toType(DataType.INT32, false).toIntArray();
        }
    }

    @Override
    public Runnable product(String form, int rows, int inner, int columns) {
        NDArray a = manager.randomUniform(-1, 1, form.equals("left") ? new Shape(inner, rows) : new Shape(rows, inner));
        NDArray b = manager.randomUniform(
                -1, 1, form.equals("right") ? new Shape(columns, inner) : new Shape(inner, columns));
        NDArray left = form.equals("left") ? a.transpose() : a;
        NDArray right = form.equals("right") ? b.transpose() : b;
        return () -> left.matMul(right).close();
    }

    private static <T> T required(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("begin a network first");
        }
        return made;
    }

    private void end() {
        if (trainer != null) {
            trainer.close();
        }
        if (model != null) {
            model.close();
        }
    }

    @Override
    public void close() {
        end();
        manager.close();
    }
}
