package org.badak.train;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Watches a run for the moment in which the training examples leave other ones behind, in accuracy or, of numbers, in
/// R²: the beginning of over-fitting, and says it:
///
/// ```java
/// trainer.listen(new GapWatch(
///         train.count(), test.count(), opening -> IO.println(opening.sentence(Locale.ENGLISH))));
/// ```
///
/// One reading is not believed: a gap opens with the first of two readings in a row in which it
/// [Gap#isOpen], and closes with two in a row in which it is not. It may then open again.
public final class GapWatch implements TrainingListener {
    private static final int CONFIRMATIONS = 2;

    private final Function<Evaluation, Gap> measure;
    private final Consumer<GapOpening> told;
    private Optional<GapOpening> opening = Optional.empty();
    private Optional<GapOpening> candidate = Optional.empty();
    private int contradictions; // readings in a row that contradict what holds

    /// Watches accuracy.
    ///
    /// @param trainCount number of training examples
    /// @param unseenCount number of examples of the validation part where the run has one, else of the test set
    /// @param told is told of every opening, on the training thread
    public GapWatch(int trainCount, int unseenCount, Consumer<GapOpening> told) {
        this(reading -> AccuracyGap.of(reading, trainCount, unseenCount), told);
    }

    /// Watches any gap: that of numbers with [ErrorGap#of].
    ///
    /// @param measure the gap of a reading
    /// @param told is told of every opening, on the training thread
    public GapWatch(Function<Evaluation, Gap> measure, Consumer<GapOpening> told) {
        this.measure = measure;
        this.told = told;
    }

    @Override
    public void evaluated(Evaluation reading) {
        Gap gap = measure.apply(reading);
        if (gap.isOpen() == opening.isPresent()) {
            contradictions = 0;
            return;
        }
        if (contradictions == 0) {
            candidate = Optional.of(new GapOpening(reading, gap));
        }
        contradictions++;
        if (contradictions == CONFIRMATIONS) {
            contradictions = 0;
            opening = opening.isPresent() ? Optional.empty() : candidate;
            opening.ifPresent(told);
        }
    }

    /// When the present gap opened; empty if there is none.
    public Optional<GapOpening> opening() {
        return opening;
    }
}
