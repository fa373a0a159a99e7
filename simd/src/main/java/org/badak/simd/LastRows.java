package org.badak.simd;

import java.util.Arrays;

/// The last rows of a product that are too few for a tile. A tile that reaches back over rows that are done would add
/// to them again; so it works on a copy, and only the rows that were left are copied back.
final class LastRows {
    private static final int MOST_ELEMENTS = 12 * 64; // rows of a tile × its columns

    private static final ThreadLocal<float[]> COPY = ThreadLocal.withInitial(() -> new float[MOST_ELEMENTS]);

    private LastRows() {}

    /// A copy of the rows left in c, after rows of zeros in place of those done; rows of `width` elements, one after
    /// the other.
    ///
    /// @param place of the first row that is left
    /// @param done number of rows of zeros
    /// @param left number of rows to copy
    static float[] copy(float[] c, int place, int cStride, int done, int left, int width) {
        float[] copy = COPY.get();
        Arrays.fill(copy, 0, done * width, 0);
        for (int i = 0; i < left; i++) {
            System.arraycopy(c, place + i * cStride, copy, (done + i) * width, width);
        }
        return copy;
    }

    /// Copies the rows that were left back to c.
    static void copyBack(float[] copy, int done, float[] c, int place, int cStride, int left, int width) {
        for (int i = 0; i < left; i++) {
            System.arraycopy(copy, (done + i) * width, c, place + i * cStride, width);
        }
    }
}
