package org.badak.train;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Saves checkpoints of a trainer while it runs, and one when it ends, by itself or by [Trainer#stop]. Added as its
/// last listener, so that the others have heard of a step that is saved.
public final class Autosave implements TrainingListener {
    private static final double NANOSECONDS = 1e9;

    private final Trainer trainer;
    private final Checkpoints checkpoints;
    private final Rhythm rhythm;
    private final UnaryOperator<Checkpoint> completion;
    private long latest = System.nanoTime();
    private long saved;
    private boolean due; // since a step of the present round

    /// Saves what [Checkpoint#of] takes.
    public Autosave(Trainer trainer, Checkpoints checkpoints, Rhythm rhythm) {
        this(trainer, checkpoints, rhythm, UnaryOperator.identity());
    }

    /// @param trainer what is saved
    /// @param checkpoints where
    /// @param rhythm how often
    /// @param completion adds what else must survive: facts, series of numbers, best parameters
    public Autosave(Trainer trainer, Checkpoints checkpoints, Rhythm rhythm, UnaryOperator<Checkpoint> completion) {
        this.trainer = trainer;
        this.checkpoints = checkpoints;
        this.rhythm = rhythm;
        this.completion = completion;
        saved = trainer.steps(); // nothing, or what was resumed from
    }

    @Override
    public void step(long step, double loss) {
        boolean round = step == trainer.steps(); // else more steps of a round follow, which is saved whole
        due |= rhythm.isDue(step, round && trainer.endsEpoch(), (System.nanoTime() - latest) / NANOSECONDS);
        if (due && round) {
            save(step);
        }
    }

    @Override
    public String saved() {
        return checkpoints.latest().map(Path::toString).orElse("");
    }

    @Override
    public void ending(long step) {
        if (step > saved) {
            save(step);
        }
    }

    /// Parameters that are not finite are never saved: they would take the place of good ones.
    private void save(long step) {
        trainer.requireFinite();
        checkpoints.save(completion.apply(Checkpoint.of(trainer)));
        checkpoints.latest().ifPresent(file -> trainer.checkpointed(step, file));
        saved = step;
        due = false;
        latest = System.nanoTime();
    }
}
