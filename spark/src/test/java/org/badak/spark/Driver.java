package org.badak.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.badak.gradient.EngineGradient;
import org.badak.gradient.Learning;
import org.badak.gradient.LocalSgd;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Parameters;
import org.badak.train.Autosave;
import org.badak.train.Checkpoints;
import org.badak.train.Evaluator;
import org.badak.train.Rhythm;
import org.badak.train.Trainer;

/// The process of a driver that trains on executors of its own, saves after every step and goes on
/// from its newest checkpoint: to be killed.
final class Driver {
    static final String RESULT = "parameters.sha256";

    private Driver() {}

    /// @param arguments the folder, the steps, and how many of them are local; 0 for gradients in shards
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        int localSteps = Integer.parseInt(arguments[2]);
        Digits training = Digits.PLAIN;
        SparkSettings settings = SparkSettings.of("local-cluster[2,1,512]").with("spark.executor.memory", "512m");
        Checkpoints checkpoints = new Checkpoints(folder);
        try (SparkEngine engine = SparkEngine.start(training.work(), settings);
                Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Parameters parameters = training.initialised();
            Learning learning = localSteps == 0
                    ? new EngineGradient(training.work().shards(), engine, parameters, kernels)
                    : new LocalSgd(training.work().shards(), localSteps, engine, kernels);
            Trainer trainer = training.trainer(parameters, learning, kernels);
            checkpoints.newest().ifPresent(found -> trainer.resume(found.checkpoint()));
            trainer.listen(new Autosave(trainer, checkpoints, Rhythm.parse("1")));
            Evaluator few = training.few(parameters, kernels);
            trainer.run(steps - trainer.steps(), few, few);
            Files.writeString(folder.resolve(RESULT), parameters.sha256());
        }
    }
}
