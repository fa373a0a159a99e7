package org.badak.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.badak.train.Evaluation;
import org.badak.train.TrainingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The meters as a registry has them.
class TrainingMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    @Test
    void metersHoldWhatWasTrainedAndRead() {
        try (ObservedTraining training = new ObservedTraining()) {
            training.run(new TrainingMeters(registry, training.trainer(), Tags.of("run", "digits")), folder);
            Evaluation last = training.trainer().readings().getLast();

            assertThat(counter("steps")).isEqualTo(9);
            assertThat(counter("examples")).isEqualTo(750);
            assertThat(counter("checkpoints")).isEqualTo(3);
            assertThat(counter("divergences")).isZero();
            assertThat(timer("step").count()).isEqualTo(9);
            assertThat(timer("epoch").count()).isEqualTo(3);
            assertThat(timer("epoch").totalTime(TimeUnit.NANOSECONDS))
                    .as("epochs last at least as long as their steps")
                    .isGreaterThan(timer("step").totalTime(TimeUnit.NANOSECONDS));
            assertThat(gauge("learning.rate")).isCloseTo(0.1 * Math.pow(0.5, 9), within(1e-12));
            assertThat(gauge("batch.loss")).isBetween(0.1, 3.0);
            assertThat(gauge("loss", "set", "train")).isEqualTo(last.trainLoss());
            assertThat(gauge("loss", "set", "test")).isEqualTo(last.testLoss());
            assertThat(gauge("accuracy", "set", "train")).isEqualTo(last.trainAccuracy());
            assertThat(gauge("accuracy", "set", "test")).isEqualTo(last.testAccuracy());
            assertThat(registry.getMeters())
                    .allSatisfy(meter -> assertThat(meter.getId().getTag("run")).isEqualTo("digits"))
                    .noneSatisfy(
                            meter -> assertThat(meter.getId().getTag("set")).isEqualTo("validation"));
        }
    }

    @Test
    void readingsAreTheLatestAndValidationIsOneOfThem() {
        try (ObservedTraining training = new ObservedTraining()) {
            TrainingMeters meters = new TrainingMeters(registry, training.trainer(), Tags.of("run", "digits"));
            meters.evaluated(new Evaluation(0, 0, 0.1, 0.2, 2.1, 2.2, 0.3, 2.3, 0));
            assertThat(gauge("accuracy", "set", "validation")).isEqualTo(0.3);
            meters.evaluated(new Evaluation(3, 1, 0.5, 0.6, 1.1, 1.2, 0.7, 1.3, 1));
            assertThat(gauge("accuracy", "set", "validation")).isEqualTo(0.7);
            assertThat(gauge("loss", "set", "validation")).isEqualTo(1.3);
            assertThat(gauge("loss", "set", "test")).isEqualTo(1.2);
        }
    }

    @Test
    void divergenceIsCounted() {
        try (ObservedTraining training = new ObservedTraining(1e38)) {
            TrainingMeters meters = new TrainingMeters(registry, training.trainer(), Tags.of("run", "digits"));
            assertThatThrownBy(() -> training.run(meters, folder)).isInstanceOf(TrainingException.class);
            assertThat(counter("divergences")).isEqualTo(1);
            assertThat(counter("steps")).isEqualTo((double) training.trainer().steps());
        }
    }

    @Test
    void closedMetersAreGone() {
        try (ObservedTraining training = new ObservedTraining()) {
            TrainingMeters meters = new TrainingMeters(registry, training.trainer(), Tags.empty());
            training.run(meters, folder);
            assertThat(registry.getMeters()).isNotEmpty();
            meters.close();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private double counter(String name) {
        return registry.get("badak.training." + name)
                .tag("run", "digits")
                .counter()
                .count();
    }

    private Timer timer(String name) {
        return registry.get("badak.training." + name).tag("run", "digits").timer();
    }

    private double gauge(String name, String... tags) {
        return registry.get("badak.training." + name).tags(tags).gauge().value();
    }
}
