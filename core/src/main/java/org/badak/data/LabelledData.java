package org.badak.data;

import java.util.List;

/// Examples of classes to learn from and to test with, and what the classes are called.
///
/// @param train what the network learns from
/// @param test what it never sees while learning; the training data itself where there is none yet, see
///     [#isWhole] and [#divided]
/// @param classNames what the labels stand for, in their order
/// @param origin one plain line that says where the data came from
public record LabelledData(Dataset train, Dataset test, List<String> classNames, String origin) {
    /// Checks that both parts fit one network, and the names.
    ///
    /// @throws DataException if shape or number of classes differ
    public LabelledData {
        classNames = List.copyOf(classNames);
        if (!train.shape().equals(test.shape()) || train.classes() != test.classes()) {
            throw new DataException(
                    "training and test data do not fit each other",
                    origin,
                    train + "; " + test,
                    "examples of one shape and one number of classes",
                    "use the training and test files that belong together");
        }
        if (classNames.size() != train.classes()) {
            throw new DataException(
                    "the class names do not fit the labels",
                    origin,
                    classNames.size() + " names of " + train.classes() + " classes",
                    "a name for each class",
                    "give as many names as there are classes");
        }
    }

    /// Images with their class names.
    public static LabelledData of(DataSplit split, List<String> classNames) {
        return new LabelledData(split.train(), split.test(), classNames, split.origin());
    }

    /// Whether it is one set, not divided yet: the test data is the training data.
    public boolean isWhole() {
        return train == test;
    }

    /// The same with a test part divided off the training data, stratified by class.
    ///
    /// @param fraction of the examples to test with, above 0 and below 1
    /// @param seed decides which; see [Partition]
    /// @throws DataException if a part would have no examples
    public LabelledData divided(double fraction, long seed) {
        Partition parts = Partition.of(train.labels(), train.classes(), fraction, seed);
        if (parts.held().length == 0) {
            throw new DataException(
                    "cannot divide the data: no example is left to test with",
                    origin,
                    train.count() + " examples, of which " + 100 * fraction
                            + " % are to be held out, and at least one of each class is to be learned from",
                    "at least one example in each part",
                    "use more examples, or another fraction");
        }
        return new LabelledData(train.select(parts.train()), train.select(parts.held()), classNames, origin);
    }

    /// Fewer examples: the first of each part.
    ///
    /// @param trainSamples from 1 to the number of training examples
    /// @param testSamples from 1 to the number of test examples
    public LabelledData head(int trainSamples, int testSamples) {
        return new LabelledData(train.head(trainSamples), test.head(testSamples), classNames, origin);
    }
}
