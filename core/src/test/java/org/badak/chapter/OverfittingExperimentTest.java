package org.badak.chapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.badak.chapter.OverfittingExperiment.Course;
import org.badak.data.GeneratedDigits;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverfittingExperimentTest {
    private static final LabelledData DATA = LabelledData.of(
            GeneratedDigits.generate(1, 100, 50), MnistSource.mnist().classNames());

    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1);
    private final OverfittingExperiment experiment = new OverfittingExperiment(DATA, 100, 0.1, 50, kernels);

    @AfterEach
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
        Course course = experiment.run(Cure.none(), 1);
        assertThat(course.readings()).as("epochs 0 to 10, then every fourth").hasSize(34);
        assertThat(course.last().epoch()).isEqualTo(100);
        assertThat(course.last().step()).isEqualTo(200);
        assertThat(course.last().trainAccuracy()).isEqualTo(1);
        assertThat(course.last().testAccuracy()).isLessThan(0.95);
        assertThat(course.searched()).isZero();
    }

    @Test
    void watcherIsToldEveryReadingAndMayEndTheTraining() {
        OverfittingExperiment brief = new OverfittingExperiment(DATA, 3, 0.1, 50, kernels);
        List<Evaluation> told = new ArrayList<>();
        Course course = brief.run(Cure.none(), 1, told::add);
        assertThat(told).isEqualTo(course.readings()).hasSize(4);
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
        OverfittingExperiment brief = new OverfittingExperiment(DATA, 3, 0.1, 50, kernels);
        List<Double> losses =
                cures.stream().map(cure -> brief.run(cure, 1).last().testLoss()).toList();
        assertThat(losses).doesNotHaveDuplicates();
        assertThat(brief.run(Cure.none(), 2).last().testLoss()).isNotEqualTo(losses.getFirst());
        assertThat(brief.run(Cure.dropout(0.1), 1).last().testLoss()).isEqualTo(losses.getLast());
    }

    @Test
    void earlyStoppingSearchesAndThenTrainsOnAllImagesForAsManyEpochs() {
        Course course = experiment.run(Cure.earlyStopping(0.2, 10), 1);
        Course plain = experiment.run(Cure.none(), 1);
        long epochs = Math.round(course.last().epoch());
        assertThat(course.searched()).isBetween(10L, 100L);
        assertThat(epochs).isBetween(1L, course.searched());
        Evaluation same = plain.at((double) epochs); // at this epoch, or one before
        assertThat(course.at(same.epoch()).testLoss())
                .as("a prefix of the plain run")
                .isEqualTo(same.testLoss());
        assertThat(course.at(1000)).isEqualTo(course.last());
        assertThat(course.at(0)).isEqualTo(course.readings().getFirst());
    }

    @Test
    void strengthsOutOfRangeAreTold() {
        assertThatThrownBy(() -> Cure.dropout(1))
                .hasMessageContaining("dropout: expected at least 0 and below 1, found 1.0");
        assertThatThrownBy(() -> Cure.weightDecay(-1)).hasMessageContaining("found -1.0");
        assertThatThrownBy(() -> Cure.earlyStopping(0.2, 0)).hasMessageContaining("patience: expected at least 1");
        assertThatThrownBy(() -> new OverfittingExperiment(DATA, 0, 0.1, 50, kernels))
                .hasMessageContaining("epochs: expected at least 1, found 0");
    }

    private static long count(Network network, Class<? extends Layer> kind) {
        return network.layers().stream().filter(kind::isInstance).count();
    }
}
