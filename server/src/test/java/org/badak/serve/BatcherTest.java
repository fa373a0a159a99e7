package org.badak.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.badak.server.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class BatcherTest {
    @TempDir
    Path folder;

    /// The first request holds the worker; those behind it wait, fill the queue, are computed together, and get each
    /// its own answer.
    @Test
    void waitingRequestsAreComputedTogetherAndTheQueueIsBounded() throws Exception {
        LoadedModel model = LoadedModel.load("m", TestModels.write(folder.resolve("m"), TestModels.digits(1, 5)), 1);
        LoadedModel other = LoadedModel.load("m", TestModels.write(folder.resolve("n"), TestModels.digits(2, 5)), 2);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        try (Batcher batcher = new Batcher(1, 4, 7, rows -> {
            batches.add(rows);
            begun.countDown();
            awaitQuietly(go);
        })) {
            List<CompletableFuture<float[]>> answers = new ArrayList<>();
            List<LoadedModel> asked = List.of(model, model, model, model, other, other, model, model);
            for (int i = 0; i < asked.size(); i++) {
                int rows = i == 7 ? 9 : 1; // the last is larger than a batch: by itself
                answers.add(ask(batcher, asked.get(i), inputs(i, rows), rows));
                begun.await();
                awaitWaiting(batcher, i);
            }

            assertThatThrownBy(batcher::requireRoom)
                    .isInstanceOfSatisfying(
                            Refusal.class, full -> assertThat(full.status()).isEqualTo(429));
            assertThatThrownBy(() -> batcher.compute(model, new float[784], 1)).isInstanceOf(Refusal.class);
            go.countDown();
            for (int i = 0; i < asked.size(); i++) {
                assertThat(answers.get(i).get(10, TimeUnit.SECONDS))
                        .as("request %d", i)
                        .isEqualTo(alone(asked.get(i), inputs(i, i == 7 ? 9 : 1)));
            }
            assertThat(batches).containsExactly(1, 3, 2, 1, 9);
            assertThat(batcher.waiting()).isZero();
        }
    }

    @Test
    void whatWaitsIsAnsweredAtTheEndAndNothingThatComesLater() throws Exception {
        LoadedModel model = LoadedModel.load("m", TestModels.write(folder.resolve("m"), TestModels.digits(1, 5)), 1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Batcher batcher = new Batcher(1, 1, 7, rows -> {
            begun.countDown();
            awaitQuietly(go);
        });
        List<CompletableFuture<float[]>> answers = new ArrayList<>();
        try (batcher) {
            answers.add(ask(batcher, model, inputs(0, 1), 1));
            begun.await();
            answers.add(ask(batcher, model, inputs(1, 1), 1));
            awaitWaiting(batcher, 1);
        }
        assertThatThrownBy(() -> batcher.compute(model, inputs(2, 1), 1)).isInstanceOf(Refusal.class);
        go.countDown();
        for (int i = 0; i < 2; i++) {
            assertThat(answers.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(alone(model, inputs(i, 1)));
        }
    }

    /// [rows, 784], of each request others.
    private static float[] inputs(int request, int rows) {
        float[] x = new float[rows * 784];
        for (int i = 0; i < x.length; i++) {
            x[i] = (31 * i + 17 * request) % 101 / 101f;
        }
        return x;
    }

    /// [rows, outputs], computed without a batcher.
    private static float[] alone(LoadedModel model, float[] x) {
        int rows = x.length / model.predictor().inputs();
        float[] outputs = new float[rows * model.predictor().outputs()];
        model.predictor().predict(x, rows, outputs);
        return outputs;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<float[]> ask(Batcher batcher, LoadedModel model, float[] x, int rows) {
        CompletableFuture<float[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(batcher.compute(model, x, rows));
            } catch (InterruptedException | RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }

    private static void awaitWaiting(Batcher batcher, int count) {
        while (batcher.waiting() < count) {
            Thread.onSpinWait();
        }
    }
}
