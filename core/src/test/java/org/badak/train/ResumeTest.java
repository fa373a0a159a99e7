package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.badak.catalog.Augmentations;
import org.badak.catalog.Named;
import org.badak.catalog.Optimizers;
import org.badak.data.ArrayExamples;
import org.badak.data.DataException;
import org.badak.data.ImageDataset;
import org.badak.data.Sampler;
import org.badak.data.Storage;
import org.badak.data.ValueExamples;
import org.badak.data.WeightedExamples;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.BatchNorm;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.ReduceOnPlateau;
import org.badak.optimizer.Schedule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A run that was interrupted and resumed ends in the bits of one that was not.
class ResumeTest {
    private static final int STEPS = 60;
    private static final int BATCH = 5;
    private static final int MID_EPOCH = 14;
    private static final int EPOCH_END = 16; // 20 examples, 4 steps an epoch
    private static final Kernels KERNELS = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private static final Network NETWORK = Network.of(
            3,
            new SoftmaxCrossEntropy(),
            new Dense(6, new Initialisation.He()),
            new BatchNorm(0.1, 1e-5),
            new Relu(),
            new Dropout(0.25),
            new Dense(3, new Initialisation.Xavier()));

    private static final ImageDataset IMAGES = images();

    @TempDir
    Path folder;

    private enum Interruption {
        /// Training is asked to stop, and saves when it ends.
        STOP,
        /// Training fails, later than the last checkpoint.
        CRASH
    }

    /// A run, made anew each time.
    private static final class Run {
        final Parameters parameters = NETWORK.initialise(Precision.FLOAT32, 7);
        final EarlyStopping best;
        final Trainer trainer;

        Run(Optimizer optimizer, Sampler sampler, Schedule schedule, boolean early) {
            best = early
                    ? new EarlyStopping(parameters, Metric.TEST_LOSS.goal(), 5, 0.002)
                    : EarlyStopping.never(parameters, Metric.TEST_LOSS.goal());
            trainer = new Trainer(
                            NETWORK,
                            parameters,
                            new Backprop(NETWORK, parameters, KERNELS, 7),
                            optimizer,
                            sampler,
                            KERNELS,
                            WeightedExamples.balanced(examples(1)),
                            BATCH)
                    .schedule(schedule)
                    .clip(Clipping.byNorm(2))
                    .watch(Metric.TEST_LOSS);
            if (early) {
                trainer.stopEarly(best);
            }
        }

        List<Evaluation> go() {
            Evaluator train = new Evaluator(NETWORK, parameters, KERNELS, examples(1));
            Evaluator test = new Evaluator(NETWORK, parameters, KERNELS, examples(2));
            return trainer.run(STEPS - trainer.steps(), train, test).stream()
                    .map(each -> new Evaluation(
                            each.step(),
                            each.epoch(),
                            each.trainAccuracy(),
                            each.testAccuracy(),
                            each.trainLoss(),
                            each.testLoss(),
                            0))
                    .toList();
        }
    }

    static Stream<String> optimizers() {
        return Stream.concat(
                Optimizers.OPTIMIZERS.stream().map(Named::name),
                Stream.of("adam:amsgrad=true", "momentum:weight-decay=0.01", "sgd:weight-decay=0.01"));
    }

    @AfterAll
    static void close() {
        KERNELS.close();
    }

