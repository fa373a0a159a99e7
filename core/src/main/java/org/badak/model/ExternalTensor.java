package org.badak.model;

import java.util.List;

/// A tensor as another program holds it: one of a network's tensors under another name, in another
/// shape and order.
///
/// @param name there
/// @param slot the tensor here
/// @param shape there, outermost size first
/// @param places for each of its elements, row-major, the place of the same number here,
///     row·columns + column
record ExternalTensor(String name, Slot slot, List<Integer> shape, int[] places) {
    /// Copies the shape.
    ExternalTensor {
        shape = List.copyOf(shape);
    }

    /// With the same order.
    static ExternalTensor alike(String name, Slot slot, Integer... shape) {
        int[] places = new int[Math.toIntExact(slot.count())];
        java.util.Arrays.setAll(places, i -> i);
        return new ExternalTensor(name, slot, List.of(shape), places);
    }

    /// The transpose of a matrix.
    static ExternalTensor transposed(String name, Slot slot, Integer... shape) {
        int rows = slot.shape().rows();
        int columns = slot.shape().columns();
        int[] places = new int[Math.toIntExact(slot.count())];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                places[column * rows + row] = row * columns + column;
            }
        }
        return new ExternalTensor(name, slot, List.of(shape), places);
    }
}
