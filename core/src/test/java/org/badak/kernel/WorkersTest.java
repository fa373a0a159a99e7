package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 33}) // more than there are cores, too
    void everyPartIsDoneExactlyOnceInEveryRound(int threads) {
        int rounds = 2000;
        AtomicIntegerArray done = new AtomicIntegerArray(threads);
        try (Workers workers = new Workers(threads)) {
            assertThat(workers.threads()).isEqualTo(threads);
            for (int round = 1; round <= rounds; round++) {
                workers.run((part, parts) -> {
                    assert parts == threads;
                    done.incrementAndGet(part);
                });
                for (int part = 0; part < threads; part++) {
                    assertThat(done.get(part)).isEqualTo(round);
                }
            }
        }
    }

    @Test
    void partsRunAtTheSameTimeOnThreadsOfTheirOwn() {
        try (Workers workers = new Workers(4)) {
            for (int round = 0; round < 100; round++) {
                Thread[] threads = threadsOf(workers);
                assertThat(threads).doesNotHaveDuplicates();
                assertThat(threads[0]).isSameAs(Thread.currentThread());
                assertThat(threads[3].getName()).isEqualTo("badak-worker-3");
            }
        }
    }

    @Test
    void callerTakesOverPartsThatNoWorkerHasBegun() {
        Thread[] threads = new Thread[2];
        Workers workers = new Workers(2);
        Thread worker = threadsOf(workers)[1];
        int own = 0;
        for (int round = 0; round < 1000; round++) {
            workers.run((part, parts) -> threads[part] = Thread.currentThread());
            assertThat(threads[0]).isSameAs(Thread.currentThread());
            assertThat(threads[1]).isIn(Thread.currentThread(), worker);
            own += threads[1] == Thread.currentThread() ? 1 : 0;
        }
        assertThat(own).isPositive(); // parts are empty: now and then the caller is first
        workers.close();
    }

    @Test
    void parkedWorkersWakeUp() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers(3)) {
            for (int round = 0; round < 20; round++) {
                workers.run((part, parts) -> done.incrementAndGet());
                Thread.sleep(10); // far longer than workers spin
            }
        }
        assertThat(done).hasValue(60);
    }

    @Test
    void callerWaitsForWorkersThatTakeLong() {
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers(3)) {
            workers.run((part, parts) -> {
                if (part > 0) {
                    sleep(100);
                }
                done.incrementAndGet();
            });
            assertThat(done).hasValue(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void failureOfAnyPartIsThrownAfterAllPartsAreDoneAndTheTeamGoesOn(int failing) {
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers(3)) {
            assertThatThrownBy(() -> workers.run((part, parts) -> {
                        done.incrementAndGet();
                        if (part == failing) {
                            throw new IllegalStateException("part " + part);
                        }
                        sleep(20);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("part " + failing);
            assertThat(done).hasValue(3);
            assertThatThrownBy(() -> workers.run((part, parts) -> {
                        if (part == failing) {
                            throw new AssertionError("error " + part);
                        }
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("error " + failing);
            workers.run((part, parts) -> done.incrementAndGet());
            assertThat(done).hasValue(6);
        }
    }

    @Test
    void closeEndsTheThreadsAndLaterTasksAreRefused() throws InterruptedException {
        Workers workers = new Workers(3);
        Thread[] threads = threadsOf(workers);
        workers.close();
        for (int part = 1; part < 3; part++) {
            threads[part].join(10_000);
            assertThat(threads[part].isAlive()).isFalse();
            assertThat(threads[part].isDaemon()).isTrue();
        }
        assertThatThrownBy(() -> workers.run((part, parts) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void callersMayChange() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (Workers workers = new Workers(2)) {
            for (int i = 0; i < 10; i++) {
                Thread caller = new Thread(() -> workers.run((part, parts) -> {
                    sleep(part * 5L);
                    done.incrementAndGet();
                }));
                caller.start();
                caller.join();
            }
        }
        assertThat(done).hasValue(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025})
    void numberOfThreadsIsChecked(int threads) {
        assertThatThrownBy(() -> new Workers(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads")
                .hasMessageContaining(String.valueOf(threads));
    }

    /// The thread of each part, found by parts that wait for one another.
    private static Thread[] threadsOf(Workers workers) {
        Thread[] threads = new Thread[workers.threads()];
        CyclicBarrier barrier = new CyclicBarrier(threads.length);
        workers.run((part, parts) -> {
            threads[part] = Thread.currentThread();
            try {
                barrier.await();
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        });
        return threads;
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
