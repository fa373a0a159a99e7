package org.badak.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/// A step: it lasts from the end of the one before, without evaluations and checkpoints.
@Name("org.badak.Step")
@Label("Training Step")
@Description("Mini-batch, gradient, update; sampled, see the setting throttle")
@Category({"Badak", "Training"})
@StackTrace(false)
@Throttle("100/s")
final class StepEvent extends Event {
    @Label("Step")
    long step;

    @Label("Loss")
    @Description("Mean loss of the mini-batch before the update")
    double loss;

    @Label("Learning Rate")
    double learningRate;

    @Label("Examples")
    @Description("Of the mini-batch")
    long examples;
}
