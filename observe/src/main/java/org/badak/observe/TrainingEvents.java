package org.badak.observe;

import java.nio.file.Path;
import org.badak.train.Evaluation;
import org.badak.train.Trainer;
import org.badak.train.TrainingException;
import org.badak.train.TrainingListener;

/// A training as events of the JDK's flight recorder, in the category Badak: `org.badak.Step` with its loss, learning
/// rate and duration, `org.badak.Epoch` with what was read of every set, `org.badak.Checkpoint` and
/// `org.badak.Divergence`.
///
/// Steps are sampled, a hundred each second unless the recording says otherwise (setting `throttle`); all other events
/// are recorded. Where nothing records, a step costs one object that lives as long as the next.
///
/// ```java
/// trainer.listen(new TrainingEvents(trainer)); // before the first step, and before an Autosave
/// ```
///
/// Then `java -XX:StartFlightRecording:filename=training.jfr …`, `jcmd PID JFR.start`, or a `jdk.jfr.Recording`; and
/// `jfr print --events org.badak.* training.jfr`.
public final class TrainingEvents implements TrainingListener {
    private final Trainer trainer;
    private StepEvent step = new StepEvent();
    private EpochEvent epoch = new EpochEvent();
    private double learningRate;
    private long examples;

    /// @param trainer what is listened to; the events tell its learning rate and the examples of each step
    public TrainingEvents(Trainer trainer) {
        this.trainer = trainer;
        epoch.begin();
        next();
    }

    /// What happens from now on belongs to the next step.
    private void next() {
        learningRate = trainer.learningRate();
        examples = trainer.examplesLearned();
        step = new StepEvent();
        step.begin();
    }

    @Override
    public void step(long number, double loss) {
        step.end();
        if (step.shouldCommit()) {
            step.step = number;
            step.loss = loss;
            step.learningRate = learningRate;
            step.examples = trainer.examplesLearned() - examples;
            step.commit();
        }
        next();
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        epoch.end();
        if (epoch.shouldCommit()) {
            epoch.step = evaluation.step();
            epoch.epoch = evaluation.epoch();
            epoch.trainLoss = evaluation.trainLoss();
            epoch.trainAccuracy = evaluation.trainAccuracy();
            epoch.testLoss = evaluation.testLoss();
            epoch.testAccuracy = evaluation.testAccuracy();
            epoch.validationLoss = evaluation.validationLoss();
            epoch.validationAccuracy = evaluation.validationAccuracy();
            epoch.commit();
        }
        epoch = new EpochEvent();
        epoch.begin();
        next();
    }

    @Override
    public void checkpointed(long number, Path file) {
        CheckpointEvent event = new CheckpointEvent();
        event.step = number;
        event.file = file.toString();
        event.commit();
        next();
    }

    @Override
    public void diverged(TrainingException failure) {
        DivergenceEvent event = new DivergenceEvent();
        event.step = failure.step();
        event.learningRate = learningRate;
        event.message = String.valueOf(failure.getMessage());
        event.commit();
    }
}
