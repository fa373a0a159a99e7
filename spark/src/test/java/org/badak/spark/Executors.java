package org.badak.spark;

import java.util.List;
import java.util.concurrent.TimeUnit;

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

    /// Those that live longer than ten seconds from now.
    static List<ProcessHandle> lasting() {
        List<ProcessHandle> alive = running();
        for (ProcessHandle each : alive) {
            each.onExit().completeOnTimeout(each, 10, TimeUnit.SECONDS).join();
        }
        return alive.stream().filter(ProcessHandle::isAlive).toList();
    }
}
