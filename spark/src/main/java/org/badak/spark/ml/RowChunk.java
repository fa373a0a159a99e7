package org.badak.spark.ml;

import java.io.Serializable;

/// Some rows of a partition as numbers, as they travel to the driver.
///
/// @param features how many numbers a row has; 0 where there is no row
/// @param rows how many rows
/// @param x of the features, row by row
/// @param labels of the rows
/// @param weights of the rows; empty if all weigh the same
/// @param held which rows are held out; empty if none is
/// @param problem why the row behind them cannot be used; empty if it can
record RowChunk(int features, int rows, float[] x, double[] labels, double[] weights, boolean[] held, String[] problem)
        implements Serializable {}
