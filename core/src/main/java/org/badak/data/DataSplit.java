package org.badak.data;

import java.util.Objects;

/// Data to learn from and data to test with.
///
/// @param train what the network learns from
/// @param test what it never sees while learning; images of the same size, as many classes
/// @param origin one plain line that says where the data came from
public record DataSplit(ImageDataset train, ImageDataset test, String origin) {
    /// Checks that both halves fit one network.
    ///
    /// @throws DataException if image size or number of classes differ
    public DataSplit {
        Objects.requireNonNull(origin, "origin");
        if (train.rows() != test.rows() || train.columns() != test.columns() || train.classes() != test.classes()) {
            throw new DataException(
                    "training and test data do not fit each other",
                    origin,
                    train + "; " + test,
                    "images of one size and one number of classes",
                    "use the training and test files that belong together");
        }
    }

    /// Fewer samples: the first of each half.
    ///
    /// @param trainSamples from 1 to the number of training samples
    /// @param testSamples from 1 to the number of test samples
    public DataSplit head(int trainSamples, int testSamples) {
        return new DataSplit(train.head(trainSamples), test.head(testSamples), origin);
    }
}
