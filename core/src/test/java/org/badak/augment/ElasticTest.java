package org.badak.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Elastic distortion: how far, how smoothly and which way pixels are moved.
class ElasticTest {
    private static final int SIDE = 60;
    private static final int MARGIN = 18; // so far from the edges that these have no influence, at sigma up to 6
    private static final int IMAGES = 60;

    @ParameterizedTest
    @CsvSource({"34, 4", "8, 2", "100, 6", "3, 1"})
    void displacementsAreAsLargeAndAsSmoothAsTheFormulaSays(double alpha, double sigma) {
        double deviation = alpha / (2 * sigma * Math.sqrt(3 * Math.PI));
        Statistics at = new Statistics(); // u and v, away from the edges
        Statistics beside = new Statistics(); // differences of neighbours
        Statistics product = new Statistics(); // of u and v
        for (int image = 0; image < IMAGES; image++) {
            Places places = pulled(new Elastic(alpha, sigma), image);
            for (int row = MARGIN; row < SIDE - MARGIN; row++) {
                for (int column = MARGIN; column < SIDE - MARGIN; column++) {
                    double u = u(places, row, column);
                    double v = v(places, row, column);
                    at.add(u);
                    at.add(v);
                    product.add(u * v);
                    beside.add(u(places, row, column + 1) - u);
                    beside.add(v(places, row + 1, column) - v);
                }
            }
        }
        assertThat(at.deviation()).as("size").isCloseTo(deviation, within(0.1 * deviation));
        assertThat(at.mean()).as("drift").isCloseTo(0, within(0.2 * deviation));
        assertThat(product.mean() / (deviation * deviation))
                .as("correlation of u and v")
                .isCloseTo(0, within(0.2));
        double rough = deviation * Math.sqrt(2 * (1 - Math.exp(-1 / (4 * sigma * sigma))));
        assertThat(beside.deviation()).as("roughness").isCloseTo(rough, within(0.1 * rough));
    }

    @Test
    void fieldIsTheNoiseConvolvedWithTheGaussianAndZeroOutside() {
        int height = 11;
        int width = 17;
        double sigma = 1.3;
        double[] noise = new double[height * width];
        Philox random = new Philox(5, Purpose.DATA, 0);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = 2 * random.uniform(i) - 1;
        }
        double[] smooth = noise.clone();
        new Gaussian(sigma, height, width).smooth(smooth);
        int reach = 4; // 3 sigma, rounded up
        double total = 0;
        for (int i = -reach; i <= reach; i++) {
            total += Math.exp(-i * i / (2 * sigma * sigma));
        }
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double sum = 0;
                for (int i = Math.max(-reach, -row); i <= Math.min(reach, height - 1 - row); i++) {
                    for (int j = Math.max(-reach, -column); j <= Math.min(reach, width - 1 - column); j++) {
                        sum += Math.exp(-(i * i + j * j) / (2 * sigma * sigma)) * noise[(row + i) * width + column + j];
                    }
                }
                assertThat(smooth[row * width + column])
                        .as("%d, %d", row, column)
                        .isCloseTo(sum / (total * total), within(1e-14));
            }
        }
    }

    @Test
    void alphaMultipliesTheDisplacements() {
        Places weak = pulled(new Elastic(8, 3), 1);
        Places strong = pulled(new Elastic(24, 3), 1);
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                assertThat(u(strong, row, column)).isCloseTo(3 * u(weak, row, column), within(1e-12));
                assertThat(v(strong, row, column)).isCloseTo(3 * v(weak, row, column), within(1e-12));
            }
        }
    }

    @Test
    void everyImageHasAFieldOfItsOwn() {
        assertThat(u(pulled(new Elastic(34, 4), 1), 30, 30)).isNotEqualTo(u(pulled(new Elastic(34, 4), 2), 30, 30));
    }

    private static Places pulled(Elastic elastic, int image) {
        Shape shape = new Shape(1, SIDE, SIDE);
        Draws draws = new Draws(7);
        draws.image(3, image);
        draws.augmentation(0);
        Places places = new Places(shape);
        places.start();
        elastic.warp(shape).pull(draws, places);
        return places;
    }

    private static double u(Places places, int row, int column) {
        return places.x(row * SIDE + column) - column;
    }

    private static double v(Places places, int row, int column) {
        return places.y(row * SIDE + column) - row;
    }

    private static final class Statistics {
        private double sum;
        private double squares;
        private long count;

        void add(double value) {
            sum += value;
            squares += value * value;
            count++;
        }

        double mean() {
            return sum / count;
        }

        double deviation() {
            return Math.sqrt(squares / count - mean() * mean());
        }
    }
}