    /// Each optimizer with each sampler, schedule, with and without early stopping, in the middle and at the end of an
    /// epoch, stopped and crashed, in a network with dropout and batch normalisation, on weighted examples.
    @ParameterizedTest
    @MethodSource("optimizers")
    void interruptedRunEndsInTheSameBits(String name) {
        Optimizer optimizer = Optimizers.optimizer(name);
        List<Schedule> schedules = List.of(
                new Schedule.Constant(),
                new Schedule.WarmUp(10, 0.1, new Schedule.Cosine(STEPS, 0)),
                new Schedule.OneCycle(STEPS, 0.3, 25, 1e4),
                new ReduceOnPlateau(0.5, 1, 0.01, 1, 0));
        int number = 0;
        for (Schedule schedule : schedules) {
            for (boolean early : new boolean[] {false, true}) {
                for (Sampler sampler : samplers()) {
                    Run whole = new Run(optimizer, sampler, schedule, early);
                    List<Evaluation> readings = whole.go();
                    for (int at : new int[] {MID_EPOCH, EPOCH_END}) {
                        for (Interruption interruption : Interruption.values()) {
                            Path place = folder.resolve("run" + number++);
                            assertThat(place.toFile().mkdir()).isTrue();
                            Run first = new Run(optimizer, sampler, schedule, early);
                            interrupt(first, at, interruption, place);
                            Run second = new Run(optimizer, again(sampler), schedule, early);
                            Checkpoints.Found found =
                                    new Checkpoints(place).newest().orElseThrow();
                            assertThat(found.checkpoint().step()).isEqualTo(at);
                            second.trainer.resume(found.checkpoint());
                            assertThat(second.go())
                                    .as("%s %s %s at %d", schedule, sampler, interruption, at)
                                    .isEqualTo(readings);
                            assertThat(second.parameters.sha256()).isEqualTo(whole.parameters.sha256());
                            assertThat(second.best.state()).isEqualTo(whole.best.state());
                            assertThat(second.best.best().sha256())
                                    .isEqualTo(whole.best.best().sha256());
                            assertThat(second.trainer.plateau()).isEqualTo(whole.trainer.plateau());
                            assertThat(second.trainer.endedEarly()).isEqualTo(whole.trainer.endedEarly());
                            assertThat(hashes(second)).isEqualTo(hashes(whole));
                        }
                    }
                }
            }
        }
        assertThat(number).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {MID_EPOCH, EPOCH_END})
    void interruptedRunOnChangedImagesEndsInTheSameBits(int at) {
        Network network = Network.of(
                IMAGES.shape(),
                new SoftmaxCrossEntropy(),
                new Dense(6, new Initialisation.He()),
                new Dropout(0.25),
                new Dense(3, new Initialisation.Xavier()));
        Parameters whole = network.initialise(Precision.FLOAT32, 7);
        Trainer first = changing(network, whole);
        Checkpoints checkpoints = new Checkpoints(folder);
        while (first.steps() < STEPS) {
            first.step();
            if (first.steps() == at) {
                checkpoints.save(Checkpoint.of(first));
            }
        }
        Parameters rest = network.initialise(Precision.FLOAT32, 8);
        Trainer second = changing(network, rest);
        second.resume(checkpoints.newest().orElseThrow().checkpoint());
        while (second.steps() < STEPS) {
            second.step();
        }
        assertThat(rest.sha256()).isEqualTo(whole.sha256());
    }

    private static Trainer changing(Network network, Parameters parameters) {
        return new Trainer(
                        network,
                        parameters,
                        new Backprop(network, parameters, KERNELS, 7),
                        Optimizers.optimizer("adam"),
                        samplers().getLast(),
                        KERNELS,
                        WeightedExamples.balanced(IMAGES),
                        BATCH)
                .augment(Augmentations.augmentations("shift 1, rotate 15, scale 0.1, elastic 8 3"), 7);
    }

    private static ImageDataset images() {
        byte[] pixels = new byte[20 * 36];
        int[] labels = new int[20];
        for (int i = 0; i < 20; i++) {
            labels[i] = i % 3;
            for (int pixel = 0; pixel < 36; pixel++) {
                pixels[i * 36 + pixel] = (byte) (i * 7 + pixel * 5);
            }
        }
        return new ImageDataset("twenty images", 6, 6, 3, pixels, labels);
    }

    /// The matrix above shows something only if early stopping ends some of its runs, and plateaus lower some rates.
    @Test
    void matrixReachesEarlyStoppingAndPlateaus() {
        Run early = new Run(Optimizers.optimizer("adam"), samplers().getFirst(), new Schedule.Constant(), true);
        early.go();
        assertThat(early.trainer.endedEarly()).isTrue();
        Run slow = new Run(
                Optimizers.optimizer("sgd"), samplers().getLast(), new ReduceOnPlateau(0.5, 1, 0.01, 1, 0), false);
        slow.go();
        assertThat(slow.trainer.plateau().rate())
                .isLessThan(Optimizers.optimizer("sgd").learningRate());
    }

