package org.badak.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A checkpoint that is on the disk.
@Name("org.badak.Checkpoint")
@Label("Checkpoint")
@Category({"Badak", "Training"})
@StackTrace(false)
final class CheckpointEvent extends Event {
    @Label("Step")
    @Description("Steps that it holds")
    long step;

    @Label("File")
    String file = "";
}
