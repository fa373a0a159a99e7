package org.badak.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// The reading of all sets that ends an epoch, or the run; the first one is taken before the first step.
@Name("org.badak.Epoch")
@Label("Epoch")
@Description("Loss and accuracy of every set; what there is not is NaN. Lasts from the reading before to this one")
@Category({"Badak", "Training"})
@StackTrace(false)
final class EpochEvent extends Event {
    @Label("Step")
    @Description("Steps done so far")
    long step;

    @Label("Epoch")
    @Description("Epochs done so far")
    double epoch;

    @Label("Training Loss")
    double trainLoss;

    @Label("Training Accuracy")
    double trainAccuracy;

    @Label("Test Loss")
    double testLoss;

    @Label("Test Accuracy")
    double testAccuracy;

    @Label("Validation Loss")
    double validationLoss;

    @Label("Validation Accuracy")
    double validationAccuracy;
}
