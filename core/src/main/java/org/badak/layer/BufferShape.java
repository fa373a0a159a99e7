package org.badak.layer;

/// A matrix that a layer works in and that outlives forward: masks, statistics of a batch. A workspace makes it once,
/// and it grows with the largest batch; what forward has left there is still there in backward of the same pass.
///
/// @param rowsPerExample rows for each row of the batch, 0 or more
/// @param rows rows besides, whatever the batch
/// @param columns at least 1
public record BufferShape(int rowsPerExample, int rows, int columns) {
    /// @throws IllegalArgumentException if a number of rows is negative or there is no column
    public BufferShape {
        if (rowsPerExample < 0 || rows < 0 || columns < 1) {
            throw new IllegalArgumentException("buffer: expected rows from 0 and columns from 1, found "
                    + rowsPerExample + " per example, " + rows + " and " + columns);
        }
    }

    /// So many rows per row of the batch.
    public static BufferShape perExample(int rows, int columns) {
        return new BufferShape(rows, 0, columns);
    }

    /// The same for every batch.
    public static BufferShape fixed(int rows, int columns) {
        return new BufferShape(0, rows, columns);
    }

    /// Number of rows for a batch.
    ///
    /// @throws ArithmeticException if it does not fit into an int
    public int rows(int batch) {
        return Math.addExact(Math.multiplyExact(rowsPerExample, batch), rows);
    }
}
