package org.badak.cli;

import java.util.List;
import org.badak.data.DataSplit;

/// A data set that was chosen by name.
///
/// @param name as on the command line: `mnist`, `digits`, or the folder
/// @param split training and test images
/// @param classNames what the labels stand for
record LoadedData(String name, DataSplit split, List<String> classNames) {}
