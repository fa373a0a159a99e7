package org.badak.data;

/// Examples of classes, all in memory: images, or numbers of any shape.
public sealed interface Dataset extends Examples permits ImageDataset, FeatureDataset {
    /// The labels, `[count]`; shared, not copied: do not write to it.
    int[] labels();

    /// The first examples; copied, or this data set itself if all are asked for.
    ///
    /// @param samples from 1 to `count`
    /// @throws DataException if there are fewer
    Dataset head(int samples);

    /// The named examples in the named order; copied. An index may occur more than once.
    ///
    /// @param indices at least one, each from 0 to `count - 1`
    /// @throws DataException if there is none, or one is out of range
    Dataset select(int[] indices);

    /// The same examples with other labels; the content is shared.
    ///
    /// @param labels `[count]`, each from 0 to `classes - 1`; shared
    /// @throws DataException if there are not as many, or one is out of range
    Dataset labelled(int[] labels);

    /// SHA-256 of the content in lower-case hexadecimal; the name does not count.
    String sha256();
}
