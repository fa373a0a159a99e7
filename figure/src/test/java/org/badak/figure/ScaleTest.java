package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {

    private static List<String> labels(Scale scale) {
        return scale.ticks().stream()
                .map(Scale.Tick::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    @Test
    void ticksStandAtRoundNumbers() {
        assertThat(labels(Scale.fit(Axis.linear(""), 0, 1, 0, 5)))
                .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(Scale.fit(Axis.linear(""), -2, 2.25, 0, 4))).containsExactly("−2", "0", "2");
        assertThat(labels(Scale.fit(Axis.linear(""), 0, 10_000, 0, 5)))
                .containsExactly("0", "2000", "4000", "6000", "8000", "10,000");
        assertThat(labels(Scale.fit(Axis.linear(""), -2.5e13, 0, 0, 3))).containsExactly("−2×10¹³", "−1×10¹³", "0");
        assertThat(labels(Scale.fit(Axis.linear(""), 0, 4e-5, 0, 4)))
                .containsExactly("0", "1×10⁻⁵", "2×10⁻⁵", "3×10⁻⁵", "4×10⁻⁵");
    }

    @Test
    void logTicksStandAtPowersOfTen() {
        assertThat(labels(Scale.fit(Axis.log(""), 1e-4, 1, 0, 6)))
                .containsExactly("10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰");
        assertThat(labels(Scale.fit(Axis.log(""), 1e-16, 1e-1, 0, 6)).size()).isBetween(4, 6);
        assertThat(labels(Scale.fit(Axis.log(""), 2, 30, 0, 6))).containsExactly("2", "5", "10", "20");
        assertThat(labels(Scale.fit(Axis.log(""), 0.31, 0.36, 0, 6)).size()).isGreaterThanOrEqualTo(2);
        assertThat(Scale.fit(Axis.log(""), 1, 100, 0, 5).fraction(10)).isEqualTo(0.5);
        assertThat(Scale.fit(Axis.log(""), 1, 100, 0, 5).fraction(-10)).isNaN();
    }

    @Test
    void anyRangeHasAFewAscendingTicksInside() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double low = random.nextGaussian() * Math.pow(10, random.nextInt(-12, 14));
            double high = low + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(-12, 14));
            boolean log = random.nextBoolean();
            if (log) {
                low = Math.abs(low) + 1e-14;
                high = low + Math.abs(high);
            }
            Scale scale = Scale.fit(log ? Axis.log("") : Axis.linear(""), low, high, 0.05, 6);
            String range = low + " … " + high + (log ? " log" : "");
            assertThat(scale.ticks().size()).as(range).isBetween(log ? 1 : 2, 60);
            assertThat(labels(scale)).as(range).doesNotHaveDuplicates().hasSizeBetween(1, 14);
            double last = Double.NEGATIVE_INFINITY;
            for (Scale.Tick tick : scale.ticks()) {
                assertThat(tick.value()).as(range).isGreaterThan(last);
                assertThat(scale.fraction(tick.value())).as(range).isBetween(-1e-4, 1 + 1e-4);
                last = tick.value();
            }
            assertThat(scale.fraction(low)).as(range).isBetween(0.0, 1.0);
            assertThat(scale.fraction(high)).as(range).isBetween(0.0, 1.0);
        }
    }

    @Test
    void contourOfABowlIsOneClosedCircle() {
        Field bowl = Field.sample((x, y) -> x * x + y * y, -2, 2, 81, -2, 2, 81);
        List<Points> lines = ContourLines.at(bowl, 1);
        assertThat(lines).hasSize(1);
        Points circle = lines.getFirst();
        for (int i = 0; i < circle.size(); i++) {
            assertThat(Math.hypot(circle.x(i), circle.y(i))).isBetween(0.999, 1.001);
        }
        assertThat(circle.x(0)).isEqualTo(circle.x(circle.size() - 1));
        assertThat(circle.y(0)).isEqualTo(circle.y(circle.size() - 1));
        assertThat(ContourLines.at(bowl, 5)).hasSize(4); // the corners
        assertThat(ContourLines.at(bowl, 9)).isEmpty();
    }

    @Test
    void contoursOfASaddleAndOfHolesAreFinite() {
        Field saddle = Field.sample((x, y) -> x < -0.5 && y < -0.5 ? Double.NaN : x * y, -1, 1, 20, -1, 1, 20);
        assertThat(ContourLines.levels(saddle, 5)).hasSize(5);
        for (double level : ContourLines.levels(saddle, 5)) {
            for (Points line : ContourLines.at(saddle, level)) {
                for (int i = 0; i < line.size(); i++) {
                    assertThat(Math.abs(line.x(i)) + Math.abs(line.y(i))).isLessThanOrEqualTo(2);
                }
            }
        }
    }
}
