package org.badak.spark;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.badak.gradient.EngineException;
import org.badak.tune.TrialEngine;
import org.badak.tune.TrialFunction;

/// Carries out the trials of a search by Apache Spark: each is a task of one core, tried again
/// elsewhere where it is lost. What all trials share is sent once.
///
/// Every trial has a deadline: behind it its task is cancelled, and the message says what was waited
/// for.
public final class SparkTrials implements TrialEngine {
    /// How long a trial may take, unless told otherwise.
    public static final Duration DEADLINE = Duration.ofHours(1);

    private final SparkContexts.Started started;
    private final JavaSparkContext context;
    private final Duration deadline;
    private final TrialWork work;
    private final Broadcast<TrialWork> sent;
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    private SparkTrials(SparkContexts.Started started, TrialWork work, Duration deadline) {
        this.started = started;
        this.work = work;
        this.deadline = deadline;
        context = started.context();
        sent = context.broadcast(work);
    }

    /// Starts Spark, waits for the executors and sends them what trials share.
    ///
    /// @param function found by its name on executors, which get its code and all that stands beside it
    /// @param settings whose deadline of a round is that of a trial
    /// @throws EngineException if Spark cannot be started, the executors do not come in time, or
    ///     what trials share is too large to be sent
    public static SparkTrials start(TrialFunction function, byte[] shared, SparkSettings settings) {
        if (shared.length > PackedExamples.MOST_BYTES) {
            throw new EngineException(
                    "cannot send the data to the executors: they are too large",
                    "what trials share",
                    shared.length + " bytes",
                    "at most " + PackedExamples.MOST_BYTES + " bytes: every executor holds all of it",
                    "search with fewer examples, --train-count N, or in one process");
        }
        TrialWork work = new TrialWork("badak-" + UUID.randomUUID(), function.name(), shared);
        SparkContexts.Started started = SparkContexts.started(settings, BadakJars.beside(function.getClass()));
        try {
            return new SparkTrials(started, work, settings.round());
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    @Override
    public String run(String trial) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(SparkTrials.class.getClassLoader()); // Spark looks for codecs there
        String group = work.job() + "-" + numbers.incrementAndGet();
        try {
            context.setJobGroup(group, "Badak, trial " + trial, true);
            JavaFutureAction<List<String>> future = context.parallelize(List.of(trial), 1)
                    .map(new TrialTask(sent))
                    .collectAsync();
            return future.get(deadline.toMillis(), TimeUnit.MILLISECONDS).getFirst();
        } catch (TimeoutException late) {
            context.cancelJobGroup(group);
            throw new EngineException(
                    "a trial was not finished in time: its task is cancelled",
                    place() + ", " + trial,
                    SparkContexts.executors(context) + " executors, and no result after " + deadline.toSeconds() + " s",
                    "what comes of the trial",
                    "check that workers run and have free cores; more time is given by --round-timeout; the search goes"
                            + " on with --resume",
                    late);
        } catch (InterruptedException interrupted) {
            context.cancelJobGroup(group);
            Thread.currentThread().interrupt();
            throw failed(trial, "interrupted", interrupted);
        } catch (ExecutionException | RuntimeException failure) {
            throw failed(trial, SparkContexts.rootOf(failure), failure);
        } finally {
            if (!context.sc().isStopped()) {
                context.clearJobGroup();
            }
            thread.setContextClassLoader(usual);
        }
    }

    private EngineException failed(String trial, String found, Throwable cause) {
        return new EngineException(
                "a trial could not be carried out",
                place() + ", " + trial,
                found,
                "what comes of the trial",
                "see what Spark says with --debug; the search goes on with --resume",
                cause);
    }

    @Override
    public int parallel() {
        return context.defaultParallelism(); // the cores of all executors that have come
    }

    @Override
    public void stop() {
        if (!context.sc().isStopped()) {
            context.cancelAllJobs();
        }
    }

    @Override
    public String place() {
        return "Spark " + context.version() + ", " + context.master();
    }

    /// The Spark that it computes on.
    public JavaSparkContext context() {
        return context;
    }

    /// Whether [#close] was called.
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        work.forget();
        started.close();
    }
}
