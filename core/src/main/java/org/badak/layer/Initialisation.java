package org.badak.layer;

import org.badak.kernel.Philox;
import org.badak.matrix.Matrix;

/// How the first values of a weight matrix are drawn. Biases always start at zero.
public sealed interface Initialisation {
    /// Normal numbers of mean 0 and a fixed standard deviation, as in chapter 4 (`weight_init_std = 0.01`).
    ///
    /// @param deviation standard deviation σ, finite and not negative
    record Normal(double deviation) implements Initialisation {
        /// @throws IllegalArgumentException if the deviation is negative or not finite
        public Normal {
            if (!(deviation >= 0 && Double.isFinite(deviation))) {
                throw new IllegalArgumentException(
                        "initialisation: standard deviation must be finite and not negative," + " found " + deviation);
            }
        }

        @Override
        public double deviation(int inputs, int outputs) {
            return deviation;
        }
    }

    /// Normal numbers with σ = √(1/inputs), the form that chapter 6 of the book and Caffe call Xavier. Glorot and
    /// Bengio
    /// (AISTATS 2010) use √(2/(inputs + outputs)).
    record Xavier() implements Initialisation {
        @Override
        public double deviation(int inputs, int outputs) {
            return Math.sqrt(1.0 / inputs);
        }
    }

    /// Normal numbers with σ = √(2/inputs), for ReLU: He, Zhang, Ren and Sun, ICCV 2015.
    record He() implements Initialisation {
        @Override
        public double deviation(int inputs, int outputs) {
            return Math.sqrt(2.0 / inputs);
        }
    }

    /// One number everywhere.
    ///
    /// @param value finite
    record Constant(double value) implements Initialisation {
        /// @throws IllegalArgumentException if the value is not finite
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("initialisation: constant must be finite, found " + value);
            }
        }

        @Override
        public double deviation(int inputs, int outputs) {
            return 0;
        }

        @Override
        public void fill(Matrix weight, Philox random) {
            for (int row = 0; row < weight.rows(); row++) {
                for (int column = 0; column < weight.columns(); column++) {
                    weight.set(row, column, value);
                }
            }
        }
    }

    /// The standard deviation for a layer of this size.
    double deviation(int inputs, int outputs);

    /// Overwrites a weight matrix [inputs, outputs] with σ times the standard normal numbers at the indices
    /// row·columns + column, so that the values depend on neither padding nor precision (but for rounding).
    default void fill(Matrix weight, Philox random) {
        double deviation = deviation(weight.rows(), weight.columns());
        for (int row = 0; row < weight.rows(); row++) {
            for (int column = 0; column < weight.columns(); column++) {
                weight.set(row, column, deviation * random.normal((long) row * weight.columns() + column));
            }
        }
    }
}
