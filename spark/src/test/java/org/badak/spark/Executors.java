package org.badak.spark;

import java.util.List;

/// The executors that Spark has started for this process.
final class Executors {
    private Executors() {}

    /// Those that live.
    static List<ProcessHandle> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }
}
