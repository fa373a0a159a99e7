package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.badak.chapter.Cure;
import org.badak.chapter.OverfittingExperiment.Course;
import org.badak.data.LabelNoise;
import org.badak.train.Evaluation;
import org.junit.jupiter.api.Test;

/// What courses of an experiment on over-fitting are summed up to, in figures that can be checked on paper.
class CureResultTest {
    private static final List<Course> PLAIN =
            List.of(course(Cure.none(), 0.5, 0.6, 0.5), course(Cure.none(), 0.5, 0.8, 0.7));

    @Test
    void gainIsTheMeanOverSeedsBesideTheSameSeedWithoutACure() {
        CureResult result = result(0.6, 0.9); // gains of 0.1 and 0.2
        assertThat(result.isPlain()).isFalse();
        assertThat(result.last(Evaluation::testAccuracy)).isCloseTo(0.75, within(1e-12));
        assertThat(result.lastPlain(Evaluation::testAccuracy)).isCloseTo(0.6, within(1e-12));
        assertThat(result.gain()).isCloseTo(0.15, within(1e-12));
        assertThat(result.gap()).as("all are right on what they learnt").isCloseTo(0.25, within(1e-12));
        assertThat(new CureResult(Cure.none(), PLAIN, PLAIN).isPlain()).isTrue();
        assertThat(new CureResult(Cure.none(), PLAIN, PLAIN).gain()).isZero();
    }

    @Test
    void standardErrorIsThatOfTheMeanOfPairs() {
        // deviations of 0.05 about 0.15: variance 0.005 over n − 1, and of the mean of two 0.0025
        assertThat(result(0.6, 0.9).standardError()).isCloseTo(0.05, within(1e-12));
        CureResult one =
                new CureResult(Cure.dropout(0.1), List.of(course(Cure.dropout(0.1), 0.9)), List.of(PLAIN.getFirst()));
        assertThat(one.standardError()).as("one seed says nothing of chance").isNaN();
    }

    @Test
    void theMostThatStoppingCouldAddIsThePlainRunsBestAgainstItsEnd() {
        assertThat(result(0.6, 0.9).mostByStopping()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void aCourseThatEndedEarlierStandsStill() {
        CureResult plain = new CureResult(Cure.none(), PLAIN, PLAIN);
        assertThat(plain.at(0, Evaluation::testAccuracy)).isCloseTo(0.5, within(1e-12));
        assertThat(plain.at(1.5, Evaluation::testAccuracy)).isCloseTo(0.7, within(1e-12));
        assertThat(plain.at(99, Evaluation::testAccuracy)).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void aGainWithinTwoStandardErrorsMayBeChance() {
        assertThat(sentence(result(0.6, 0.9)))
                .contains("test accuracy +15.00 points (standard error 5.00).")
                .doesNotContain("chance");
        assertThat(sentence(result(0.5, 0.9))) // 0 and 0.2: 10 points, standard error 10
                .contains("test accuracy +10.00 points (standard error 10.00; it may be chance).");
        assertThat(sentence(result(0.31, 0.49))).contains("test accuracy -20.00 points (standard error 1.00).");
    }

    private static String sentence(CureResult result) {
        return new CureWords(result, 300, 300, new LabelNoise(0.4, 1), 400)
                .sentence()
                .english();
    }

    private static CureResult result(double first, double second) {
        Cure cure = Cure.dropout(0.1);
        return new CureResult(cure, List.of(course(cure, first), course(cure, second)), PLAIN);
    }

    /// A reading for each epoch from 0, right on all that was learnt.
    private static Course course(Cure cure, double... tests) {
        List<Evaluation> readings = new ArrayList<>();
        for (double test : tests) {
            readings.add(new Evaluation(readings.size() * 3L, readings.size(), 1, test, 0, 1, 1));
        }
        return new Course(cure, readings, 0);
    }
}
