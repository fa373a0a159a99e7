package org.badak.kernel;

import org.badak.matrix.Matrix;

/// The loops of batch and layer normalisation, on one thread. Sums are kept in float64 and run over rows, then columns,
/// in ascending order, so no result depends on threads or kernel set.
///
/// A channel is `area` neighbouring columns: one for vectors, all pixels of a plane for images. x̂ is the normalised
/// input (x − mean)·inverse.
public interface Normalisation {
    /// Mean and variance, divided by the count, of every channel over the whole batch.
    ///
    /// @param x [batch, channels·area]
    /// @param mean [1, channels], overwritten
    /// @param variance [1, channels], overwritten
    void statistics(Matrix x, int area, Matrix mean, Matrix variance);

    /// y = x̂·gamma + beta with one mean, inverse, gamma and beta per channel.
    void channels(Matrix x, int area, Matrix mean, Matrix inverse, Matrix gamma, Matrix beta, Matrix y);

    /// dgamma = Σ dy·x̂ and dbeta = Σ dy over the batch and the area, per channel.
    void channelSums(Matrix x, Matrix dy, int area, Matrix mean, Matrix inverse, Matrix dgamma, Matrix dbeta);

    /// dx = gamma·inverse·(dy − share·(dbeta + x̂·dgamma)).
    ///
    /// @param share 1 over the numbers of a channel in the batch, or 0 if mean and inverse do not depend on x
    void channelGradient(
            Matrix x,
            Matrix dy,
            int area,
            Matrix mean,
            Matrix inverse,
            Matrix gamma,
            Matrix dgamma,
            Matrix dbeta,
            double share,
            Matrix dx);

    /// y = x̂·gamma + beta with mean and variance of each row.
    ///
    /// @param epsilon added to the variance
    /// @param gamma [1, columns], likewise beta
    /// @param statistics [batch, 2], overwritten with mean and inverse 1/√(variance + epsilon) of each row
    void rows(Matrix x, double epsilon, Matrix gamma, Matrix beta, Matrix statistics, Matrix y);

    /// dgamma = Σ dy·x̂ and dbeta = Σ dy over the batch, per column, with the statistics of [#rows].
    void rowSums(Matrix x, Matrix dy, Matrix statistics, Matrix dgamma, Matrix dbeta);

    /// dx = inverse·(g − mean of g − x̂·mean of g·x̂) with g = dy·gamma, per row, with the statistics of [#rows].
    void rowGradient(Matrix x, Matrix dy, Matrix statistics, Matrix gamma, Matrix dx);

    /// The reference for a precision.
    static Normalisation scalar(org.badak.matrix.Precision precision) {
        return switch (precision) {
            case FLOAT32 -> new Normalisation32();
            case FLOAT64 -> new Normalisation64();
        };
    }
}
