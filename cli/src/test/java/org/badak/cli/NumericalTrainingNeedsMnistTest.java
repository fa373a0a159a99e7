package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.badak.catalog.ModelFile;
import org.badak.data.DataLocations;
import org.badak.data.ImageDataset;
import org.badak.data.MnistSource;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chapter's network trained by numerical gradients alone goes where back-propagation goes.
class NumericalTrainingNeedsMnistTest {
    private static final int STEPS = 30;
    private static final int IMAGES = 3_000;
    private static final long SEED = 7;

    @TempDir
    Path folder;

    @Test
    void numericalTrainingEndsWhereBackpropagationEnds() {
        DataLocations locations = DataLocations.ofEnvironment();
        MnistSource mnist = MnistSource.mnist();
        assumeTrue(mnist.find(locations).isPresent(), "MNIST is neither in BADAK_DATA_HOME nor in the cache");

        Path out = folder.resolve("run");
        Run run = Run.of(
                "train",
                "--data",
                "mnist",
                "--train-count",
                "" + IMAGES,
                "--test-count",
                "500",
                "--gradient",
                "numerical",
                "--iterations",
                "" + STEPS,
                "--seed",
                "" + SEED,
                "--json",
                "--out",
                out.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        Parameters numerical = ModelFile.read(out.resolve("checkpoint-" + STEPS + ".safetensors"))
                .parameters();
        assertThat(numerical.precision()).isEqualTo(Precision.FLOAT64);

        Initialisation small = new Initialisation.Normal(0.01);
        Network network =
                Network.of(784, new SoftmaxCrossEntropy(), new Dense(50, small), new Sigmoid(), new Dense(10, small));
        Parameters backprop = network.initialise(Precision.FLOAT64, SEED);
        Parameters start = backprop.to(Precision.FLOAT64);
        ImageDataset images = mnist.load(locations).head(IMAGES, 1).train();
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Trainer trainer = new Trainer(
                    network,
                    backprop,
                    new Backprop(network, backprop, kernels),
                    new Sgd(0.1),
                    new Sampler.Replacement(IMAGES, 100, SEED),
                    kernels,
                    images,
                    100);
            for (int step = 0; step < STEPS; step++) {
                trainer.step();
            }
        }

        assertThat(largestDifference(start, backprop)).as("way gone").isGreaterThan(0.01);
        assertThat(largestDifference(numerical, backprop)).isCloseTo(0, within(1e-6));
        assertThat(numerical.sha256()).as("computed in another way").isNotEqualTo(backprop.sha256());
    }

    private static double largestDifference(Parameters some, Parameters others) {
        assertThat(some.slots()).hasSameSizeAs(others.slots());
        double largest = 0;
        for (int i = 0; i < some.tensors().size(); i++) {
            Matrix a = some.tensor(i);
            Matrix b = others.tensor(i);
            assertThat(a.shape()).isEqualTo(b.shape());
            for (int row = 0; row < a.rows(); row++) {
                for (int column = 0; column < a.columns(); column++) {
                    largest = Math.max(largest, Math.abs(a.get(row, column) - b.get(row, column)));
                }
            }
        }
        return largest;
    }
}
