package org.badak.catalog;

import org.badak.data.Json;

/// What a model takes, and how it becomes numbers.
public sealed interface Inputs {
    /// Number of columns of the network's input.
    long columns();

    /// Grey-scale images: pixels divided by 255, row by row.
    ///
    /// @param rows height in pixels
    /// @param width width in pixels
    record Images(int rows, int width) implements Inputs {
        @Override
        public long columns() {
            return (long) rows * width;
        }
    }

    /// Rows of a table. How cells become numbers is told by a JSON object that whoever prepared the table wrote, and
    /// reads again; a model file holds it as it is.
    ///
    /// @param columns number of numbers that a row becomes
    /// @param preparation how
    record Table(long columns, Json.Members preparation) implements Inputs {}
}
