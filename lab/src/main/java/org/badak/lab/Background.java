package org.badak.lab;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One piece of work at a time in a thread of its own; a new one takes the place of the one before.
final class Background {
    private final String name;
    private volatile @Nullable Work current;

    /// @param name of the thread
    Background(String name) {
        this.name = name;
    }

    /// A piece of work, as the work itself sees it.
    static final class Work {
        private volatile boolean cancelled;

        /// @throws CancellationException if the work is not wanted any more
        void requireWanted() {
            if (cancelled) {
                throw new CancellationException("another took its place");
            }
        }
    }

    /// Starts a piece of work, and asks the one before to end.
    ///
    /// @param failed is told what made the work fail; not of its cancellation
    synchronized void start(Consumer<Work> task, Consumer<RuntimeException> failed) {
        stop();
        Work work = new Work();
        current = work;
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                task.accept(work);
            } catch (CancellationException unwanted) {
                // whoever cancelled it knows
            } catch (RuntimeException wrong) {
                failed.accept(wrong);
            }
        });
    }

    /// Asks the work to end.
    synchronized void stop() {
        Work running = current;
        if (running != null) {
            running.cancelled = true;
        }
        current = null;
    }
}
