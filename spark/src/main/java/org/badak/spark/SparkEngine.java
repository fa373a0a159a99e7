package org.badak.spark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.badak.gradient.EngineException;
import org.badak.gradient.LocalMean;
import org.badak.gradient.LocalRound;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardSum;
import org.badak.gradient.ShardWork;
import org.badak.matrix.Precision;
import org.badak.model.Parameters;

/// Computes shards by Apache Spark: rounds of synchronous data parallelism, or of local steps
/// ([org.badak.gradient.LocalSgd]). For each round the driver sends the parameters to all executors
/// and runs one task for each shard; tasks are pure functions of the parameters' version and the
/// shard, so that retries, speculative copies, lost executors and stragglers change no bit. The
/// training set is sent once.
///
/// Every round has a deadline: behind it the tasks are cancelled, and the message says what was
/// waited for.
public final class SparkEngine implements ShardEngine {
    private final JavaSparkContext context;
    private final Held held; // what ends with this engine
    private final Duration deadline;
    private final ShardTask.Before before;
    private final String job = "badak-" + UUID.randomUUID();
    private final Broadcast<SentWork> work;
    private final JavaRDD<Integer> shards;
    private final List<Parameters> arrived = new ArrayList<>(); // of a shard: gradient, or parameters and memory
    private RoundCost latest = new RoundCost(0, 0, 0);
    private volatile boolean closed;

    /// What is let go of at the end.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private SparkEngine(
            JavaSparkContext context, Held held, ShardWork work, Duration deadline, ShardTask.Before before) {
        this.context = context;
        this.held = held;
        this.deadline = deadline;
        this.before = before;
        this.work = context.broadcast(SentWork.of(work));
        int count = work.shards().count();
        List<Integer> numbers = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            numbers.add(shard);
        }
        shards = context.parallelize(numbers, count);
        arrived.add(new Parameters(Precision.FLOAT32, work.network().slots()));
    }

    /// Starts Spark, waits for the executors and sends them the work.
    ///
    /// @throws EngineException if Spark cannot be started, the executors do not come in time,
    ///     or the work cannot be sent
    public static SparkEngine start(ShardWork work, SparkSettings settings) {
        return start(work, settings, ShardTask.Before.NOTHING);
    }

    static SparkEngine start(ShardWork work, SparkSettings settings, ShardTask.Before before) {
        SparkContexts.Started started = SparkContexts.started(settings, List.of());
        try {
            return new SparkEngine(started.context(), started, work, settings.round(), before);
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    /// Computes on a Spark that runs already, and leaves it running at the end.
    ///
    /// @param deadline how long a round may take
    /// @throws EngineException if the work cannot be sent
    public static SparkEngine on(JavaSparkContext context, ShardWork work, Duration deadline) {
        return on(context, work, deadline, ShardTask.Before.NOTHING);
    }

    static SparkEngine on(JavaSparkContext context, ShardWork work, Duration deadline, ShardTask.Before before) {
        return new SparkEngine(context, () -> {}, work, deadline, before);
    }

    @Override
    public String compute(Parameters parameters, long step, ShardSum sum) {
        requireSingle(parameters);
        String[] firstNonFinite = {""};
        RoundParameters numbers = new RoundParameters(step, FlatNumbers.of(parameters));
        round(step, numbers, sent -> new ShardTask(job, work, sent, before), reply -> {
            if (reply.rows() > 0) {
                FlatNumbers.into(reply.gradient(), arrived.getFirst());
            }
            sum.add(reply.round(), reply.shard(), reply.rows(), reply.weight(), reply.loss(), arrived.getFirst());
            firstNonFinite[0] = firstNonFinite[0].isEmpty() ? reply.firstNonFinite() : firstNonFinite[0];
            return reply.nanoseconds();
        });
        return firstNonFinite[0];
    }

    @Override
    public void advance(LocalRound round, List<Parameters> state, LocalMean mean) {
        requireSingle(state.getFirst());
        while (arrived.size() < state.size()) {
            arrived.add(arrived.getFirst().like());
        }
        LocalStart start = LocalStart.of(round, state);
        round(round.first(), start, sent -> new LocalTask(job, work, sent, before), reply -> {
            for (int i = 0; i < state.size(); i++) {
                FlatNumbers.into(reply.state()[i], arrived.get(i));
            }
            mean.add(reply.first(), reply.shard(), reply.steps(), arrived.subList(0, state.size()));
            return reply.nanoseconds();
        });
    }

    /// Sends what a round begins with to all executors, and takes the answers of all shards.
    ///
    /// @param number of the round: its first step
    /// @param start what is sent
    /// @param task made of it
    /// @param taker takes an answer; says how many nanoseconds its computation took
    private <S, T> void round(
            long number,
            S start,
            java.util.function.Function<Broadcast<S>, Function<Integer, T>> task,
            ToLongFunction<T> taker) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(SparkEngine.class.getClassLoader()); // Spark looks for codecs there
        long begun = System.nanoTime();
        try {
            Broadcast<S> sent = context.broadcast(start);
            double send = (System.nanoTime() - begun) / 1e9;
            try {
                long slowest = 0;
                for (T reply : replies(number, task.apply(sent))) {
                    slowest = Math.max(slowest, taker.applyAsLong(reply));
                }
                latest = new RoundCost((System.nanoTime() - begun) / 1e9, send, slowest / 1e9);
            } finally {
                if (!context.sc().isStopped()) {
                    sent.unpersist(false);
                }
            }
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private <T> List<T> replies(long step, Function<Integer, T> task) {
        String group = job + "-" + step;
        context.setJobGroup(group, "Badak, round " + step, true);
        try {
            JavaFutureAction<List<T>> future = shards.map(task).collectAsync();
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            context.cancelJobGroup(group);
            throw new EngineException(
                    "round " + step + " was not finished in time: its tasks are cancelled",
                    place(),
                    SparkContexts.executors(context) + " executors, which have not computed all "
                            + shards.getNumPartitions() + " shards after " + deadline.toSeconds() + " s",
                    "all shards",
                    "check that workers run and have free cores; more time is given by --round-timeout; the run goes on"
                            + " from its last checkpoint with --resume",
                    late);
        } catch (InterruptedException interrupted) {
            context.cancelJobGroup(group);
            Thread.currentThread().interrupt();
            throw failed(step, "interrupted", interrupted);
        } catch (ExecutionException | RuntimeException failure) {
            throw failed(step, SparkContexts.rootOf(failure), failure);
        } finally {
            if (!context.sc().isStopped()) {
                context.clearJobGroup();
            }
        }
    }

    private EngineException failed(long step, String found, Throwable cause) {
        return new EngineException(
                "round " + step + " could not be computed",
                place(),
                found,
                "answers of all " + shards.getNumPartitions() + " shards",
                "see what Spark says with --debug; the run goes on from its last checkpoint with --resume",
                cause);
    }

    private static void requireSingle(Parameters parameters) {
        if (parameters.precision() != Precision.FLOAT32) {
            throw new IllegalArgumentException(
                    "engine spark: expected parameters of FLOAT32, found " + parameters.precision());
        }
    }

    /// Whether [#close] was called.
    boolean isClosed() {
        return closed;
    }

    /// What the latest round has cost.
    public RoundCost latestRound() {
        return latest;
    }

    /// The Spark that it computes on.
    public JavaSparkContext context() {
        return context;
    }

    @Override
    public String place() {
        return "Spark " + context.version() + ", " + context.master();
    }

    @Override
    public void close() {
        closed = true;
        Desk.clear(job);
        if (!context.sc().isStopped()) {
            work.unpersist(false);
        }
        held.close();
    }
}
