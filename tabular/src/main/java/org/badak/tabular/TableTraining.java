package org.badak.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.data.WeightedExamples;
import org.badak.gradient.Backprop;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Goal;
import org.badak.optimizer.Schedule;
import org.badak.train.Autosave;
import org.badak.train.Checkpoint;
import org.badak.train.Checkpoints;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluation;
import org.badak.train.Evaluator;
import org.badak.train.Metric;
import org.badak.train.Rhythm;
import org.badak.train.Trainer;
import org.badak.train.TrainingListener;

/// Learns a table: fits the preparation on the training rows, trains a network, and ends early where a
/// validation part says so.
public final class TableTraining {
    private static final int READINGS = 50;
    private static final int READING = 9; // numbers of a reading
    private static final String READINGS_SERIES = "table_readings";

    private final TableTask task;
    private final TrainingSettings settings;
    private final Kernels kernels;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private boolean balanced;
    private long lastStep = Long.MAX_VALUE;
    private volatile boolean stopped;

    /// What came of it.
    ///
    /// @param model the trained model; with validation rows that of the best reading
    /// @param readings about fifty, evenly spaced, the last one after the last step; NaN where there is nothing to
    ///     read: no such rows, no accuracy of numbers
    /// @param step steps of the model
    /// @param encoded notes on the training rows
    public record Result(TableModel model, List<Evaluation> readings, long step, Encoded encoded) {}

    /// Is told how a training gets on.
    @FunctionalInterface
    public interface Listener {
        /// @param reading the latest
        /// @param parameters as they are; after an interruption those that training goes on from
        void evaluated(Evaluation reading, Parameters parameters);
    }

    /// @param task what is learned
    /// @param settings how
    /// @param kernels of float32
    public TableTraining(TableTask task, TrainingSettings settings, Kernels kernels) {
        this.task = task;
        this.settings = settings;
        this.kernels = kernels;
    }

    /// Lets all classes count the same together in what is learned, however many rows they have; returns this training.
    /// What is measured does not change.
    ///
    /// @throws IllegalArgumentException if numbers are learned
    public TableTraining balanced() {
        if (task.target().task() == Task.REGRESSION) {
            throw new IllegalArgumentException("balanced classes: expected a table of classes, found "
                    + task.table().names().get(task.target().column()) + ", which is numbers");
        }
        balanced = true;
        return this;
    }

    /// Lets a listener hear of every step, as it is done; returns this training.
    public TableTraining listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /// Lets [#fit] end as if stopped with the epoch in which so many steps are reached; returns this training.
    public TableTraining until(long step) {
        lastStep = step;
        return this;
    }

    /// Asks [#fit] to end after the present epoch. From any thread.
    public void stop() {
        stopped = true;
    }

    /// Where a training saves checkpoints, and the one that it goes on from.
    ///
    /// @param checkpoints where
    /// @param rhythm how often
    /// @param from the checkpoint of an interrupted training of the same rows with the same settings, if it goes on
    /// @param facts of its own that are saved too, of the network and parameters
    public record Saving(
            Checkpoints checkpoints,
            Rhythm rhythm,
            Optional<Checkpoint> from,
            BiFunction<TableModel, Long, Map<String, String>> facts) {}

    /// Trains.
    ///
    /// @param train rows to learn from; only these settle anything
    /// @param validation rows that say when to end, or none
    /// @param test rows whose loss is read and used for nothing, or none
    public Result fit(int[] train, int[] validation, int[] test, Listener listener) {
        return fit(train, validation, test, listener, Optional.empty());
    }

