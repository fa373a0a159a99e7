package org.badak.bench;

import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Matrix;

/// A matrix product [rows, inner]·[inner, columns] whose speed is measured.
///
/// @param shape what tables and JSON call it
/// @param form which operand is stored transposed
/// @param rows rows of the result
/// @param inner terms of each sum
/// @param columns columns of the result
public record Product(String shape, Form form, int rows, int inner, int columns) {
    /// Which operand is stored transposed.
    public enum Form {
        /// c = a·b
        PLAIN,
        /// c = aᵀ·b
        LEFT_TRANSPOSED,
        /// c = a·bᵀ
        RIGHT_TRANSPOSED
    }

    /// The products of W5: two large ones, and the three of a step of the chapter's first layer: x·W, xᵀ·dy, dy·Wᵀ.
    static final List<Product> OF_W5 = List.of(
            square(1024),
            square(2048),
            new Product("100x784x50", Form.PLAIN, 100, 784, 50),
            new Product("784x100x50 left transposed", Form.LEFT_TRANSPOSED, 784, 100, 50),
            new Product("100x50x784 right transposed", Form.RIGHT_TRANSPOSED, 100, 50, 784));

    /// The product of two square matrices.
    static Product square(int size) {
        return new Product(size + "x" + size + "x" + size, Form.PLAIN, size, size, size);
    }

    /// Floating-point operations: a multiplication and an addition per term.
    public double flop() {
        return 2.0 * rows * inner * columns;
    }

    /// The product as something to run, over matrices of its own filled with numbers in [−1, 1).
    public Runnable work(Kernels kernels) {
        Matrix c = kernels.zeros(rows, columns);
        return switch (form) {
            case PLAIN -> {
                Matrix a = random(kernels, rows, inner, 0);
                Matrix b = random(kernels, inner, columns, 1);
                yield () -> kernels.multiply(a, b, c);
            }
            case LEFT_TRANSPOSED -> {
                Matrix a = random(kernels, inner, rows, 0);
                Matrix b = random(kernels, inner, columns, 1);
                yield () -> kernels.multiplyLeftTransposed(a, b, c);
            }
            case RIGHT_TRANSPOSED -> {
                Matrix a = random(kernels, rows, inner, 0);
                Matrix b = random(kernels, columns, inner, 1);
                yield () -> kernels.multiplyRightTransposed(a, b, c);
            }
        };
    }

    private static Matrix random(Kernels kernels, int rows, int columns, int stream) {
        Matrix matrix = kernels.zeros(rows, columns);
        Philox random = new Philox(1, Purpose.DATA, stream);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, 2 * random.uniform((long) row * columns + column) - 1);
            }
        }
        return matrix;
    }
}
