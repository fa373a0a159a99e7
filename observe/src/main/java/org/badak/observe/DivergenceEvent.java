package org.badak.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A loss, a gradient or a parameter that is not finite: training ends.
@Name("org.badak.Divergence")
@Label("Divergence")
@Category({"Badak", "Training"})
@StackTrace(false)
final class DivergenceEvent extends Event {
    @Label("Step")
    @Description("The step that failed")
    long step;

    @Label("Learning Rate")
    double learningRate;

    @Label("Message")
    String message = "";
}