    /// Trains, saves checkpoints, and goes on from one.
    ///
    /// @param train rows to learn from; only these settle anything
    /// @param validation rows that say when to end, or none
    /// @param test rows whose loss is read and used for nothing, or none
    /// @param listener hears of the readings before an interruption again
    /// @throws org.badak.data.DataException if the checkpoint is not one of the same rows and settings, or one
    ///     cannot be written
    public Result fit(int[] train, int[] validation, int[] test, Listener listener, Optional<Saving> saving) {
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
                balanced ? WeightedExamples.balanced(examples) : examples,
                batch);
        listeners.forEach(trainer::listen);
        trainer.schedule(new Schedule.Cosine(settings.epochs() * sampler.stepsPerEpoch(), 0));
        long every = Math.max(1, settings.epochs() / READINGS);
        List<Evaluation> readings = new ArrayList<>();
        EarlyStopping stopping = new EarlyStopping(parameters, Goal.MINIMUM, settings.patience(), 0);
        trainer.stopEarly(stopping).watch(Metric.VALIDATION_LOSS);
        TableModel model = new TableModel(network, parameters, preparation);
        saving.flatMap(Saving::from).ifPresent(checkpoint -> {
            trainer.resume(checkpoint);
            readings.addAll(readings(checkpoint.series(READINGS_SERIES)));
            readings.forEach(reading -> listener.evaluated(reading, parameters));
        });
        double before = readings.isEmpty() ? 0 : readings.getLast().seconds();
        long begun = System.nanoTime() - Math.round(1e9 * before);
        Optional<Autosave> autosave = saving.map(where -> new Autosave(
                trainer,
                where.checkpoints(),
                where.rhythm(),
                bare -> bare.with(where.facts().apply(model, bare.step())).with(READINGS_SERIES, series(readings))));
        autosave.ifPresent(trainer::listen);
        for (long epoch = trainer.steps() / sampler.stepsPerEpoch(); epoch <= settings.epochs(); epoch++) {
            boolean last = epoch == settings.epochs() || stopped || trainer.steps() >= lastStep;
            if (last) {
                autosave.ifPresent(listening -> listening.ending(trainer.steps()));
            }
            if (trainer.endsEpoch() && (epoch % every == 0 || last)) {
                Evaluation reading = reading(
                        trainer.steps(), (double) epoch, trained.score(), score(validated), score(tested), begun);
                readings.add(reading);
                listener.evaluated(reading, parameters);
                boolean enough = stopping.evaluated(trainer.steps(), reading.validationLoss());
                last |= enough && !validated.isEmpty();
            }
            if (last) {
                break;
            }
            do {
                trainer.step();
            } while (!trainer.endsEpoch());
        }
        stopping.restore();
        boolean chosen = !Double.isNaN(stopping.state().best());
        return new Result(model, readings, chosen ? stopping.state().bestStep() : trainer.steps(), encoded);
    }

    private static double[] series(List<Evaluation> readings) {
        return readings.stream()
                .flatMapToDouble(each -> DoubleStream.of(
                        (double) each.step(),
                        each.epoch(),
                        each.trainAccuracy(),
                        each.testAccuracy(),
                        each.trainLoss(),
                        each.testLoss(),
                        each.validationAccuracy(),
                        each.validationLoss(),
                        each.seconds()))
                .toArray();
    }

    private static List<Evaluation> readings(double[] series) {
        List<Evaluation> readings = new ArrayList<>();
        for (int i = 0; i < series.length; i += READING) {
            readings.add(new Evaluation(
                    (long) series[i],
                    series[i + 1],
                    series[i + 2],
                    series[i + 3],
                    series[i + 4],
                    series[i + 5],
                    series[i + 6],
                    series[i + 7],
                    series[i + 8]));
        }
        return readings;
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

    private static Evaluator.Score score(List<Evaluator> evaluators) {
        return evaluators.isEmpty()
                ? new Evaluator.Score(0, 0, Double.NaN)
                : evaluators.getFirst().score();
    }

    private Evaluation reading(
            long step,
            double epoch,
            Evaluator.Score trained,
            Evaluator.Score validated,
            Evaluator.Score tested,
            long begun) {
        return new Evaluation(
                step,
                epoch,
                accuracy(trained),
                accuracy(tested),
                trained.loss(),
                tested.loss(),
                accuracy(validated),
                validated.loss(),
                (System.nanoTime() - begun) / 1e9);
    }

    private double accuracy(Evaluator.Score score) {
        return task.target().task() == Task.CLASSIFICATION ? score.accuracy() : Double.NaN;
    }
}
