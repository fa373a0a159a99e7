package org.badak.catalog;

import org.badak.data.Json;
import org.badak.matrix.Shape;

/// What a model takes, and how it becomes numbers.
public sealed interface Inputs {
    /// Number of columns of the network's input.
    long columns();

    /// What it takes in words: `images of 28 x 28 pixels`.
    String text();

    /// Grey-scale images: pixels divided by 255, row by row.
    ///
    /// @param rows height in pixels
    /// @param width width in pixels
    record Images(int rows, int width) implements Inputs {
        @Override
        public long columns() {
            return (long) rows * width;
        }

        @Override
        public String text() {
            return "images of " + rows + " x " + width + " pixels";
        }
    }

    /// Numbers of any shape, such as measurements or images of several channels; see [org.badak.data.ArrayData].
    ///
    /// @param shape of one example
    /// @param bytes whether they were unsigned bytes that were divided by 255; else they are taken as they are
    record Features(Shape shape, boolean bytes) implements Inputs {
        @Override
        public long columns() {
            return shape.size();
        }

        @Override
        public String text() {
            return "arrays of " + shape + (bytes ? " unsigned bytes" : " numbers");
        }
    }

    /// Rows of a table. How cells become numbers is told by a JSON object that whoever prepared the table wrote, and
    /// reads again; a model file holds it as it is.
    ///
    /// @param columns number of numbers that a row becomes
    /// @param preparation how
    record Table(long columns, Json.Members preparation) implements Inputs {
        @Override
        public String text() {
            return "rows of a table";
        }
    }
}
