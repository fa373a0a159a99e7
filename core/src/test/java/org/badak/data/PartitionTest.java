package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final int[] LABELS =
            IntStream.range(0, 100).map(i -> i < 60 ? 0 : i < 90 ? 1 : 2).toArray();

    @Test
    void everyClassIsDividedByTheSameFraction() {
        Partition partition = Partition.of(LABELS, 3, 0.2, 7);

        assertThat(counts(partition.held())).containsExactly(12, 6, 2);
        assertThat(together(partition)).containsExactly(IntStream.range(0, 100).toArray());
    }

    @Test
    void aClassOfOneExampleIsLearnedFrom() {
        Partition partition = Partition.of(new int[] {0, 0, 0, 0, 1}, 2, 0.5, 1);

        assertThat(partition.train()).contains(4);
    }

    @Test
    void foldsHoldOutEveryExampleOnce() {
        List<Partition> folds = Partition.folds(LABELS, 3, 5, 7);

        assertThat(folds).hasSize(5).allSatisfy(fold -> {
            assertThat(counts(fold.held())).containsExactly(12, 6, 2);
            assertThat(together(fold)).containsExactly(IntStream.range(0, 100).toArray());
        });
        assertThat(folds.stream()
                        .flatMapToInt(fold -> Arrays.stream(fold.held()))
                        .sorted())
                .containsExactly(IntStream.range(0, 100).boxed().toArray(Integer[]::new));
    }

    @Test
    void theSeedSettlesTheDivision() {
        assertThat(Partition.of(100, 0.3, 5).held())
                .containsExactly(Partition.of(100, 0.3, 5).held())
                .isNotEqualTo(Partition.of(100, 0.3, 6).held())
                .hasSize(30);
    }

    @Test
    void impossibleDivisionsAreTold() {
        assertThatThrownBy(() -> Partition.of(10, 1, 1)).hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> Partition.of(10, Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Partition.folds(3, 4, 1)).hasMessageContaining("found 4");
        assertThatThrownBy(() -> Partition.of(0, 0, 1)).hasMessageContaining("nothing is left");
    }

    @Test
    void batchesOfValueExamplesHaveTheirTargets() {
        Matrix x = Matrix.of(Precision.FLOAT32, new double[] {1}, new double[] {2}, new double[] {3});
        Matrix y = Matrix.of(Precision.FLOAT32, new double[] {10}, new double[] {20}, new double[] {30});
        ValueExamples examples = new ValueExamples("three", x, y);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Batch batch = new BatchLoader(examples, kernels, 3).load(new int[] {2, 0}, 0, 2);

            assertThat(batch.x().toArray()).isDeepEqualTo(new double[][] {{3}, {1}});
            assertThat(batch.targets())
                    .isInstanceOfSatisfying(
                            Targets.Values.class,
                            values -> assertThat(values.matrix().toArray()).isDeepEqualTo(new double[][] {{30}, {10}}));
        }
    }

    private static int[] counts(int[] indices) {
        int[] counts = new int[3];
        for (int index : indices) {
            counts[LABELS[index]]++;
        }
        return counts;
    }

    private static int[] together(Partition partition) {
        return IntStream.concat(Arrays.stream(partition.train()), Arrays.stream(partition.held()))
                .sorted()
                .toArray();
    }
}
