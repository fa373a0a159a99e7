package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
    private static final int[] LABELS = labels(1000);
    private static final ImageDataset IMAGES = new ImageDataset("images", 1, 1, 10, new byte[1000], LABELS);

    @Test
    void exactlyTheShareBecomesWrongAndTheImagesStay() {
        Dataset wrong = new LabelNoise(0.3, 7).apply(IMAGES, 0);
        assertThat(changed(wrong)).isEqualTo(300);
        assertThat(((ImageDataset) wrong).pixels()).isSameAs(IMAGES.pixels());
        assertThat(LABELS).isEqualTo(labels(1000));
        assertThat(new LabelNoise(0.3, 7).of(1000)).isEqualTo(300);
    }

    @Test
    void everyOtherClassIsAsLikely() {
        int[] shifts = new int[10];
        int[] wrong = new LabelNoise(0.9, 1).apply(IMAGES, 0).labels();
        for (int i = 0; i < wrong.length; i++) {
            shifts[(wrong[i] - LABELS[i] + 10) % 10]++;
        }
        assertThat(shifts[0]).isEqualTo(100);
        // 900 draws of nine: 100 each, with a standard deviation of 9.4
        assertThat(Arrays.stream(shifts).skip(1)).allMatch(count -> count > 60 && count < 140);
    }

    @Test
    void seedAndPartDecideAndNothingElse() {
        int[] once = new LabelNoise(0.3, 7).apply(IMAGES, 0).labels();
        assertThat(new LabelNoise(0.3, 7).apply(IMAGES, 0).labels()).isEqualTo(once);
        assertThat(new LabelNoise(0.3, 8).apply(IMAGES, 0).labels()).isNotEqualTo(once);
        assertThat(new LabelNoise(0.3, 7).apply(IMAGES, 1).labels()).isNotEqualTo(once);
    }

    @Test
    void partsAreDrawnIndependently() {
        int[] first = new LabelNoise(0.3, 7).apply(IMAGES, 0).labels();
        int[] second = new LabelNoise(0.3, 7).apply(IMAGES, 1).labels();
        int both = 0;
        for (int i = 0; i < LABELS.length; i++) {
            both += first[i] != LABELS[i] && second[i] != LABELS[i] ? 1 : 0;
        }
        assertThat(both)
                .as("of 1,000, wrong in both: 90, with a standard deviation of 8")
                .isBetween(60, 120);
    }

    @Test
    void theShareIsRoundedToWholeExamples() {
        assertThat(new LabelNoise(0.3, 7).of(4)).as("1.2").isEqualTo(1);
        assertThat(new LabelNoise(0.3, 7).of(5)).as("1.5").isEqualTo(2);
        assertThat(new LabelNoise(0.3, 7).of(9)).as("2.7").isEqualTo(3);
    }

    @Test
    void withoutNoiseItIsTheSameData() {
        assertThat(new LabelNoise(0, 7).apply(IMAGES, 0)).isSameAs(IMAGES);
    }

    @Test
    void numbersGetWrongLabelsToo() {
        FeatureDataset numbers =
                new FeatureDataset("numbers", Shape.flat(1), false, 2, new float[4], new int[] {0, 1, 0, 1});
        assertThat(new LabelNoise(0.75, 1).apply(numbers, 0).labels()).satisfies(labels -> {
            int same = 0;
            for (int i = 0; i < 4; i++) {
                same += labels[i] == i % 2 ? 1 : 0;
            }
            assertThat(same).isEqualTo(1);
        });
    }

    @Test
    void sharesOutOfRangeAreTold() {
        assertThatThrownBy(() -> new LabelNoise(1, 0))
                .hasMessageContaining("expected at least 0 and below 1, found 1.0");
        assertThatThrownBy(() -> new LabelNoise(Double.NaN, 0)).hasMessageContaining("found NaN");
    }

    private static long changed(Dataset data) {
        long changed = 0;
        for (int i = 0; i < data.count(); i++) {
            changed += data.label(i) == LABELS[i] ? 0 : 1;
        }
        return changed;
    }

    private static int[] labels(int count) {
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 10;
        }
        return labels;
    }
}
