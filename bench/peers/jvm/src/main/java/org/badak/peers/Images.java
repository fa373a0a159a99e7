package org.badak.peers;

import org.badak.data.DataLocations;
import org.badak.data.DataSplit;
import org.badak.data.ImageDataset;
import org.badak.data.MnistSource;

/// MNIST as the peers want it.
///
/// @param pixels [count·784] in [0, 1]
/// @param labels [count]
record Images(float[] pixels, int[] labels) {
    static final int FEATURES = 784;
    static final int CLASSES = 10;

    /// Training and test images.
    record Both(Images train, Images test) {}

    static Both load() {
        DataSplit split = MnistSource.mnist().load(DataLocations.ofEnvironment());
        return new Both(of(split.train()), of(split.test()));
    }

    private static Images of(ImageDataset dataset) {
        byte[] bytes = dataset.pixels();
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            pixels[i] = (bytes[i] & 0xFF) / 255f;
        }
        return new Images(pixels, dataset.labels());
    }

    int count() {
        return labels.length;
    }
}
