package org.badak.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.badak.gradient.LocalRound;
import org.badak.gradient.LocalSteps;
import org.badak.gradient.LocalWorker;
import org.badak.gradient.ShardWork;
import org.badak.gradient.ShardWorker;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Parameters;

/// A place to work in an executor's process: network, buffers and the parameters of the round whose
/// gradients were computed last. They outlive tasks: a task takes a free one, or makes one, and gives it back.
final class Desk {
    private static final int MOST_JOBS = 8; // searches train several networks side by side
    private static final Map<String, Deque<Desk>> FREE = new LinkedHashMap<>();

    private final String job;
    private final Kernels kernels;
    private final ShardWorker worker;
    private final List<LocalWorker> local = new ArrayList<>(); // made when it is needed: none or one
    private long round = -1;

    private Desk(String job, ShardWork work) {
        this.job = job;
        // closed by nobody: one thread starts none
        kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
        worker = new ShardWorker(work, work.network().initialise(Precision.FLOAT32, 0), kernels);
    }

    /// Does a task at a free desk and gives the desk back, but not where the task failed: its buffers
    /// are in no known state then.
    ///
    /// @param job a name that no other work in this process has
    /// @param work asked for where a desk has to be made
    static <T> T use(String job, Supplier<SentWork> work, Function<Desk, T> task) {
        Desk desk = take(job, work);
        T reply = task.apply(desk);
        desk.free();
        return reply;
    }

    private static Desk take(String job, Supplier<SentWork> work) {
        synchronized (FREE) {
            Desk free = FREE.computeIfAbsent(job, name -> new ArrayDeque<>()).poll();
            while (FREE.size() > MOST_JOBS) {
                FREE.remove(FREE.keySet().iterator().next()); // the oldest
            }
            if (free != null) {
                return free;
            }
        }
        return new Desk(job, work.get().work());
    }

    private void free() {
        synchronized (FREE) {
            Deque<Desk> others = FREE.get(job);
            if (others != null) {
                others.push(this);
            }
        }
    }

    /// Forgets the desks of a job.
    static void clear(String job) {
        synchronized (FREE) {
            FREE.remove(job);
        }
    }

    /// Computes a shard.
    ShardReply compute(RoundParameters parameters, int shard) {
        long start = System.nanoTime();
        if (round != parameters.round()) {
            FlatNumbers.into(parameters.numbers(), worker.parameters());
            round = parameters.round();
        }
        worker.compute(round, shard);
        float[] gradient = worker.rows() == 0 ? new float[0] : FlatNumbers.of(worker.gradient());
        return new ShardReply(
                round,
                shard,
                worker.rows(),
                worker.weight(),
                worker.loss(),
                gradient,
                worker.firstNonFinite(),
                System.nanoTime() - start);
    }

    /// Takes the steps of a shard.
    LocalReply advance(LocalStart begun, int shard) {
        long start = System.nanoTime();
        LocalRound steps = begun.round();
        round = -1; // the parameters are about to be moved
        if (local.isEmpty()) {
            local.add(new LocalWorker(worker, steps.optimizer(), kernels));
        }
        List<Parameters> state = local.getFirst().state(steps.optimizer());
        for (int i = 0; i < state.size(); i++) {
            FlatNumbers.into(begun.state()[i], state.get(i));
        }
        LocalSteps taken = local.getFirst().advance(steps, shard);
        return new LocalReply(
                begun.first(),
                shard,
                taken.rows(),
                taken.weights(),
                taken.losses(),
                taken.failure(),
                state.stream().map(FlatNumbers::of).toArray(float[][]::new),
                System.nanoTime() - start);
    }
}
