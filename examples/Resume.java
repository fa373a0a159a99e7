//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

// A run that is interrupted, resumed, and ends in the same bits (이어서 학습하기): checkpoints hold everything that
// the next step depends on: parameters, the optimizer's memory, the step, the best parameters so far.

import java.nio.file.Files;
import java.nio.file.Path;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.BatchNorm;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Initialisation;
import org.badak.layer.Relu;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Adam;
import org.badak.train.Autosave;
import org.badak.train.Checkpoints;
import org.badak.train.Evaluator;
import org.badak.train.Rhythm;
import org.badak.train.Trainer;
import org.badak.train.TrainingListener;

static final int STEPS = 300;
static final DataSplit DATA = GeneratedDigits.generate(1, 1000, 200);

/// A trainer and what it trains, made alike each time: the same seeds, the same settings.
record Run(Network network, Parameters parameters, Trainer trainer, Kernels kernels) {
    static Run begin(Kernels kernels) {
        var he = new Initialisation.He();
        Network network = Network.of(
                DATA.train().features(),
                new SoftmaxCrossEntropy(),
                new Dense(30, he),
                new BatchNorm(0.1, 1e-5),
                new Relu(),
                new Dropout(0.2),
                new Dense(10, he));
        Parameters parameters = network.initialise(Precision.FLOAT32, 1);
        Trainer trainer = new Trainer(
                network,
                parameters,
                new Backprop(network, parameters, kernels, 1),
                new Adam(0.01),
                new Sampler.Shuffle(DATA.train().count(), 50, 1),
                kernels,
                DATA.train(),
                50);
        return new Run(network, parameters, trainer, kernels);
    }

    /// Trains to the end, evaluating at the start of every epoch.
    void toTheEnd() {
        trainer.run(
                STEPS - trainer.steps(),
                new Evaluator(network, parameters, kernels, DATA.train()),
                new Evaluator(network, parameters, kernels, DATA.test()));
    }
}

void main() throws IOException {
    Path folder = Files.createTempDirectory("badak");
    try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
        Run whole = Run.begin(kernels);
        whole.toTheEnd();

        // the power fails at step 170; a checkpoint is saved every 40 steps
        Run first = Run.begin(kernels);
        first.trainer().listen(failingAt(170));
        first.trainer().listen(new Autosave(first.trainer(), new Checkpoints(folder), Rhythm.parse("40")));
        try {
            first.toTheEnd();
        } catch (IllegalStateException failure) {
            IO.println("interrupted: " + failure.getMessage());
        }

        // another process, another day: a trainer made alike goes on from the newest checkpoint that is whole
        Run second = Run.begin(kernels);
        Checkpoints checkpoints = new Checkpoints(folder);
        checkpoints.newest().ifPresent(found -> second.trainer().resume(found.checkpoint()));
        IO.println("resumed at step: " + second.trainer().steps());
        second.toTheEnd();

        IO.println("uninterrupted: " + whole.parameters().sha256());
        IO.println("resumed:       " + second.parameters().sha256());
    } finally {
        for (var file : folder.toFile().listFiles()) {
            Files.delete(file.toPath());
        }
        Files.delete(folder);
    }
}

TrainingListener failingAt(long last) {
    return new TrainingListener() {
        @Override
        public void step(long step, double loss) {
            if (step == last) {
                throw new IllegalStateException("power failure at step " + step);
            }
        }
    };
}
