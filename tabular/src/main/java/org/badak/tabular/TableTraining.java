package org.badak.tabular;

import java.util.ArrayList;
import java.util.List;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Goal;
import org.badak.optimizer.Schedule;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;

/// Learns a table: fits the preparation on the training rows, trains a network, and ends early where a
/// validation part says so.
public final class TableTraining {
    private static final int READINGS = 50;

    private final TableTask task;
    private final TrainingSettings settings;
    private final Kernels kernels;
    private volatile boolean stopped;

    /// Where a training stands.
    ///
    /// @param step steps done so far
    /// @param epoch epochs done so far
    /// @param trainLoss mean loss over the training rows
    /// @param validationLoss mean loss over the validation rows; NaN where there are none
    /// @param testLoss mean loss over the test rows; NaN where there are none
    public record Reading(long step, double epoch, double trainLoss, double validationLoss, double testLoss) {}

    /// What came of it.
    ///
    /// @param model the trained model; with validation rows that of the best reading
    /// @param readings about fifty, evenly spaced, the last one after the last step
    /// @param step steps of the model
    /// @param encoded notes on the training rows
    public record Result(TableModel model, List<Reading> readings, long step, Encoded encoded) {}

    /// Is told how a training gets on.
    @FunctionalInterface
    public interface Listener {
        /// @param reading the latest
        void evaluated(Reading reading);
    }

    /// @param task what is learned
    /// @param settings how
    /// @param kernels of float32
    public TableTraining(TableTask task, TrainingSettings settings, Kernels kernels) {
        this.task = task;
        this.settings = settings;
        this.kernels = kernels;
    }

    /// Asks [#fit] to end after the present epoch. From any thread.
    public void stop() {
        stopped = true;
    }

    /// Trains.
    ///
    /// @param train rows to learn from; only these settle anything
    /// @param validation rows that say when to end, or none
    /// @param test rows whose loss is read and used for nothing, or none
    public Result fit(int[] train, int[] validation, int[] test, Listener listener) {
        Table table = task.table();
        Preparation preparation = Preparation.fit(task, train);
        Network network = settings.network(preparation);
        Parameters parameters = network.initialise(Precision.FLOAT32, settings.seed());
        Alignment alignment = Alignment.of(preparation, table);
        Encoded encoded = Encoded.of(preparation, table, alignment, train);
        Examples examples = Truth.examples(preparation, table, alignment, train, encoded);
        Evaluator trained = new Evaluator(network, parameters, kernels, examples);
        List<Evaluator> validated = evaluator(preparation, alignment, network, parameters, validation);
        List<Evaluator> tested = evaluator(preparation, alignment, network, parameters, test);
        int batch = Math.min(settings.batch(), train.length);
        Sampler sampler = new Sampler.Shuffle(train.length, batch, settings.seed());
        Trainer trainer = new Trainer(
                network,
                parameters,
                new Backprop(network, parameters, kernels),
                settings.optimizer(),
                sampler,
                kernels,
                examples,
                batch);
        trainer.schedule(new Schedule.Cosine(settings.epochs() * sampler.stepsPerEpoch(), 0));
        long every = Math.max(1, settings.epochs() / READINGS);
        List<Reading> readings = new ArrayList<>();
        EarlyStopping stopping = new EarlyStopping(parameters, Goal.MINIMUM, settings.patience(), 0);
        for (long epoch = 0; epoch <= settings.epochs(); epoch++) {
            boolean last = epoch == settings.epochs() || stopped;
            if (epoch % every == 0 || last) {
                Reading reading =
                        new Reading(trainer.steps(), epoch, trained.score().loss(), loss(validated), loss(tested));
                readings.add(reading);
                listener.evaluated(reading);
                boolean enough = stopping.evaluated(trainer.steps(), reading.validationLoss());
                last |= enough && !validated.isEmpty();
            }
            if (last) {
                break;
            }
            for (long i = 0; i < sampler.stepsPerEpoch(); i++) {
                trainer.step();
            }
        }
        stopping.restore();
        boolean chosen = !Double.isNaN(stopping.state().best());
        TableModel model = new TableModel(network, parameters, preparation);
        return new Result(model, readings, chosen ? stopping.state().bestStep() : trainer.steps(), encoded);
    }

    private List<Evaluator> evaluator(
            Preparation preparation, Alignment alignment, Network network, Parameters parameters, int[] rows) {
        if (rows.length == 0) {
            return List.of();
        }
        Encoded encoded = Encoded.of(preparation, task.table(), alignment, rows);
        Examples examples = Truth.examples(preparation, task.table(), alignment, rows, encoded);
        return List.of(new Evaluator(network, parameters, kernels, examples));
    }

    private static double loss(List<Evaluator> evaluators) {
        return evaluators.isEmpty() ? Double.NaN : evaluators.getFirst().score().loss();
    }
}
