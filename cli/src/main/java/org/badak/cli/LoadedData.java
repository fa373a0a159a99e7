package org.badak.cli;

import java.util.List;
import java.util.Map;
import org.badak.data.LabelledData;

/// A data set that was chosen by name.
///
/// @param name as on the command line: `mnist`, `digits`, the folder or the file
/// @param split training and test examples
/// @param facts what a model file tells of it besides its name, so that it can be loaded again in the same way
record LoadedData(String name, LabelledData split, Map<String, String> facts) {
    /// What the labels stand for.
    List<String> classNames() {
        return split.classNames();
    }
}
