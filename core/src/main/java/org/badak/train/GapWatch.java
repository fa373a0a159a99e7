package org.badak.train;

import java.util.Optional;
import java.util.function.Consumer;

/// Watches a run for the moment in which training accuracy leaves the accuracy on other examples behind, the
/// beginning of over-fitting, and says it:
///
/// ```java
/// trainer.listen(new GapWatch(
///         train.count(), test.count(), opening -> IO.println(opening.sentence(Locale.ENGLISH))));
/// ```
///
/// One reading is not believed: a gap opens with the first of two readings in a row in which it
/// [AccuracyGap#isOpen], and closes with two in a row in which it is not. It may then open again.
public final class GapWatch implements TrainingListener {
    private static final int CONFIRMATIONS = 2;

    private final int trainCount;
    private final int unseenCount;
    private final Consumer<GapOpening> told;
    private Optional<GapOpening> opening = Optional.empty();
    private Optional<GapOpening> candidate = Optional.empty();
    private int contradictions; // readings in a row that contradict what holds

    /// @param trainCount number of training examples
    /// @param unseenCount number of examples of the validation part where the run has one, else of the test set
    /// @param told is told of every opening, on the training thread
    public GapWatch(int trainCount, int unseenCount, Consumer<GapOpening> told) {
        this.trainCount = trainCount;
        this.unseenCount = unseenCount;
        this.told = told;
    }

    @Override
    public void evaluated(Evaluation reading) {
        AccuracyGap gap = AccuracyGap.of(reading, trainCount, unseenCount);
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
