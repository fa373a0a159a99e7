package org.badak.lab;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.badak.data.DataException;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Schedule;
import org.badak.train.Evaluation;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;
import org.badak.train.TrainingException;
import org.badak.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/// One run that the page ordered: the trainer of the command line in a thread of its own, and what the page may do to
/// it. Wishes are carried out between two steps.
final class TrainingSession implements TrainingListener {
    private static final int MOST_THREADS = 4; // as the command line by default; the bits do not depend on it
    private static final int NEWEST = 3; // readings that an event tells
    private static final int MOST_READINGS = 500; // of a whole state
    private static final long PATIENCE_NANOSECONDS = 1_000_000_000;

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

    /// A learning rate that was set by hand.
    ///
    /// @param step after which
    record RateChange(long step, double rate) {}

    private final long number;
    private final TrainingOrder order;
    private final LabelledData data;
    private final Network network;
    private final Parameters parameters;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock looking = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Snapshot snapshot;
    private final LossCurve losses = new LossCurve();
    private final List<Evaluation> readings = new ArrayList<>();
    private final List<RateChange> rateChanges = new ArrayList<>();
    private State state = State.PREPARING;
    private String failure = "";
    private volatile String run = "";
    private double wantedRate = Double.NaN;
    private boolean pauseWanted;
    private boolean snapshotWanted;
    private boolean snapshotTaken;
    private volatile boolean wishes; // the only thing that a step looks at
    private @Nullable Trainer trainer;
    private @Nullable Backprop gradient;
    private @Nullable RunWriter writer;
    private double rate;
    private volatile long step;

    /// @param number of the run, counted since the lab was opened
    /// @throws IllegalArgumentException if the network does not fit the data
    TrainingSession(long number, TrainingOrder order, LabelledData data) {
        this.number = number;
        this.order = order;
        this.data = data;
        network = order.network(data.train());
        parameters = network.initialise(Precision.FLOAT32, order.seed());
        rate = order.rate();
        snapshot = new Snapshot(
                network, parameters, KernelChoice.current().kernels(Precision.FLOAT32, 1), data.train(), data.test());
        snapshot.take(parameters, parameters.like());
    }

    /// Trains to the end, in the calling thread.
    ///
    /// @param folder where the files of the run go
    void train(RunWriter folder) {
        try {
            end(trained(folder), "");
        } catch (TrainingException | UncheckedIOException | DataException told) {
            end(State.FAILED, String.valueOf(told.getMessage()));
        } catch (RuntimeException | Error wrong) {
            end(State.FAILED, wrong.toString());
            throw wrong;
        }
    }

