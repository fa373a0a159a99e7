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

    /// The first request holds the worker; those behind it wait, fill the queue, and are computed together.
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
            answers.add(ask(batcher, model, 1));
            begun.await();
            for (LoadedModel asked : List.of(model, model, model, other, other, model)) {
                answers.add(ask(batcher, asked, 1));
                awaitWaiting(batcher, answers.size() - 1);
            }
            answers.add(ask(batcher, model, 9)); // larger than a batch: by itself
            awaitWaiting(batcher, 7);

            assertThatThrownBy(batcher::requireRoom)
                    .isInstanceOfSatisfying(
                            Refusal.class, full -> assertThat(full.status()).isEqualTo(429));
            assertThatThrownBy(() -> batcher.compute(model, new float[784], 1)).isInstanceOf(Refusal.class);
            go.countDown();
            for (CompletableFuture<float[]> answer : answers) {
                answer.get(10, TimeUnit.SECONDS);
            }
            assertThat(batches).containsExactly(1, 3, 2, 1, 9);
            assertThat(batcher.waiting()).isZero();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<float[]> ask(Batcher batcher, LoadedModel model, int rows) {
        CompletableFuture<float[]> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(batcher.compute(model, new float[rows * 784], rows));
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
