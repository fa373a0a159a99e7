package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.badak.data.Dataset;
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
import org.badak.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/// A run on images: the trainer of the command line.
final class TrainingSession extends Session implements TrainingListener {
    private static final int MOST_THREADS = 4; // as the command line by default; the bits do not depend on it
    private static final long PATIENCE_NANOSECONDS = 1_000_000_000;

    /// A learning rate that was set by hand.
    ///
    /// @param step after which
    record RateChange(long step, double rate) {}

    private final TrainingOrder order;
    private final LabelledData data;
    private final Network network;
    private final Parameters parameters;
    private final ReentrantLock looking = new ReentrantLock();
    private final Snapshot snapshot;
    private final LossCurve losses = new LossCurve();
    private final List<Evaluation> readings = new ArrayList<>();
    private final List<RateChange> rateChanges = new ArrayList<>();
    private double wantedRate = Double.NaN;
    private boolean snapshotWanted;
    private boolean snapshotTaken;
    private @Nullable Trainer trainer;
    private @Nullable Backprop gradient;
    private @Nullable RunWriter writer;
    private double rate;

    /// @param number of the run, counted since the lab was opened
    /// @throws IllegalArgumentException if the network does not fit the data
    TrainingSession(long number, TrainingOrder order, LabelledData data) {
        super(number);
        this.order = order;
        this.data = data;
        network = order.network(data.train());
        parameters = network.initialise(Precision.FLOAT32, order.seed());
        rate = order.rate();
        snapshot = new Snapshot(
                network, parameters, KernelChoice.current().kernels(Precision.FLOAT32, 1), data.train(), data.test());
        snapshot.take(parameters, parameters.like());
    }

    @Override
    State trained(RunFolders runs) {
        RunWriter folder = new RunWriter(runs);
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
            } finally {
                lock.unlock();
            }
            if (!begin()) {
                return State.STOPPED;
            }
            saved(folder.begin(this, made, threads));
            made.listen(folder);
            made.run(
                    order.iterations(),
                    new Evaluator(network, parameters, kernels, train),
                    new Evaluator(network, parameters, kernels, data.test()));
            folder.finish(this, made, kernels);
            return made.isStopped() && made.steps() < order.iterations() ? State.STOPPED : State.ENDED;
        }
    }

    @Override
    public void step(long done, double loss) {
        losses.add(loss);
        stepped(done);
    }

    @Override
    void steer(long done) {
        Trainer moved = trainer;
        RunWriter kept = writer;
        if (moved != null && kept != null && !Double.isNaN(wantedRate)) {
            RateChange change = new RateChange(done, wantedRate);
            kept.steered(change);
            moved.schedule(new Schedule.Fixed(wantedRate));
            rateChanges.add(change);
            wantedRate = Double.NaN;
        }
    }

    @Override
    boolean isToBeSteered() {
        return !Double.isNaN(wantedRate);
    }

    @Override
    void stopTraining() {
        Trainer running = trainer;
        if (running == null) {
            state = State.STOPPED;
        } else {
            running.stop();
        }
    }

    @Override
    void ended() {
        Backprop computed = gradient;
        if (computed != null) {
            snapshot.take(parameters, computed.result());
        }
        snapshotTaken = true;
    }

    @Override
    void take(long done) {
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

    @Override
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

    @Override
    void describeTraining(Answer answer, boolean whole) {
        answer.put("kind", "images")
                .put("iterations", order.iterations())
                .put("rate", rate)
                .put("losses", losses.newest(whole ? Integer.MAX_VALUE : 1))
                .put(
                        "readings",
                        told(
                                readings,
                                whole,
                                each -> Answer.numbers(
                                        (double) each.step(),
                                        each.trainAccuracy(),
                                        each.testAccuracy(),
                                        each.trainLoss(),
                                        each.testLoss(),
                                        each.epoch())));
        if (whole) {
            answer.put("order", order.options())
                    .put("network", network.summary())
                    .put("parameters", network.parameterCount());
        }
    }

    @Override
    int batch() {
        return order.batch();
    }

    @Override
    void show(Answer answer, boolean pictures) throws InterruptedException {
        this.<Boolean>look(snapshot -> {
            snapshot.measure(answer);
            if (pictures) {
                snapshot.picture(data.train().shape(), answer);
            }
            return true;
        });
    }
}
