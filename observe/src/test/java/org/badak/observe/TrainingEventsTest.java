package org.badak.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.badak.train.Evaluation;
import org.badak.train.TrainingException;
import org.badak.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The events as they are read back from a recording.
class TrainingEventsTest {
    @TempDir
    Path folder;

    @Test
    void everyStepIsRecordedWhereNothingIsLeftOut() throws IOException {
        List<Double> losses = new ArrayList<>();
        List<RecordedEvent> steps = events("org.badak.Step", recorded("off", training -> {
            training.trainer().listen(new TrainingListener() {
                @Override
                public void step(long step, double loss) {
                    losses.add(loss);
                }
            });
            training.run(new TrainingEvents(training.trainer()), folder);
        }));

        assertThat(steps).hasSize(ObservedTraining.STEPS);
        for (int i = 0; i < steps.size(); i++) {
            RecordedEvent step = steps.get(i);
            assertThat(step.getLong("step")).isEqualTo(i + 1);
            assertThat(step.getDouble("loss")).isEqualTo(losses.get(i));
            assertThat(step.getDouble("learningRate"))
                    .isCloseTo(ObservedTraining.RATE * Math.pow(0.5, i), within(1e-12));
            assertThat(step.getLong("examples")).isEqualTo(i % 3 == 2 ? 50 : 100);
            assertThat(step.getDuration()).isPositive().isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void stepsAreSampled() throws IOException {
        List<RecordedEvent> events = recorded("2/s", training -> {
            TrainingEvents heard = new TrainingEvents(training.trainer());
            for (int step = 1; step <= 1000; step++) {
                heard.step(step, 0);
            }
        });
        assertThat(events("org.badak.Step", events)).hasSizeBetween(1, 100);
    }

    @Test
    void everyReadingIsRecorded() throws IOException {
        List<Evaluation> readings = new ArrayList<>();
        List<RecordedEvent> epochs = events("org.badak.Epoch", recorded("off", training -> {
            training.run(new TrainingEvents(training.trainer()), folder);
            readings.addAll(training.trainer().readings());
        }));

        assertThat(epochs).hasSize(4);
        for (int i = 0; i < 4; i++) {
            RecordedEvent epoch = epochs.get(i);
            assertThat(epoch.getDouble("epoch")).isEqualTo(i);
            assertThat(epoch.getLong("step")).isEqualTo(3L * i);
            assertThat(epoch.getDouble("trainLoss")).isEqualTo(readings.get(i).trainLoss());
            assertThat(epoch.getDouble("testAccuracy"))
                    .isEqualTo(readings.get(i).testAccuracy());
            assertThat(epoch.getDouble("validationLoss")).isNaN();
            assertThat(epoch.getDuration()).isPositive();
        }
    }

    @Test
    void checkpointsAreRecorded() throws IOException {
        List<RecordedEvent> checkpoints = events(
                "org.badak.Checkpoint",
                recorded("off", training -> training.run(new TrainingEvents(training.trainer()), folder)));

        assertThat(checkpoints)
                .extracting(event -> event.getLong("step"), event -> Path.of(event.getString("file")))
                .containsExactly(
                        tuple(4L, folder.resolve("checkpoint-4.safetensors")),
                        tuple(8L, folder.resolve("checkpoint-8.safetensors")),
                        tuple(9L, folder.resolve("checkpoint-9.safetensors")));
    }

    @Test
    void divergenceIsRecorded() throws IOException {
        List<RecordedEvent> events = new ArrayList<>();
        try (ObservedTraining training = new ObservedTraining(1e38)) {
            events.addAll(recorded(
                    "off",
                    _ -> assertThatThrownBy(() -> training.run(new TrainingEvents(training.trainer()), folder))
                            .isInstanceOf(TrainingException.class)));
            List<RecordedEvent> divergences = events("org.badak.Divergence", events);
            assertThat(divergences).hasSize(1);
            assertThat(divergences.getFirst().getString("message")).contains("training diverged at step");
            assertThat(divergences.getFirst().getLong("step"))
                    .isEqualTo(training.trainer().steps() + 1);
            assertThat(divergences.getFirst().getDouble("learningRate"))
                    .isEqualTo(training.trainer().learningRate());
        }
    }

    @Test
    void parametersDoNotDependOnWhoListens() {
        try (ObservedTraining alone = new ObservedTraining();
                ObservedTraining observed = new ObservedTraining()) {
            alone.run(new TrainingListener() {}, folder);
            observed.run(new TrainingEvents(observed.trainer()), folder);
            assertThat(observed.parameters().sha256())
                    .isEqualTo(alone.parameters().sha256());
        }
    }

    /// What happens in a training.
    private interface Happening {
        void in(ObservedTraining training);
    }

    private List<RecordedEvent> recorded(String throttle, Happening happening) throws IOException {
        Path file = folder.resolve("training.jfr");
        try (Recording recording = new Recording();
                ObservedTraining training = new ObservedTraining()) {
            recording.enable("org.badak.Step").with("throttle", throttle).withoutThreshold();
            for (String name : List.of("Epoch", "Checkpoint", "Divergence")) {
                recording.enable("org.badak." + name).withoutThreshold();
            }
            recording.start();
            happening.in(training);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> events(String name, List<RecordedEvent> all) {
        return all.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }
}
