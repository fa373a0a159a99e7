package org.badak.lab;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.train.Evaluation;
import org.badak.train.TrainingException;

/// One run that the page ordered, in a thread of its own, and what the page may do to it. Wishes are carried out
/// between
/// two steps.
abstract sealed class Session permits TrainingSession, TableSession {
    private static final int NEWEST = 3; // readings that an event tells
    private static final int MOST_READINGS = 500; // of a whole state

    /// Where a run stands.
    enum State {
        /// Data is read.
        PREPARING,
        /// Steps are done.
        RUNNING,
        /// It waits for the page.
        PAUSED,
        /// All steps are done.
        ENDED,
        /// The page stopped it.
        STOPPED,
        /// It could not go on.
        FAILED
    }

    /// Guards what the training thread and the page share.
    final ReentrantLock lock = new ReentrantLock();

    /// Something that somebody may wait for has changed.
    final Condition changed = lock.newCondition();

    private final long number;

    /// Guarded by [#lock].
    State state = State.PREPARING;

    /// Whether the next step has something to carry out: the only thing that a step looks at.
    volatile boolean wishes;

    private String failure = "";
    private volatile String run = "";
    private boolean pauseWanted;
    private volatile long step;

    /// @param number of the run, counted since the lab was opened
    Session(long number) {
        this.number = number;
    }

    /// Trains and writes all files.
    ///
    /// @param runs where
    /// @return how it ended
    abstract State trained(RunFolders runs);

    /// Asks the training to end after the present step, under the lock.
    abstract void stopTraining();

    /// Sets the learning rate from the next step on.
    ///
    /// @throws IllegalArgumentException if it follows a schedule
    abstract void changeRate(double wanted);

    /// Examples of a step.
    abstract int batch();

    /// Adds what was measured, under the lock.
    ///
    /// @param whole whether to add all points of curves, and what was ordered
    abstract void describeTraining(Answer answer, boolean whole);

    /// Adds what it costs something to find out.
    ///
    /// @param pictures whether pictures too
    abstract void show(Answer answer, boolean pictures) throws InterruptedException;

    /// Carries out wishes of its own kind between two steps, under the lock.
    void steer(long done) {}

    /// Whether such a wish is left.
    boolean isToBeSteered() {
        return false;
    }

    /// Lets somebody look at it between two steps, under the lock.
    void take(long done) {}

    /// No step follows; under the lock.
    void ended() {}

    /// Trains to the end, in the calling thread.
    ///
    /// @param runs where the files of the run go
    final void train(RunFolders runs) {
        try {
            end(trained(runs), "");
        } catch (TrainingException | UncheckedIOException | DataException told) {
            end(State.FAILED, String.valueOf(told.getMessage()));
        } catch (RuntimeException | Error wrong) {
            end(State.FAILED, wrong.toString());
            throw wrong;
        }
    }

    /// Steps begin, unless the page has stopped the run before.
    ///
    /// @return whether they do
    final boolean begin() {
        lock.lock();
        try {
            if (state == State.STOPPED) {
                return false;
            }
            state = State.RUNNING;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The folder of the run has this name.
    final void saved(String folder) {
        run = folder;
    }

    private void end(State how, String why) {
        lock.lock();
        try {
            state = how;
            failure = why;
            ended();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A step was done: called by the thread that trains.
    final void stepped(long done) {
        step = done;
        if (wishes) {
            carryOut(done);
        }
    }

    private void carryOut(long done) {
        lock.lock();
        try {
            steer(done);
            take(done);
            while (pauseWanted && state != State.STOPPED) {
                state = State.PAUSED;
                changed.signalAll();
                changed.awaitUninterruptibly();
                take(done);
            }
            if (state == State.PAUSED) {
                state = State.RUNNING;
                changed.signalAll();
            }
            wishes = isToBeSteered();
        } finally {
            lock.unlock();
        }
    }

    /// Pauses or goes on.
    final void pause(boolean wanted) {
        lock.lock();
        try {
            pauseWanted = wanted;
            wishes = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the run after the present step.
    final void stop() {
        lock.lock();
        try {
            stopTraining();
            pauseWanted = false;
            wishes = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the run is over and its files are written, at most so long.
    final void join(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!isOver() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the run stands elsewhere than at a state, at most so long.
    final void awaitOther(State known, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (state == known && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether no step follows and all files are written.
    final boolean isOver() {
        State now = state();
        return now == State.ENDED || now == State.STOPPED || now == State.FAILED;
    }

    /// Steps done.
    final long steps() {
        return step;
    }

    /// Where the run stands.
    final State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// Adds where the run stands, and the newest points of the curves.
    ///
    /// @param whole whether to add all points
    final void describe(Answer answer, boolean whole) {
        lock.lock();
        try {
            answer.put("number", number)
                    .put("state", state.name().toLowerCase(Locale.ROOT))
                    .put("step", step)
                    .put("run", run)
                    .put("failure", failure);
            describeTraining(answer, whole);
        } finally {
            lock.unlock();
        }
    }

    /// Readings for the page: the newest ones, or as many as a curve can show, evenly, with the last one.
    static Json.Items told(List<Evaluation> all, boolean whole, Function<Evaluation, Json.Items> text) {
        int every = Math.max(1, (all.size() + MOST_READINGS - 1) / MOST_READINGS);
        return new Json.Items(IntStream.range(whole ? 0 : Math.max(0, all.size() - NEWEST), all.size())
                .filter(i -> !whole || (all.size() - 1 - i) % every == 0)
                .<Json>mapToObj(i -> text.apply(all.get(i)))
                .toList());
    }
}