    private State trained(RunWriter folder) {
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
        try (folder;
                Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
            Dataset train = data.train();
            Sampler sampler = order.sampler(train);
            Backprop backprop = new Backprop(network, parameters, kernels, order.seed());
            Trainer made =
                    new Trainer(network, parameters, backprop, order.rule(), sampler, kernels, train, order.batch());
            made.listen(this);
            lock.lock();
            try {
                trainer = made;
                gradient = backprop;
                writer = folder;
                if (state == State.STOPPED) {
                    return State.STOPPED;
                }
                state = State.RUNNING;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            run = folder.begin(this, made, threads);
            made.listen(folder);
            made.run(
                    order.iterations(),
                    new Evaluator(network, parameters, kernels, train),
                    new Evaluator(network, parameters, kernels, data.test()));
            folder.finish(this, made, kernels);
            return made.isStopped() && made.steps() < order.iterations() ? State.STOPPED : State.ENDED;
        }
    }

    private void end(State how, String why) {
        lock.lock();
        try {
            state = how;
            failure = why;
            Backprop computed = gradient;
            if (computed != null) {
                snapshot.take(parameters, computed.result());
            }
            snapshotTaken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void step(long done, double loss) {
        step = done;
        losses.add(loss);
        if (wishes) {
            carryOut(done);
        }
    }

    private void carryOut(long done) {
        lock.lock();
        try {
            Trainer moved = trainer;
            RunWriter kept = writer;
            if (moved != null && kept != null && !Double.isNaN(wantedRate)) {
                RateChange change = new RateChange(done, wantedRate);
                kept.steered(change);
                moved.schedule(new Schedule.Fixed(wantedRate));
                rateChanges.add(change);
                wantedRate = Double.NaN;
            }
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
            wishes = !Double.isNaN(wantedRate);
        } finally {
            lock.unlock();
        }
    }

    private void take(long done) {
        Backprop computed = gradient;
        if (snapshotWanted && computed != null) {
            snapshot.take(parameters, computed.result());
            losses.mark(done);
            snapshotWanted = false;
            snapshotTaken = true;
            changed.signalAll();
        }
    }

    @Override
    public void evaluated(Evaluation reading) {
        lock.lock();
        try {
            readings.add(reading);
            losses.mark(reading.step()); // also where no page looks
        } finally {
            lock.unlock();
        }
    }

    /// Has the network copied between two steps and looks at the copy; one look at a time. Where no copy comes within
    /// a second, as while all images are evaluated, it looks at the copy before.
    <T> T look(Function<Snapshot, T> looker) throws InterruptedException {
        looking.lockInterruptibly();
        try {
            copy();
            return looker.apply(snapshot);
        } finally {
            looking.unlock();
        }
    }

    private void copy() throws InterruptedException {
        lock.lock();
        try {
            if (state != State.RUNNING && state != State.PAUSED) {
                return;
            }
            snapshotTaken = false;
            snapshotWanted = true;
            wishes = true;
            changed.signalAll();
            long left = PATIENCE_NANOSECONDS;
            while (!snapshotTaken && left > 0) {
                left = changed.awaitNanos(left);
            }
            snapshotWanted = false;
        } finally {
            lock.unlock();
        }
    }

    /// Pauses or goes on.
    void pause(boolean wanted) {
        lock.lock();
        try {
            pauseWanted = wanted;
            wishes = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Sets the learning rate from the next step on.
    void changeRate(double wanted) {
        lock.lock();
        try {
            wantedRate = wanted;
            rate = wanted;
            wishes = true;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the run after the present step.
    void stop() {
        lock.lock();
        try {
            Trainer running = trainer;
            if (running == null) {
                state = State.STOPPED;
            } else {
                running.stop();
            }
            pauseWanted = false;
            wishes = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the run is over and its files are written, at most so long.
    void join(Duration most) throws InterruptedException {
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
    void awaitOther(State known, Duration most) throws InterruptedException {
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
    boolean isOver() {
        State now = state();
        return now == State.ENDED || now == State.STOPPED || now == State.FAILED;
    }

    /// Steps done.
    long steps() {
        return step;
    }

    /// Where the run stands.
    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    TrainingOrder order() {
        return order;
    }

    LabelledData data() {
        return data;
    }

    Network network() {
        return network;
    }

    /// The parameters as they are trained; read only by the thread that trains, or when the run is over.
    Parameters parameters() {
        return parameters;
    }

    /// Learning rates that were set by hand.
    List<RateChange> rateChanges() {
        lock.lock();
        try {
            return List.copyOf(rateChanges);
        } finally {
            lock.unlock();
        }
    }

    /// All readings so far.
    List<Evaluation> readings() {
        lock.lock();
        try {
            return List.copyOf(readings);
        } finally {
            lock.unlock();
        }
    }

    private static <T> List<T> newest(List<T> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /// As many readings as a curve can show, evenly, with the last one.
    private static List<Evaluation> thinned(List<Evaluation> all) {
        int every = Math.max(1, (all.size() + MOST_READINGS - 1) / MOST_READINGS);
        return IntStream.range(0, all.size())
                .filter(i -> (all.size() - 1 - i) % every == 0)
                .mapToObj(all::get)
                .toList();
    }

    /// Adds where the run stands, and the newest points of the curves.
    ///
    /// @param whole whether to add all points
    void describe(Answer answer, boolean whole) {
        lock.lock();
        try {
            answer.put("number", number)
                    .put("state", state.name().toLowerCase(Locale.ROOT))
                    .put("step", step)
                    .put("iterations", order.iterations())
                    .put("rate", rate)
                    .put("run", run)
                    .put("failure", failure)
                    .put("losses", losses.newest(whole ? Integer.MAX_VALUE : 1))
                    .put(
                            "readings",
                            new Json.Items((whole ? thinned(readings) : newest(readings, NEWEST))
                                    .stream()
                                            .<Json>map(each -> Answer.numbers(
                                                    (double) each.step(),
                                                    each.trainAccuracy(),
                                                    each.testAccuracy(),
                                                    each.trainLoss(),
                                                    each.testLoss(),
                                                    each.epoch()))
                                            .toList()));
        } finally {
            lock.unlock();
        }
    }
}
