package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {
    private static final int COUNT = 1000;
    private static final int BATCH = 96; // does not divide 1000

    static List<Sampler> samplers() {
        return List.of(new Sampler.Replacement(COUNT, BATCH, 1), new Sampler.Shuffle(COUNT, BATCH, 1));
    }

    @Test
    void replacementDrawsEveryExampleEquallyOften() {
        int count = 50;
        int batch = 100;
        int steps = 2000;
        Sampler sampler = new Sampler.Replacement(count, batch, 3);
        int[] drawn = new int[count];
        int[] indices = new int[batch];
        for (int step = 0; step < steps; step++) {
            assertThat(sampler.draw(step, indices)).isEqualTo(batch);
            for (int index : indices) {
                drawn[index]++;
            }
        }
        double expected = (double) batch * steps / count;
        double chiSquare = Arrays.stream(drawn)
                .mapToDouble(found -> (found - expected) * (found - expected) / expected)
                .sum();
        assertThat(chiSquare).isLessThan(85.4); // 49 degrees of freedom, 0.1 %
    }

    @Test
    void replacementDrawsTheSameExampleTwiceNowAndThen() {
        int[] indices = new int[BATCH];
        new Sampler.Replacement(COUNT, BATCH, 1).draw(0, indices);
        assertThat(Arrays.stream(indices).distinct().count()).isBetween(80L, 95L); // 91.6 expected
    }

    @Test
    void shuffledEpochHoldsEveryExampleOnceInANewOrder() {
        Sampler sampler = new Sampler.Shuffle(COUNT, BATCH, 1);
        int[] first = epoch(sampler, 0);
        int[] second = epoch(sampler, 1);
        assertThat(first).isNotEqualTo(second);
        for (int[] order : List.of(first, second)) {
            int[] sorted = order.clone();
            Arrays.sort(sorted);
            assertThat(sorted).isEqualTo(IntStream.range(0, COUNT).toArray());
            assertThat(order).isNotEqualTo(sorted);
        }
    }

    @Test
    void lastBatchOfAShuffledEpochHoldsTheRest() {
        Sampler sampler = new Sampler.Shuffle(COUNT, BATCH, 1);
        assertThat(sampler.stepsPerEpoch()).isEqualTo(11);
        assertThat(sampler.draw(9, new int[BATCH])).isEqualTo(BATCH);
        assertThat(sampler.draw(10, new int[BATCH])).isEqualTo(1000 - 10 * BATCH);
        assertThat(sampler.draw(11, new int[BATCH])).isEqualTo(BATCH);
    }

    @ParameterizedTest
    @CsvSource({"60000,100,600", "1000,96,10", "10,100,1", "100,100,1", "101,100,1"})
    void epochOfReplacementIsAWholeNumberOfStepsAtLeastOne(int count, int batch, long steps) {
        assertThat(new Sampler.Replacement(count, batch, 1).stepsPerEpoch()).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({"60000,100,600", "1000,96,11", "100,100,1", "101,100,2"})
    void epochOfShuffleIsAsManyStepsAsItTakes(int count, int batch, long steps) {
        assertThat(new Sampler.Shuffle(count, batch, 1).stepsPerEpoch()).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({"1000,96,40", "100,100,100", "101,100,1", "10,1,1", "7,5,2"})
    void fewestIsTheLeastThatAnyStepOfAnEpochDraws(int count, int batch, int fewest) {
        Sampler shuffle = new Sampler.Shuffle(count, batch, 1);
        int least = count;
        for (long step = 0; step < shuffle.stepsPerEpoch(); step++) {
            least = Math.min(least, shuffle.draw(step, new int[batch]));
        }
        assertThat(shuffle.fewest()).isEqualTo(least).isEqualTo(fewest);
        assertThat(new Sampler.Replacement(count, batch, 1).fewest()).isEqualTo(batch);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void drawIsAFunctionOfTheStepAlone(Sampler sampler) {
        long[] steps = {25, 3, 0, 25, 1_000_000, 3};
        int[][] drawn = new int[steps.length][];
        for (int i = 0; i < steps.length; i++) {
            int[] indices = new int[BATCH];
            int size = sampler.draw(steps[i], indices);
            drawn[i] = Arrays.copyOf(indices, size);
        }
        assertThat(drawn[0]).isEqualTo(drawn[3]).isNotEqualTo(drawn[1]);
        assertThat(drawn[1]).isEqualTo(drawn[5]).isNotEqualTo(drawn[2]);
    }

    @Test
    void otherSeedsDrawOthers() {
        int[] one = new int[BATCH];
        int[] two = new int[BATCH];
        new Sampler.Replacement(COUNT, BATCH, 1).draw(0, one);
        new Sampler.Replacement(COUNT, BATCH, 2).draw(0, two);
        assertThat(one).isNotEqualTo(two);
        new Sampler.Shuffle(COUNT, BATCH, 1).draw(0, one);
        new Sampler.Shuffle(COUNT, BATCH, 2).draw(0, two);
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void impossibleSizesAreRefusedWithTheValue() {
        assertThatThrownBy(() -> new Sampler.Replacement(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new Sampler.Replacement(10, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("batch")
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new Sampler.Shuffle(10, 11, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 10")
                .hasMessageContaining("found 11");
    }

    @Test
    void samplersAreKnownByName() {
        assertThat(samplers()).extracting(Sampler::name).containsExactly("replacement", "shuffle");
    }

    private static int[] epoch(Sampler sampler, int epoch) {
        int[] all = new int[COUNT];
        int[] indices = new int[BATCH];
        int found = 0;
        for (long i = 0; i < sampler.stepsPerEpoch(); i++) {
            int size = sampler.draw(epoch * sampler.stepsPerEpoch() + i, indices);
            System.arraycopy(indices, 0, all, found, size);
            found += size;
        }
        assertThat(found).isEqualTo(COUNT);
        return all;
    }
}
