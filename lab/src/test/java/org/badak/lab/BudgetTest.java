package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// That what costs time takes its share and no more.
class BudgetTest {
    @Test
    void workIsDoneAgainWhenItsShareOfTheTimeAllows() throws InterruptedException {
        Budget budget = new Budget(0.5);
        long begun = System.nanoTime();
        long worked = 0;
        int times = 0;
        while (times < 4) {
            if (budget.allows()) {
                long from = System.nanoTime();
                budget.spend(BudgetTest::work);
                worked += System.nanoTime() - from;
                times++;
            }
            Thread.onSpinWait();
        }
        while (!budget.allows()) {
            Thread.sleep(1);
        }

        assertThat((double) worked / (System.nanoTime() - begun)).isLessThanOrEqualTo(0.51);
    }

    private static void work() {
        long end = System.nanoTime() + 5_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
