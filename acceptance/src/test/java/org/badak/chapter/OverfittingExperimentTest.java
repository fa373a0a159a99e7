package org.badak.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.badak.chapter.OverfittingExperiment.Course;
import org.badak.data.Dataset;
import org.badak.data.GeneratedDigits;
import org.badak.data.LabelNoise;
import org.badak.data.LabelledData;
import org.badak.data.MnistSource;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Layer;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.train.Evaluation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// One object for all tests, so that they share the long trainings.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverfittingExperimentTest {
    private static final LabelledData DATA = LabelledData.of(
            GeneratedDigits.generate(1, 100, 400), MnistSource.mnist().classNames());
    private static final Dataset HELD = GeneratedDigits.generate(2, 100, 1).train();

    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private final OverfittingExperiment experiment = experiment(0, 100);

    private @Nullable Course right;
    private @Nullable Course noisy;

    @AfterAll
    void close() {
        kernels.close();
    }

    @Test
    void networkHasSevenLayersAndDropoutBehindEveryHiddenOne() {
        Network plain = experiment.network(Cure.none());
        Network dropping = experiment.network(Cure.dropout(0.25));
        assertThat(count(plain, Dense.class)).isEqualTo(7);
        assertThat(count(plain, Dropout.class)).isZero();
        assertThat(count(dropping, Dropout.class)).isEqualTo(6);
        assertThat(dropping.layers()).contains(new Dropout(0.25));
        assertThat(dropping.layers().getLast()).isInstanceOf(Dense.class);
    }

    @Test
    void aDeepNetworkLearnsAFewImagesByHeart() {
        Course course = right();
        assertThat(course.readings()).as("epochs 0 to 10, then every fourth").hasSize(34);
        assertThat(course.last().epoch()).isEqualTo(100);
        assertThat(course.last().step()).isEqualTo(200);
        assertThat(course.last().trainAccuracy()).isEqualTo(1);
        assertThat(course.last().testAccuracy()).isLessThan(0.95);
        assertThat(course.searched()).isZero();
    }

    @Test
    void watcherIsToldEveryReadingAndMayEndTheTraining() {
        OverfittingExperiment brief = experiment(0, 3);
        List<Evaluation> told = new ArrayList<>();
        Course course = brief.run(Cure.none(), 1, told::add);
        assertThat(told).isEqualTo(course.readings()).hasSize(4);
        told.clear();
        assertThat(brief.run(Cure.earlyStopping(1), 1, told::add).readings()).isEqualTo(told);
        assertThatThrownBy(() -> brief.run(Cure.none(), 1, reading -> {
                    if (reading.epoch() == 2) {
                        throw new CancellationException("enough");
                    }
                }))
                .hasMessage("enough");
    }

    @Test
    void strengthsAreUsedAndSeedsTellRunsApart() {
        List<Cure> cures = List.of(Cure.none(), Cure.weightDecay(0.01), Cure.dropout(0.1));
        OverfittingExperiment brief = experiment(0, 3);
        List<Double> losses =
                cures.stream().map(cure -> brief.run(cure, 1).last().testLoss()).toList();
        assertThat(losses).doesNotHaveDuplicates();
        assertThat(brief.run(Cure.none(), 2).last().testLoss()).isNotEqualTo(losses.getFirst());
        assertThat(brief.run(Cure.dropout(0.1), 1).last().testLoss()).isEqualTo(losses.getLast());
    }

    @Test
    void wrongLabelsAreLearntByHeartToo() {
        assertThat(noisy().last().trainAccuracy()).isEqualTo(1);
        assertThat(noisy().last().testAccuracy()).isLessThan(right().last().testAccuracy() - 0.1);
    }

    @Test
    void earlyStoppingKeepsTheBestMomentOfThePlainRun() {
        Course plain = noisy();
        Course course = experiment(0.3, 300).run(Cure.earlyStopping(60), 1);
        double best = course.last().epoch();
        assertThat(best).isGreaterThan(0);
        assertThat(course.searched()).isEqualTo(Math.round(best) + 60);
        assertThat(course.last().step()).isEqualTo(2 * Math.round(best));
        assertThat(course.last().trainAccuracy()).isLessThan(1);
        assertThat(course.readings().stream().map(Evaluation::epoch).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        for (Evaluation reading : course.readings().subList(0, course.readings().size() - 1)) {
            assertThat(reading.testLoss())
                    .as("a prefix of the plain run")
                    .isEqualTo(plain.at(reading.epoch()).testLoss());
        }
        assertThat(course.at(1000)).isEqualTo(course.last());
        assertThat(course.at(0)).isEqualTo(course.readings().getFirst());
    }

    @Test
    void earlyStoppingLooksAtValidationImagesOnly() {
        Course course = experiment(0.3, 100).run(Cure.earlyStopping(30), 1);
        OverfittingExperiment other = new OverfittingExperiment(
                DATA, GeneratedDigits.generate(3, 100, 1).train(), 0.3, 100, 0.1, 50, kernels);
        LabelledData otherTest = new LabelledData(DATA.train(), HELD, DATA.classNames(), "other test images");
        OverfittingExperiment unseen = new OverfittingExperiment(otherTest, HELD, 0.3, 100, 0.1, 50, kernels);
        assertThat(other.run(Cure.earlyStopping(30), 1).last().step())
                .isNotEqualTo(course.last().step());
        assertThat(unseen.run(Cure.earlyStopping(30), 1).last().step())
                .isEqualTo(course.last().step());
    }

    @Test
    void labelsToLearnAndOfValidationAreWrongIndependently() {
        OverfittingExperiment alike = new OverfittingExperiment(DATA, DATA.train(), 0.3, 100, 0.1, 50, kernels);
        int[] right = DATA.train().labels();
        int[] learnt = alike.learnt(1).labels();
        int[] held = alike.held(1).labels();
        assertThat(differences(right, learnt)).isEqualTo(30);
        assertThat(differences(right, held)).isEqualTo(30);
        assertThat(differences(learnt, held))
                .as("51 to be expected, 30 and 30 less 9 in common")
                .isGreaterThan(40);
    }

    private static int differences(int[] a, int[] b) {
        int differences = 0;
        for (int i = 0; i < a.length; i++) {
            differences += a[i] == b[i] ? 0 : 1;
        }
        return differences;
    }

    @Test
    void whatIsKeptIsTheBestOnTheValidationImages() {
        // labels that become right when the experiment makes some of them wrong, and the same images to test with
        int[] right = HELD.labels();
        int[] wrong = new LabelNoise(0.3, 1).apply(HELD, 1).labels();
        int[] turned = right.clone();
        for (int i = 0; i < right.length; i++) {
            turned[i] = Math.floorMod(2 * right[i] - wrong[i], HELD.classes());
        }
        LabelledData same = new LabelledData(DATA.train(), HELD, DATA.classNames(), "the validation images again");
        OverfittingExperiment mended =
                new OverfittingExperiment(same, HELD.labelled(turned), 0.3, 100, 0.1, 50, kernels);
        double kept = mended.run(Cure.earlyStopping(100), 1).last().testAccuracy();
        assertThat(mended.run(Cure.none(), 1).readings().stream().map(Evaluation::testAccuracy))
                .as("what is best on the validation images is best on the test images, as they are the same")
                .allMatch(accuracy -> accuracy <= kept);
    }

    @Test
    void theLearningRateFallsOverTheWholeTraining() {
        Course brief = experiment(0, 3).run(Cure.none(), 1);
        Course longer = experiment(0, 6).run(Cure.none(), 1);
        assertThat(brief.at(0).trainLoss()).isEqualTo(longer.at(0).trainLoss());
        assertThat(brief.at(1).trainLoss())
                .as("half a cosine over 3 epochs has fallen further than one over 6")
                .isNotEqualTo(longer.at(1).trainLoss());
    }

    @Test
    void strengthsOutOfRangeAreTold() {
        assertThatThrownBy(() -> Cure.dropout(1))
                .hasMessageContaining("dropout: expected at least 0 and below 1, found 1.0");
        assertThatThrownBy(() -> Cure.weightDecay(-1)).hasMessageContaining("found -1.0");
        assertThatThrownBy(() -> Cure.earlyStopping(0)).hasMessageContaining("patience: expected at least 1");
        assertThatThrownBy(() -> experiment(0, 0)).hasMessageContaining("epochs: expected at least 1, found 0");
        assertThatThrownBy(() -> experiment(1, 10)).hasMessageContaining("label noise: expected at least 0");
    }

    private Course right() {
        Course course = right == null ? experiment.run(Cure.none(), 1) : right;
        right = course;
        return course;
    }

    private Course noisy() {
        Course course = noisy == null ? experiment(0.3, 300).run(Cure.none(), 1) : noisy;
        noisy = course;
        return course;
    }

    private OverfittingExperiment experiment(double noise, long epochs) {
        return new OverfittingExperiment(DATA, HELD, noise, epochs, 0.1, 50, kernels);
    }

    private static long count(Network network, Class<? extends Layer> kind) {
        return network.layers().stream().filter(kind::isInstance).count();
    }
}