    /// Numbers that the runs of the matrix do not all come to.
    @Test
    void everyNumberOfTheStateIsKept() throws IOException {
        Run run = new Run(Optimizers.optimizer("adam"), samplers().getFirst(), new Schedule.Constant(), true);
        run.trainer.step();
        Checkpoint taken = Checkpoint.of(run.trainer);
        Checkpoint checkpoint = new Checkpoint(
                taken.step(),
                1.5,
                taken.configuration(),
                taken.dataHash(),
                taken.tensors(),
                new ReduceOnPlateau.State(0.25, 0.75, 3, 2),
                Optional.of(new EarlyStopping.State(0.5, 37, 4)),
                taken.readings(),
                Map.of("note", "kept"));
        Path file = folder.resolve("checkpoint.safetensors");
        CheckpointFile.write(Storage.DISK, file, checkpoint);
        Checkpoint read = CheckpointFile.read(file);
        assertThat(read.step()).isEqualTo(1);
        assertThat(read.seconds()).isEqualTo(1.5);
        assertThat(read.plateau()).isEqualTo(checkpoint.plateau());
        assertThat(read.stopping()).isEqualTo(checkpoint.stopping());
        assertThat(read.configuration()).isEqualTo(checkpoint.configuration());
        assertThat(read.dataHash()).isEqualTo(checkpoint.dataHash());
        assertThat(read.notes()).isEqualTo(checkpoint.notes());
    }

    @Test
    void anotherConfigurationOrOtherDataAreRefusedAndNamed() {
        Sampler sampler = samplers().getFirst();
        Run run = new Run(Optimizers.optimizer("adam"), sampler, new Schedule.Constant(), false);
        run.trainer.step();
        Checkpoint checkpoint = Checkpoint.of(run.trainer);
        refused(checkpoint, new Run(Optimizers.optimizer("sgd"), sampler, new Schedule.Constant(), false), "optimizer");
        refused(
                checkpoint,
                new Run(Optimizers.optimizer("adam"), sampler, new Schedule.Cosine(9, 0), false),
                "schedule",
                "Cosine[steps=9");
        refused(
                checkpoint,
                new Run(Optimizers.optimizer("adam"), samplers().getLast(), new Schedule.Constant(), false),
                "sampler",
                "Replacement[count=20, batch=5, seed=3]");
        refused(checkpoint, new Run(Optimizers.optimizer("adam"), sampler, new Schedule.Constant(), true), "watched");
        Parameters parameters = NETWORK.initialise(Precision.FLOAT32, 7);
        Trainer elsewhere = new Trainer(
                        NETWORK,
                        parameters,
                        new Backprop(NETWORK, parameters, KERNELS, 7),
                        Optimizers.optimizer("adam"),
                        sampler,
                        KERNELS,
                        examples(3),
                        BATCH)
                .clip(Clipping.byNorm(2));
        assertThatThrownBy(() -> elsewhere.resume(checkpoint))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the data are not those that the run began with")
                .hasMessageContaining(checkpoint.dataHash());
    }

