package org.badak.lab;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.badak.matrix.Matrix;

/// Numbers of both signs as a picture for the page: a byte each, −127 to 127, in Base64, scaled so that the largest
/// magnitude is 127.
final class SignedPicture {
    private static final double MOST = 127;

    private SignedPicture() {}

    /// Numbers in their order.
    static String of(double... values) {
        return text(bytes(values));
    }

    /// A column of a matrix.
    static String ofColumn(Matrix matrix, int column) {
        return of(column(matrix, column));
    }

    /// The first columns of a matrix, one after the other, each scaled for itself.
    static String ofColumns(Matrix matrix, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(count * matrix.rows());
        for (int column = 0; column < count; column++) {
            all.writeBytes(bytes(column(matrix, column)));
        }
        return text(all.toByteArray());
    }

    private static double[] column(Matrix matrix, int column) {
        double[] values = new double[matrix.rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(i, column);
        }
        return values;
    }

    private static byte[] bytes(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (largest > 0 ? Math.round(MOST * values[i] / largest) : 0);
        }
        return bytes;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
