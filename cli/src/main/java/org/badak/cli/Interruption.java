package org.badak.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What happens on ctrl-C: the running command is asked to stop, and the process waits until it has written its files.
/// The JVM then ends with exit code 130.
final class Interruption {
    private static final long MOST_SECONDS = 60;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean inProcess;

    private Interruption() {}

    /// Says that this process runs one command alone and calls [#finished] behind it; elsewhere, in tests, nothing is
    /// installed.
    static void ofProcess() {
        inProcess = true;
    }

    /// Has ctrl-C call something that makes the command stop early.
    static void onStop(Runnable stop) {
        if (inProcess) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                stop.run();
                                awaitFinished();
                            },
                            "badak-stop"));
        }
    }

    /// The command has ended and everything is written.
    static void finished() {
        FINISHED.countDown();
    }

    private static void awaitFinished() {
        try {
            boolean intime = FINISHED.await(MOST_SECONDS, TimeUnit.SECONDS);
            assert intime : "a command did not end";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
