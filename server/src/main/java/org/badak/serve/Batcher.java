package org.badak.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.badak.server.Refusal;

/// Computes the answers of simultaneous requests together. A request that comes alone is computed at once; those that
/// come meanwhile wait in a queue of limited length, and are then computed in one batch. Nobody waits for a batch to
/// become full.
///
/// The answer to an example has the same bits in any batch, see [org.badak.model.Predictor].
final class Batcher implements AutoCloseable {
    private final int mostRows;
    private final int mostWaiting;
    private final IntConsumer batchRows;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ArrayDeque<Job> queue = new ArrayDeque<>();
    private final List<Thread> workers = new ArrayList<>();
    private boolean closed;

    private record Job(LoadedModel model, float[] x, int rows, CompletableFuture<float[]> outputs) {}

    /// @param threads that compute
    /// @param mostRows of a batch; a request with more is computed by itself
    /// @param mostWaiting requests in the queue
    /// @param batchRows is told the rows of every batch
    Batcher(int threads, int mostRows, int mostWaiting, IntConsumer batchRows) {
        this.mostRows = mostRows;
        this.mostWaiting = mostWaiting;
        this.batchRows = batchRows;
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().daemon().name("predict-" + i).start(this::work));
        }
    }

    /// Requests that wait.
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /// Checks that there is room, before a request is read at all.
    ///
    /// @throws Refusal 429 if the queue is full
    void requireRoom() {
        if (waiting() >= mostWaiting) {
            throw full();
        }
    }

    /// Computes the outputs for examples; waits for its turn.
    ///
    /// @param x [rows, inputs] of the model
    /// @return [rows, outputs]
    /// @throws Refusal 429 if the queue is full
    /// @throws InterruptedException when the server stops
    float[] compute(LoadedModel model, float[] x, int rows) throws InterruptedException {
        Job job = new Job(model, x, rows, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed || queue.size() >= mostWaiting) {
                throw full();
            }
            queue.addLast(job);
            work.signal();
        } finally {
            lock.unlock();
        }
        try {
            return job.outputs.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the batch failed", failed.getCause());
        }
    }

    private Refusal full() {
        return Refusal.busy(
                "the queue is full",
                mostWaiting + " requests that wait",
                "at most " + mostWaiting + ", see --queue",
                Duration.ofSeconds(1));
    }

    private void work() {
        List<Job> batch = new ArrayList<>();
        while (take(batch)) {
            try {
                compute(batch);
            } catch (RuntimeException | Error failure) {
                batch.forEach(job -> job.outputs.completeExceptionally(failure));
            }
            batch.clear();
        }
    }

    /// Takes the first request and those behind it that fit into one batch with it.
    ///
    /// @return false when all is done and closed
    private boolean take(List<Job> batch) {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (closed) {
                    return false;
                }
                work.awaitUninterruptibly();
            }
            Job first = queue.removeFirst();
            batch.add(first);
            int rows = first.rows;
            while (!queue.isEmpty()
                    && queue.getFirst().model.predictor().equals(first.model.predictor())
                    && rows + queue.getFirst().rows <= mostRows) {
                rows += queue.getFirst().rows;
                batch.add(queue.removeFirst());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void compute(List<Job> batch) {
        LoadedModel model = batch.getFirst().model;
        int inputs = model.predictor().inputs();
        int outputs = model.predictor().outputs();
        int rows = batch.stream().mapToInt(Job::rows).sum();
        batchRows.accept(rows);
        float[] x = batch.getFirst().x;
        if (batch.size() > 1) {
            x = new float[rows * inputs];
            int row = 0;
            for (Job job : batch) {
                System.arraycopy(job.x, 0, x, row * inputs, job.rows * inputs);
                row += job.rows;
            }
        }
        float[] result = new float[rows * outputs];
        model.predictor().predict(x, rows, result);
        int row = 0;
        for (Job job : batch) {
            float[] own = result;
            if (batch.size() > 1) {
                own = new float[job.rows * outputs];
                System.arraycopy(result, row * outputs, own, 0, own.length);
            }
            job.outputs.complete(own);
            row += job.rows;
        }
    }

    /// Computes what waits, then ends.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
