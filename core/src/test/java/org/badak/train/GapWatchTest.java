package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapWatchTest {
    private final List<GapOpening> told = new ArrayList<>();

    @Test
    void opensWithTheFirstOfTwoReadingsInARow() {
        GapWatch watch = watch(10_000);
        read(watch, 0.10, 0.10, 0.90, 0.89, 0.95, 0.90, 0.97, 0.91, 0.99, 0.91);
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().reading().step()).isEqualTo(200);
        assertThat(watch.opening()).contains(told.getFirst());
    }

    @Test
    void oneReadingIsNotBelieved() {
        GapWatch watch = watch(10_000);
        read(watch, 0.90, 0.80, 0.90, 0.89, 0.95, 0.80, 0.90, 0.89);
        assertThat(told).isEmpty();
        assertThat(watch.opening()).isEmpty();
    }

    @Test
    void aGapAtTheThresholdIsToldOnceAndNotAtEveryCrossing() {
        GapWatch watch = watch(10_000);
        read(watch, 0.93, 0.90, 0.93, 0.90, 0.91, 0.90, 0.93, 0.90, 0.91, 0.90, 0.93, 0.90, 0.93, 0.90);
        assertThat(told).hasSize(1);
        assertThat(watch.opening()).isPresent();
    }

    @Test
    void aGapThatClosesForTwoReadingsIsGoneAndMayOpenAgain() {
        GapWatch watch = watch(10_000);
        read(watch, 0.95, 0.90, 0.95, 0.90, 0.95, 0.95, 0.95, 0.95);
        assertThat(watch.opening()).isEmpty();
        read(watch, 0.99, 0.90, 0.99, 0.90);
        assertThat(told).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "0.92, 0.899, 100000, 100000, true",
        "0.92, 0.901, 100000, 100000, false", // below two points
        "1.00, 0.90, 300, 50, true", // standard error 4.24 points
        "1.00, 0.92, 300, 50, true", // 3.84
        "1.00, 0.94, 300, 50, false", // 3.36: 6 points are within two of them
        "0.90, 0.95, 300, 300, false",
        "1.00, NaN, 300, 0, false",
    })
    void standardErrorsDecideWhetherAGapIsMoreThanChance(
            double train, double unseen, int trainCount, int unseenCount, boolean open) {
        assertThat(new AccuracyGap(train, unseen, trainCount, unseenCount).isOpen())
                .isEqualTo(open);
    }

    @Test
    void standardErrorIsThatOfADifferenceOfProportions() {
        assertThat(new AccuracyGap(0.9, 0.5, 100, 25).standardError())
                .isCloseTo(Math.sqrt(0.0009 + 0.01), within(1e-15));
    }

    @Test
    void validationPartComesBeforeTheTestSet() {
        GapWatch watch = watch(1000);
        for (int step = 0; step < 2; step++) {
            watch.evaluated(new Evaluation(step, step, 1, 0.999, 0.1, 0.1, 0.7, 0.9, 1));
        }
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().sentence(Locale.ENGLISH))
                .contains("step 0", "training 100.00 %, validation 70.00 %, gap 30.00 points", "standard error 1.45");
        assertThat(told.getFirst().sentence(Locale.KOREAN)).contains("0단계", "검증 70.00 %", "30.00 %p", "1.45 %p");
    }

    @ParameterizedTest
    @CsvSource({
        "0.10, 0.1201, 1000000, 1000000, true",
        "0.10, 0.1199, 1000000, 1000000, false", // below two hundredths of R2
        "0.10, 0.20, 400, 100, true", // standard error 0.0461
        "0.10, 0.18, 400, 100, false", // 0.0418: 0.08 is within two of them
        "0.20, 0.10, 400, 100, false",
        "0.10, NaN, 400, 0, false",
    })
    void ofNumbersStandardErrorsOfMeanSquaresDecide(
            double train, double unseen, int trainCount, int unseenCount, boolean open) {
        assertThat(new ErrorGap(train, unseen, trainCount, unseenCount).isOpen())
                .isEqualTo(open);
    }

    @Test
    void ofNumbersStandardErrorIsThatOfLaplaceResiduals() {
        assertThat(new ErrorGap(0.1, 0.2, 400, 100).standardError())
                .isCloseTo(Math.sqrt(5 * (0.01 / 400 + 0.04 / 100)), within(1e-15));
    }

    @Test
    void gapOfNumbersIsToldInR2() {
        GapWatch watch = new GapWatch(reading -> ErrorGap.of(reading, 400, 100), told::add);
        for (int step = 0; step < 2; step++) { // loss 0.05 of training, 0.1 of test, 0.4 of validation
            watch.evaluated(new Evaluation(
                    step, step, Double.NaN, Double.NaN, 0.05, 0.1, Double.NaN, step == 0 ? 0.4 : 0.5, 1));
        }
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().sentence(Locale.ENGLISH))
                .contains("step 0", "R2 of the training rows", "training R2 0.9500, validation R2 0.6000, gap 0.3500");
        assertThat(told.getFirst().sentence(Locale.KOREAN)).contains("0단계", "검증 R2 0.6000", "차이 0.3500");
        assertThat(ErrorGap.of(new Evaluation(1, 1, 0, 0, 0.05, 0.1, 1), 400, 100)
                        .unseen())
                .as("without a validation part the test set")
                .isEqualTo(0.1);
    }

    private GapWatch watch(int unseenCount) {
        return new GapWatch(60_000, unseenCount, told::add);
    }

    /// Readings of steps 0, 100, ...: training accuracy, test accuracy, and so on.
    private static void read(GapWatch watch, double... accuracies) {
        for (int i = 0; i < accuracies.length; i += 2) {
            watch.evaluated(new Evaluation(50L * i, i / 2.0, accuracies[i], accuracies[i + 1], 0.1, 0.1, 1));
        }
    }
}