    @Test
    void tensorsThatDoNotFitAreRefusedAndNothingIsChanged() {
        Run run = new Run(Optimizers.optimizer("adam"), samplers().getFirst(), new Schedule.Constant(), true);
        run.trainer.step();
        Checkpoint whole = Checkpoint.of(run.trainer);
        String before = run.parameters.sha256();
        run.trainer.step();
        String now = run.parameters.sha256();
        for (String name : List.of("W1", "checkpoint.second_moment.b3", "checkpoint.best.W3")) {
            Map<String, Matrix> without = new LinkedHashMap<>(whole.tensors());
            without.remove(name);
            assertThatThrownBy(() -> run.trainer.resume(withTensors(whole, without)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("no tensor " + name);
            without.put(name, Matrix.zeros(Precision.FLOAT32, 9, 9));
            assertThatThrownBy(() -> run.trainer.resume(withTensors(whole, without)))
                    .hasMessageContaining(name + " FLOAT32 matrix [9, 9]");
        }
        Map<String, Matrix> more = new LinkedHashMap<>(whole.tensors());
        more.put("W9", Matrix.zeros(Precision.FLOAT32, 1, 1));
        assertThatThrownBy(() -> run.trainer.resume(withTensors(whole, more))).hasMessageContaining("a tensor W9");
        assertThat(run.parameters.sha256()).isEqualTo(now);
        assertThat(run.trainer.steps()).isEqualTo(2);
        run.trainer.resume(whole);
        assertThat(run.parameters.sha256()).as("copies, taken then").isEqualTo(before);
    }

    @Test
    void everyExampleCountsInTheHash() {
        String hash = examples(1).sha256(KERNELS);
        assertThat(examples(1).sha256(KERNELS)).isEqualTo(hash);
        assertThat(examples(2).sha256(KERNELS)).isNotEqualTo(hash);
        Matrix x = Matrix.of(Precision.FLOAT32, new double[][] {{1, 2}, {3, 4}});
        Matrix y = Matrix.of(Precision.FLOAT32, new double[][] {{5}, {6}});
        String values = new ValueExamples("a", x, y).sha256(KERNELS);
        assertThat(new ValueExamples("b", x, y).sha256(KERNELS)).isEqualTo(values);
        y.set(1, 0, 7);
        assertThat(new ValueExamples("a", x, y).sha256(KERNELS)).isNotEqualTo(values);
        assertThat(new ArrayExamples("c", x, new int[] {0, 1}, 2).sha256(KERNELS))
                .isNotEqualTo(new ArrayExamples("c", x, new int[] {1, 0}, 2).sha256(KERNELS));
    }

    private static void refused(Checkpoint checkpoint, Run run, String... parts) {
        String before = run.parameters.sha256();
        assertThatThrownBy(() -> run.trainer.resume(checkpoint))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the configuration is not the one that the run began with")
                .hasMessageContainingAll(parts);
        assertThat(run.parameters.sha256()).isEqualTo(before);
        assertThat(run.trainer.steps()).isZero();
    }

    private static Checkpoint withTensors(Checkpoint from, Map<String, Matrix> tensors) {
        return new Checkpoint(
                from.step(),
                from.seconds(),
                from.configuration(),
                from.dataHash(),
                tensors,
                from.plateau(),
                from.stopping(),
                from.readings(),
                from.notes());
    }

    private static void interrupt(Run run, int at, Interruption interruption, Path place) {
        Rhythm rhythm = switch (interruption) {
            case STOP -> new Rhythm(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
            case CRASH -> Rhythm.parse(Integer.toString(at));
        };
        run.trainer.listen(new TrainingListener() {
            @Override
            public void step(long step, double loss) {
                if (interruption == Interruption.STOP && step == at) {
                    run.trainer.stop();
                }
                if (interruption == Interruption.CRASH && step == at + 3) {
                    throw new IllegalStateException("crash");
                }
            }
        });
        run.trainer.listen(new Autosave(run.trainer, new Checkpoints(place), rhythm));
        switch (interruption) {
            case STOP -> run.go();
            case CRASH -> assertThatThrownBy(run::go).hasMessage("crash");
        }
    }

    private static List<String> hashes(Run run) {
        return run.trainer.memory().stream().map(Parameters::sha256).toList();
    }

    private static List<Sampler> samplers() {
        return List.of(new Sampler.Replacement(20, BATCH, 3), new Sampler.Shuffle(20, BATCH, 3));
    }

    /// A sampler that has drawn nothing yet.
    private static Sampler again(Sampler sampler) {
        return samplers().stream()
                .filter(each -> each.name().equals(sampler.name()))
                .findFirst()
                .orElseThrow();
    }

    private static ArrayExamples examples(int seed) {
        Matrix x = Matrix.zeros(Precision.FLOAT32, 20, 3);
        int[] labels = new int[20];
        for (int i = 0; i < 20; i++) {
            labels[i] = i % 3;
            for (int j = 0; j < 3; j++) {
                x.set(i, j, Math.sin(i * 1.7 + j * seed) + (j == labels[i] ? 0.7 : 0));
            }
        }
        return new ArrayExamples("twenty", x, labels, 3);
    }
}
