package org.badak.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;
import org.badak.train.Evaluation;
import org.badak.train.Trainer;
import org.badak.train.TrainingException;
import org.badak.train.TrainingListener;

/// A training as meters of Micrometer, so that it reaches whatever the registry feeds: Prometheus, JMX, a log.
///
/// | meter | is |
/// |---|---|
/// | `badak.training.steps`, `.examples` | counters of what was learned, examples with repetitions |
/// | `badak.training.checkpoints`, `.divergences` | counters |
/// | `badak.training.step` | timer of steps, without evaluations and checkpoints |
/// | `badak.training.epoch` | timer from one reading of all sets to the next |
/// | `badak.training.batch.loss` | gauge: loss of the last mini-batch |
/// | `badak.training.learning.rate` | gauge: that of the next step |
/// | `badak.training.loss`, `.accuracy` | gauges of the last reading; tag `set`: train, test, validation |
///
/// Readings that there are not (no validation part, no classes) have no meter. Gauges keep their last value when
/// training has ended; [#close] takes all meters out of the registry.
///
/// ```java
/// trainer.listen(new TrainingMeters(registry, trainer, Tags.of("run", "mnist"))); // before an Autosave
/// ```
public final class TrainingMeters implements TrainingListener, AutoCloseable {
    private static final String PREFIX = "badak.training.";

    private final MeterRegistry registry;
    private final Trainer trainer;
    private final Iterable<Tag> tags;
    private final Map<Reading, Double> readings = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Meter> meters = new ConcurrentLinkedQueue<>();
    private final Counter steps;
    private final Counter examples;
    private final Counter checkpoints;
    private final Counter divergences;
    private final Timer stepTime;
    private final Timer epochTime;
    private volatile double batchLoss = Double.NaN;
    private volatile double learningRate;
    private long learned;
    private long stepBegin = System.nanoTime();
    private long epochBegin = stepBegin;
    private boolean evaluated; // whether an epoch has begun

    /// A gauge of the last reading.
    private record Reading(String name, String set) {}

    /// @param registry where the meters are
    /// @param trainer what is listened to, from now on
    /// @param tags of every meter, such as the name of the run
    public TrainingMeters(MeterRegistry registry, Trainer trainer, Iterable<Tag> tags) {
        this.registry = registry;
        this.trainer = trainer;
        this.tags = tags;
        learned = trainer.examplesLearned();
        learningRate = trainer.learningRate();
        steps = counter("steps", "Training steps done");
        examples = counter("examples", "Examples learned from, with repetitions");
        checkpoints = counter("checkpoints", "Checkpoints saved");
        divergences = counter("divergences", "Trainings that ended because a number was not finite");
        stepTime = timer("step", "Training steps, without evaluations and checkpoints");
        epochTime = timer("epoch", "From one reading of all sets to the next");
        gauge("batch.loss", "Loss of the last mini-batch", meter -> meter.batchLoss);
        gauge("learning.rate", "Learning rate of the next step", meter -> meter.learningRate);
    }

    private Counter counter(String name, String description) {
        return kept(Counter.builder(PREFIX + name)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private Timer timer(String name, String description) {
        return kept(
                Timer.builder(PREFIX + name).description(description).tags(tags).register(registry));
    }

    private void gauge(String name, String description, ToDoubleFunction<TrainingMeters> value, String... more) {
        kept(Gauge.builder(PREFIX + name, this, value)
                .description(description)
                .tags(tags)
                .tags(more)
                .strongReference(true)
                .register(registry));
    }

    private <T extends Meter> T kept(T meter) {
        meters.add(meter);
        return meter;
    }

    @Override
    public void step(long step, double loss) {
        stepTime.record(Duration.ofNanos(System.nanoTime() - stepBegin));
        long now = trainer.examplesLearned();
        steps.increment();
        examples.increment((double) (now - learned));
        learned = now;
        batchLoss = loss;
        next();
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        long now = System.nanoTime();
        if (evaluated) {
            epochTime.record(Duration.ofNanos(now - epochBegin));
        }
        evaluated = true;
        epochBegin = now;
        read("loss", "train", evaluation.trainLoss());
        read("loss", "test", evaluation.testLoss());
        read("loss", "validation", evaluation.validationLoss());
        read("accuracy", "train", evaluation.trainAccuracy());
        read("accuracy", "test", evaluation.testAccuracy());
        read("accuracy", "validation", evaluation.validationAccuracy());
        next();
    }

    private void read(String name, String set, double value) {
        Reading reading = new Reading(name, set);
        if (!Double.isNaN(value) && readings.put(reading, value) == null) {
            gauge(
                    name,
                    "Mean over a whole set, at the last reading",
                    meter -> meter.readings.getOrDefault(reading, Double.NaN),
                    "set",
                    set);
        }
    }

    @Override
    public void checkpointed(long step, Path file) {
        checkpoints.increment();
        next();
    }

    @Override
    public void diverged(TrainingException failure) {
        divergences.increment();
    }

    /// What happens from now on belongs to the next step.
    private void next() {
        learningRate = trainer.learningRate();
        stepBegin = System.nanoTime();
    }

    /// Takes the meters out of the registry.
    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
