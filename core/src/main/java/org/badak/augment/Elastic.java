package org.badak.augment;

import org.badak.matrix.Shape;

/// Elastic distortion: every pixel is moved a little, neighbours nearly alike, as the muscles of a hand would (Simard,
/// Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document analysis",
/// ICDAR 2003, section 2).
///
/// For every pixel u and v are drawn uniformly from [−1, 1), each field is convolved with a Gaussian of standard
/// deviation σ, and the new image's value at (x, y) is the old one's at (x + α·u(x, y), y + α·v(x, y)). The Gaussian's
/// weights add up to 1 and end at 3σ; outside the image the fields are 0. Away from the edges a displacement has the
/// standard deviation α/(2σ·√(3π)): 1.38 pixels for the α = 34, σ = 4 that the paper found best for handwritten digits.
/// The paper speaks of a field "normalized" before α multiplies it; its α and σ fit fields that are not normalised
/// again after smoothing, and so it is here.
///
/// @param alpha strength, at least 0; 0 leaves images as they are
/// @param sigma standard deviation of the Gaussian in pixels, above 0 to 100: small ones crumple, large ones shift
public record Elastic(double alpha, double sigma) implements Augmentation {
    private static final double MOST_SIGMA = 100;

    /// @throws IllegalArgumentException unless 0 ≤ alpha < ∞ and 0 < sigma ≤ 100
    public Elastic {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("elastic: alpha must be at least 0 and finite, found " + alpha);
        }
        if (!(sigma > 0 && sigma <= MOST_SIGMA)) {
            throw new IllegalArgumentException("elastic: sigma must be above 0 and at most 100, found " + sigma);
        }
    }

    @Override
    public String name() {
        return "elastic";
    }

    @Override
    public Warp warp(Shape images) {
        double[] u = new double[images.area()];
        double[] v = new double[images.area()];
        Gaussian gaussian = new Gaussian(sigma, images.height(), images.width());
        return (draws, places) -> {
            for (int pixel = 0; pixel < u.length; pixel++) {
                long bits = draws.bits(pixel);
                u[pixel] = (int) bits * 0x1p-31;
                v[pixel] = (int) (bits >> 32) * 0x1p-31;
            }
            gaussian.smooth(u);
            gaussian.smooth(v);
            places.displace(alpha, u, v);
        };
    }
}
