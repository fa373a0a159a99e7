package org.badak.augment;

import org.badak.matrix.Shape;

/// Turns images about their middle by an angle drawn uniformly from [−degrees, degrees); positive ones turn against the
/// clock.
///
/// Sine and cosine are this class's own, for those of the JDK may differ in the last bit between compiled and
/// interpreted code: their Taylor series up to the power 29, which for angles up to π err by less than 1e-14.
///
/// @param degrees from 0 to 180
public record Rotation(double degrees) implements Augmentation {
    private static final double MOST = 180;
    private static final int LAST_POWER = 29;

    /// @throws IllegalArgumentException unless 0 ≤ degrees ≤ 180
    public Rotation {
        if (!(degrees >= 0 && degrees <= MOST)) {
            throw new IllegalArgumentException("rotate: degrees must be from 0 to 180, found " + degrees);
        }
    }

    @Override
    public String name() {
        return "rotate";
    }

    @Override
    public Warp warp(Shape images) {
        return (draws, places) -> {
            double angle = degrees * draws.signed(0) * (Math.PI / MOST);
            double sine = sine(angle);
            double cosine = cosine(angle);
            places.transform(cosine, -sine, sine, cosine); // back; y points down
        };
    }

    /// sin a = a(1 − a²/(2·3)·(1 − a²/(4·5)·(1 − …))), |a| ≤ π.
    static double sine(double angle) {
        return angle * series(angle * angle, LAST_POWER);
    }

    /// cos a = 1 − a²/(1·2)·(1 − a²/(3·4)·(1 − …)), |a| ≤ π.
    static double cosine(double angle) {
        return series(angle * angle, LAST_POWER - 1);
    }

    private static double series(double square, int last) {
        double sum = 1;
        for (int power = last; power > 1; power -= 2) {
            sum = 1 - square / (power * (power - 1.0)) * sum;
        }
        return sum;
    }
}
