package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratedDigitsTest {
    private static final int SIDE = 28;
    private final DataSplit digits = GeneratedDigits.generate(1, 3000, 1000);

    @Test
    void bytesAreTheSameEverywhere() {
        assertThat(digits.head(100, 100).train().sha256())
                .isEqualTo("04f9934f0b795856d5276b7d8027c2911aa5a6ceb74e5a8d0af6a32d38fb5469");
        assertThat(digits.head(100, 100).test().sha256())
                .isEqualTo("1e5e98127ad1b5fe0e222c10b2add1d58e66c0216b80a98d290f9381fb2b9a08");
    }

    @Test
    void imageDoesNotDependOnTheCount() {
        DataSplit few = GeneratedDigits.generate(1, 700, 1);
        assertThat(few.train().sha256()).isEqualTo(digits.train().head(700).sha256());
        assertThat(few.test().sha256()).isEqualTo(digits.test().head(1).sha256());
    }

    @Test
    void seedsAndHalvesDiffer() {
        String train = digits.train().head(1000).sha256();
        assertThat(digits.test().sha256()).isNotEqualTo(train);
        assertThat(GeneratedDigits.generate(2, 1000, 1).train().sha256()).isNotEqualTo(train);
        assertThat(GeneratedDigits.generate(1L << 40, 1000, 1).train().sha256()).isNotEqualTo(train);
    }

    @Test
    void noImageOccursTwice() {
        var images = new java.util.HashSet<String>();
        for (ImageDataset half : new ImageDataset[] {digits.train(), digits.test()}) {
            for (int i = 0; i < half.count(); i++) {
                images.add(Arrays.toString(image(half, i)));
            }
        }
        assertThat(images).hasSize(4000);
    }

    @Test
    void everyDigitOccursAboutEquallyOften() {
        int[] counts = new int[10];
        for (int label : digits.train().labels()) {
            counts[label]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(234, 366); // four standard deviations around 300
        }
    }

    @Test
    void backgroundIsZeroAsInMnist() {
        int dark = 0;
        for (byte pixel : digits.train().pixels()) {
            dark += pixel == 0 ? 1 : 0;
        }
        assertThat(dark / (double) digits.train().pixels().length).isBetween(0.75, 0.85);
    }

    @Test
    void everyDigitHasInkAndItsCentreOfMassInTheMiddle() {
        ImageDataset train = digits.train();
        for (int i = 0; i < train.count(); i++) {
            byte[] image = image(train, i);
            double mass = 0;
            double x = 0;
            double y = 0;
            for (int pixel = 0; pixel < image.length; pixel++) {
                int ink = image[pixel] & 0xFF;
                mass += ink;
                int row = pixel / SIDE;
                int column = pixel % SIDE;
                x += ink * (column + 0.5);
                y += ink * (row + 0.5);
            }
            assertThat(mass).isGreaterThan(20 * 255);
            assertThat(x / mass).isCloseTo(14, within(2.0));
            assertThat(y / mass).isCloseTo(14, within(2.0));
        }
    }

    /// The nearest mean image tells most digits: labels belong to their images, and the task is
    /// neither trivial nor hopeless (MNIST itself: 82 %).
    @Test
    void labelsBelongToTheirImages() {
        int features = SIDE * SIDE;
        double[][] means = new double[10][features];
        int[] counts = new int[10];
        ImageDataset train = digits.train();
        for (int i = 0; i < train.count(); i++) {
            byte[] image = image(train, i);
            counts[train.label(i)]++;
            for (int pixel = 0; pixel < features; pixel++) {
                means[train.label(i)][pixel] += image[pixel] & 0xFF;
            }
        }
        int right = 0;
        ImageDataset test = digits.test();
        for (int i = 0; i < test.count(); i++) {
            byte[] image = image(test, i);
            int nearest = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int digit = 0; digit < 10; digit++) {
                double distance = 0;
                for (int pixel = 0; pixel < features; pixel++) {
                    double difference = means[digit][pixel] / counts[digit] - (image[pixel] & 0xFF);
                    distance += difference * difference;
                }
                if (distance < least) {
                    least = distance;
                    nearest = digit;
                }
            }
            right += nearest == test.label(i) ? 1 : 0;
        }
        assertThat(right / (double) test.count()).isBetween(0.65, 0.9);
    }

    @Test
    void saysWhereItCameFrom() {
        assertThat(digits.origin())
                .contains("generated")
                .contains("not real handwriting")
                .contains("seed 1");
    }

    @Test
    void refusesCountsOutOfRange() {
        for (int count : new int[] {0, -1, Integer.MAX_VALUE}) {
            DataException error =
                    catchThrowableOfType(DataException.class, () -> GeneratedDigits.generate(1, 1, count));
            assertThat(error)
                    .hasMessageContaining("digits test")
                    .hasMessageContaining(count + " images")
                    .hasMessageContaining("1 to ");
        }
    }

    private static byte[] image(ImageDataset half, int index) {
        int features = half.features();
        return Arrays.copyOfRange(half.pixels(), index * features, (index + 1) * features);
    }
}
