package org.badak.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What augmentations make of images.
class AugmenterTest {
    private static final int SIDE = 41;
    private static final int MIDDLE = SIDE / 2;
    private static final Shape PLANE = new Shape(1, SIDE, SIDE);
    private static final List<Augmentation> ALL =
            List.of(new Shift(2), new Rotation(15), new Scaling(0.1), new Elastic(34, 4));
    private static final ImageDataset DIGITS =
            GeneratedDigits.generate(1, 64, 1).train();

    private record Own(String name, Warp warp) implements CustomAugmentation {
        @Override
        public Warp warp(Shape images) {
            return warp;
        }
    }

    /// Where a spot of ink lies.
    private record Spot(double x, double y, double ink) {}

    static Stream<Augmentation> harmless() {
        return Stream.of(
                new Shift(0), new Rotation(0), new Scaling(0), new Elastic(0, 4), new Own("none", (draws, places) -> {
                    assertThat(places.height()).isEqualTo(places.width()).isEqualTo(28);
                }));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void nothingIsChangedAtStrengthZero(Augmentation augmentation) {
        Matrix digits = digits(Precision.FLOAT32, 20);
        Matrix changed = digits(Precision.FLOAT32, 20);
        apply(List.of(augmentation), changed, new Shape(1, 28, 28), 5);
        assertThat(changed.toArray()).isDeepEqualTo(digits.toArray());
    }

    @Test
    void placesAreWhereValuesComeFromAndOutsideIsZero() {
        Matrix image = Matrix.of(Precision.FLOAT64, new double[] {1, 2, 3, 4, 5, 6});
        Own right = new Own("right", (draws, places) -> places.shift(-1, 0));
        apply(List.of(right), image, new Shape(1, 2, 3), 0);
        assertThat(image.toArray()[0]).containsExactly(0, 1, 2, 0, 4, 5);
        Own halfUp = new Own("half up", (draws, places) -> places.shift(0, 0.5));
        apply(List.of(halfUp), image, new Shape(1, 2, 3), 0);
        assertThat(image.toArray()[0]).containsExactly(0, 2.5, 3.5, 0, 2, 2.5);
    }

    @Test
    void shiftMovesByItsDraws() {
        for (int step = 0; step < 30; step++) {
            Draws draws = draws(step);
            Spot spot = spot(List.of(new Shift(5)), step, 0, 0);
            assertThat(spot.x).isCloseTo(5 * draws.signed(0), within(1e-2));
            assertThat(spot.y).isCloseTo(5 * draws.signed(1), within(1e-2));
            assertThat(spot.ink).isCloseTo(1, within(1e-3));
        }
    }

    @Test
    void rotationTurnsAgainstTheClockByItsDraw() {
        for (int step = 0; step < 30; step++) {
            double angle = Math.toRadians(120) * draws(step).signed(0);
            Spot spot = spot(List.of(new Rotation(120)), step, 9, 0);
            assertThat(spot.x).isCloseTo(9 * Math.cos(angle), within(2e-2));
            assertThat(spot.y).isCloseTo(-9 * Math.sin(angle), within(2e-2)); // y points down
            assertThat(spot.ink).isCloseTo(1, within(1e-2));
        }
    }

    @Test
    void scalingEnlargesByItsDraw() {
        for (int step = 0; step < 30; step++) {
            double factor = 1 + 0.3 * draws(step).signed(0);
            Spot spot = spot(List.of(new Scaling(0.3)), step, 6, -4);
            assertThat(spot.x).isCloseTo(6 * factor, within(5e-2));
            assertThat(spot.y).isCloseTo(-4 * factor, within(5e-2));
            assertThat(spot.ink).isCloseTo(factor * factor, within(3e-2));
        }
    }

    @Test
    void drawsFillTheirRangeEvenly() {
        double sum = 0;
        double least = 1;
        double most = -1;
        for (int step = 0; step < 1000; step++) {
            double draw = draws(step).signed(0);
            sum += draw;
            least = Math.min(least, draw);
            most = Math.max(most, draw);
        }
        assertThat(sum / 1000).isCloseTo(0, within(0.06));
        assertThat(least).isBetween(-1.0, -0.99);
        assertThat(most).isBetween(0.99, 1.0);
    }

    @Test
    void augmentationsAreAppliedInTheirOrder() {
        Own right = new Own("right", (draws, places) -> places.shift(-8, 0));
        Own quarterAgainstTheClock = new Own("quarter", (draws, places) -> places.transform(0, -1, 1, 0));
        Spot up = spot(List.of(right, quarterAgainstTheClock), 0, 0, 0);
        assertThat(up.x).isCloseTo(0, within(1e-6));
        assertThat(up.y).isCloseTo(-8, within(1e-6));
        Spot stillRight = spot(List.of(quarterAgainstTheClock, right), 0, 0, 0);
        assertThat(stillRight.x).isCloseTo(8, within(1e-6));
    }

    @Test
    void elasticBeforeAWholeShiftIsTheElasticImageShifted() {
        Matrix elastic = digits(Precision.FLOAT64, 8);
        Matrix both = digits(Precision.FLOAT64, 8);
        Shape shape = new Shape(1, 28, 28);
        Own rightAndDown = new Own("shift", (draws, places) -> places.shift(-1, -2));
        apply(List.of(new Elastic(34, 4)), elastic, shape, 2);
        apply(List.of(new Elastic(34, 4), rightAndDown), both, shape, 2);
        for (int row = 0; row < 8; row++) {
            for (int pixel = 0; pixel < 25 * 28; pixel++) {
                if (pixel % 28 < 27) {
                    assertThat(both.get(row, pixel + 2 * 28 + 1)).isCloseTo(elastic.get(row, pixel), within(1e-12));
                }
            }
        }
    }

    @Test
    void inkIsRoughlyKept() {
        Matrix before = digits(Precision.FLOAT64, 64);
        Matrix after = digits(Precision.FLOAT64, 64);
        apply(ALL, after, new Shape(1, 28, 28), 0);
        double ratios = 0;
        for (int row = 0; row < 64; row++) {
            double ratio = ink(after, row) / ink(before, row);
            assertThat(ratio).as("image %d", row).isBetween(0.5, 1.7);
            ratios += ratio / 64;
        }
        assertThat(ratios).isCloseTo(1, within(0.06));
    }

    @Test
    void imageDependsOnStepRowAndSeedAlone() {
        Matrix few = digits(Precision.FLOAT32, 3);
        Matrix many = digits(Precision.FLOAT32, 17);
        apply(ALL, few, new Shape(1, 28, 28), 1_000_000_007L);
        apply(ALL, many, new Shape(1, 28, 28), 1_000_000_007L);
        assertThat(few.toArray()).isDeepEqualTo(many.head(3).toArray());
        Matrix later = digits(Precision.FLOAT32, 17);
        apply(ALL, later, new Shape(1, 28, 28), 1_000_000_008L);
        Matrix same = Matrix.zeros(Precision.FLOAT32, 2, 784);
        for (int pixel = 0; pixel < 784; pixel++) {
            same.set(0, pixel, many.get(0, pixel));
            same.set(1, pixel, many.get(0, pixel));
        }
        apply(ALL, same, new Shape(1, 28, 28), 0);
        for (int row = 0; row < 17; row++) {
            assertThat(later.toArray()[row]).as("another step").isNotEqualTo(many.toArray()[row]);
        }
        assertThat(same.toArray()[0]).as("another row").isNotEqualTo(same.toArray()[1]);
    }

    @Test
    void bitsAreTheSameForAllKernelsThreadsAndPrecisions() {
        Shape shape = new Shape(1, 28, 28);
        Matrix wide = digits(Precision.FLOAT64, 50);
        try (Kernels kernels = new Kernels("scalar", KernelChoice.scalar().operations(Precision.FLOAT64), 1)) {
            new Augmenter(ALL, 9, shape, kernels).apply(wide, 4);
        }
        Matrix expected = Matrix.zeros(Precision.FLOAT32, 50, 784);
        expected.copyFrom(wide);
        for (int threads : new int[] {1, 2, 3, 8, 60}) {
            Matrix x = digits(Precision.FLOAT32, 50);
            try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads)) {
                new Augmenter(ALL, 9, shape, kernels).apply(x, 4);
            }
            assertThat(x.toArray()).as("%d threads", threads).isDeepEqualTo(expected.toArray());
        }
    }

    /// Written down on x86-64, so that other machines and later versions are held to it.
    @Test
    void bitsAreThoseOfTheFirstVersion() {
        Matrix x = digits(Precision.FLOAT64, 6);
        apply(ALL, x, new Shape(1, 28, 28), 3);
        long hash = 0;
        for (double[] row : x.toArray()) {
            for (double value : row) {
                hash = 31 * hash + Double.doubleToLongBits(value);
            }
        }
        assertThat(hash).isEqualTo(916184919518000643L);
    }

    @Test
    void channelsAreWarpedAlike() {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 4, 3 * 784);
        Matrix digits = digits(Precision.FLOAT64, 4);
        for (int row = 0; row < 4; row++) {
            for (int i = 0; i < 3 * 784; i++) {
                x.set(row, i, digits.get(row, i % 784) * (i / 784 == 1 ? 0.5 : 1));
            }
        }
        apply(ALL, x, new Shape(3, 28, 28), 0);
        apply(ALL, digits, new Shape(1, 28, 28), 0);
        for (int row = 0; row < 4; row++) {
            for (int i = 0; i < 3 * 784; i++) {
                assertThat(x.get(row, i)).isEqualTo(digits.get(row, i % 784) * (i / 784 == 1 ? 0.5 : 1));
            }
        }
    }

    @Test
    void sineAndCosineErrByLessThanTheySay() {
        for (int i = -1000; i <= 1000; i++) {
            double angle = Math.PI * i / 1000;
            assertThat(Rotation.sine(angle)).isCloseTo(StrictMath.sin(angle), within(1e-14));
            assertThat(Rotation.cosine(angle)).isCloseTo(StrictMath.cos(angle), within(1e-14));
        }
    }

    @Test
    void mistakesAreTold() {
        assertThatThrownBy(() -> new Shift(-1)).hasMessageContaining("found -1.0");
        assertThatThrownBy(() -> new Shift(Double.NaN)).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> new Rotation(181)).hasMessageContaining("found 181.0");
        assertThatThrownBy(() -> new Scaling(1)).hasMessageContaining("found 1.0");
        assertThatThrownBy(() -> new Elastic(-3, 4)).hasMessageContaining("found -3.0");
        assertThatThrownBy(() -> new Elastic(3, 0)).hasMessageContaining("found 0.0");
        assertThatThrownBy(() -> new Elastic(3, 101)).hasMessageContaining("found 101.0");
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            assertThatThrownBy(() -> new Augmenter(ALL, 1, Shape.flat(13), kernels))
                    .hasMessageContaining("expected images, found vectors of 13 numbers");
            Matrix sparse = DIGITS.input(kernels, 5, true);
            assertThatThrownBy(() -> new Augmenter(ALL, 1, DIGITS.shape(), kernels).apply(sparse, 0))
                    .hasMessageContaining("expected dense images");
        }
    }

    private static Draws draws(int step) {
        Draws draws = new Draws(9);
        draws.image(step, 0);
        draws.augmentation(0);
        return draws;
    }

    private static void apply(List<Augmentation> augmentations, Matrix x, Shape shape, long step) {
        try (Kernels kernels = KernelChoice.current().kernels(x.precision(), 2)) {
            new Augmenter(augmentations, 9, shape, kernels).apply(x, step);
        }
    }

    /// What becomes of a round spot, of ink 1, that lies so many pixels right of the middle and below it.
    private static Spot spot(List<Augmentation> augmentations, int step, int right, int down) {
        Matrix x = Matrix.zeros(Precision.FLOAT64, 1, PLANE.size());
        for (int pixel = 0; pixel < PLANE.size(); pixel++) {
            int fromX = pixel % SIDE - MIDDLE - right;
            int fromY = pixel / SIDE - MIDDLE - down;
            x.set(0, pixel, Math.exp(-(fromX * fromX + fromY * fromY) / 8.0) / (8 * Math.PI));
        }
        apply(augmentations, x, PLANE, step);
        double sumX = 0;
        double sumY = 0;
        for (int pixel = 0; pixel < PLANE.size(); pixel++) {
            sumX += (pixel % SIDE - MIDDLE) * x.get(0, pixel);
            sumY += (pixel / SIDE - MIDDLE) * x.get(0, pixel);
        }
        double ink = ink(x, 0);
        return new Spot(sumX / ink, sumY / ink, ink);
    }

    private static double ink(Matrix images, int row) {
        double sum = 0;
        for (int pixel = 0; pixel < images.columns(); pixel++) {
            sum += images.get(row, pixel);
        }
        return sum;
    }

    private static Matrix digits(Precision precision, int count) {
        Matrix x = Matrix.zeros(precision, count, 784);
        for (int i = 0; i < count * 784; i++) {
            x.set(i / 784, i % 784, (DIGITS.pixels()[i] & 255) / 255f);
        }
        return x;
    }
}
