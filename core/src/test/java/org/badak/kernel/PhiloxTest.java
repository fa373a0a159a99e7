package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhiloxTest {
    private static final int DRAWS = 200_000;

    /// The lines `philox4x32 10` of kat_vectors of the Random123 library.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    00000000 00000000 00000000 00000000 | 00000000 00000000 | 6627e8d5 e169c58d bc57ac4c 9b00dbd8
                    ffffffff ffffffff ffffffff ffffffff | ffffffff ffffffff | 408f276d 41c83b0e a20bc7c6 6d5451fd
                    243f6a88 85a308d3 13198a2e 03707344 | a4093822 299f31d0 | d16cfe09 94fdcceb 5001e420 24126ea1
                    """)
    void blockGivesTheKnownAnswers(String counter, String key, String answer) {
        int[] c = words(counter);
        int[] k = words(key);
        int[] output = new int[4];
        Philox.block(c[0], c[1], c[2], c[3], k[0], k[1], output);
        assertThat(output).isEqualTo(words(answer));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0x123456789ABCDEFL, Long.MIN_VALUE})
    void bitsAreTheFirstWordsOfTheBlockOfIndexPurposeAndStream(long value) {
        Philox philox = new Philox(~value, Purpose.SHUFFLE, 77);
        int[] output = new int[4];
        Philox.block(
                (int) value,
                (int) (value >>> 32),
                Purpose.SHUFFLE.code(),
                77,
                (int) ~value,
                (int) (~value >>> 32),
                output);
        assertThat((int) philox.bits(value)).isEqualTo(output[0]);
        assertThat((int) (philox.bits(value) >>> 32)).isEqualTo(output[1]);
    }

    @Test
    void uniformHasTheMomentsOfTheUniformDistribution() {
        Philox philox = new Philox(3, Purpose.DATA, 0);
        double sum = 0;
        double squares = 0;
        int[] tenths = new int[10];
        for (int i = 0; i < DRAWS; i++) {
            double value = philox.uniform(i);
            assertThat(value >= 0 && value < 1).isTrue();
            sum += value;
            squares += value * value;
            tenths[(int) (value * 10)]++;
        }
        double deviationOfMean = Math.sqrt(1.0 / 12 / DRAWS);
        assertThat(sum / DRAWS).isCloseTo(0.5, within(4 * deviationOfMean));
        assertThat(squares / DRAWS).isCloseTo(1.0 / 3, within(4 * Math.sqrt(4.0 / 45 / DRAWS)));
        assertThat(chiSquare(tenths, DRAWS / 10.0)).isLessThan(27.9); // 9 degrees of freedom, 0.1 %
    }

    @Test
    void normalHasTheMomentsOfTheStandardNormalDistribution() {
        Philox philox = new Philox(4, Purpose.INITIALISATION, 2);
        double[] moments = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double value = philox.normal(i);
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(value, power) / DRAWS;
            }
        }
        assertThat(moments[1]).isCloseTo(0, within(4 * Math.sqrt(1.0 / DRAWS)));
        assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2.0 / DRAWS)));
        assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15.0 / DRAWS)));
        assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96.0 / DRAWS)));
    }

    @Test
    void neighbouringNormalNumbersAreUncorrelated() {
        Philox philox = new Philox(4, Purpose.INITIALISATION, 2);
        double products = 0;
        for (int i = 0; i < DRAWS; i++) {
            products += philox.normal(i) * philox.normal(i + 1) / DRAWS;
        }
        assertThat(products).isCloseTo(0, within(4 * Math.sqrt(1.0 / DRAWS)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1000})
    void belowIsUniform(int bound) {
        Philox philox = new Philox(5, Purpose.SAMPLING, 0);
        int[] counts = new int[bound];
        for (int i = 0; i < DRAWS; i++) {
            counts[philox.below(i, bound)]++;
        }
        double degrees = bound - 1;
        assertThat(chiSquare(counts, (double) DRAWS / bound)).isLessThanOrEqualTo(degrees + 4 * Math.sqrt(2 * degrees));
    }

    @Test
    void belowReachesTheLargestBound() {
        Philox philox = new Philox(5, Purpose.SAMPLING, 0);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            int value = philox.below(i, Integer.MAX_VALUE);
            assertThat(value).isNotNegative();
            sum += value / (double) Integer.MAX_VALUE;
        }
        assertThat(sum / DRAWS).isCloseTo(0.5, within(0.003));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 1000})
    void permutationHoldsEveryNumberOnce(int length) {
        int[] permutation = new int[length];
        Arrays.fill(permutation, 99);
        new Philox(6, Purpose.SHUFFLE, 0).permute(permutation);
        int[] sorted = permutation.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < length; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
    }

    @Test
    void everyPermutationIsEquallyLikely() {
        int[] counts = new int[24];
        int[] permutation = new int[4];
        int rounds = 24_000;
        for (int stream = 0; stream < rounds; stream++) {
            new Philox(8, Purpose.SHUFFLE, stream).permute(permutation);
            int code = 0;
            for (int i = 0; i < 4; i++) {
                int smaller = 0;
                for (int j = i + 1; j < 4; j++) {
                    smaller += permutation[j] < permutation[i] ? 1 : 0;
                }
                code = code * (4 - i) + smaller;
            }
            counts[code]++;
        }
        assertThat(chiSquare(counts, rounds / 24.0)).isLessThan(49.7); // 23 degrees of freedom, 0.1 %
    }

    @Test
    void seedPurposeAndStreamTellDrawsApart() {
        Set<Long> seen = new HashSet<>();
        for (long seed : new long[] {0, 1, 1L << 32}) {
            for (Purpose purpose : Purpose.values()) {
                for (int stream = 0; stream < 3; stream++) {
                    for (long index : new long[] {0, 1, 1L << 32}) {
                        assertThat(seen.add(new Philox(seed, purpose, stream).bits(index)))
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void codesOfPurposesNeverChange() {
        assertThat(Arrays.stream(Purpose.values()).limit(5).map(purpose -> purpose + " " + purpose.code()))
                .containsExactly("INITIALISATION 1", "SAMPLING 2", "SHUFFLE 3", "DATA 4", "GRADIENT_CHECK 5");
    }

    private static double chiSquare(int[] counts, double expected) {
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    private static int[] words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
    }
}
