package org.badak.peers;

/// What a peer is asked to do: the same networks and steps as Badak's, each by the library's own usual means.
interface Engine extends AutoCloseable {
    /// The networks of the workloads.
    enum Kind {
        /// W1, W4, W7: 784-50-10, sigmoid, SGD 0.1, batches of 100.
        CHAPTER(100),
        /// W2: 784-1024-1024-10, ReLU, Adam, batches of 256.
        WIDE(256),
        /// W6: 30 filters 5×5, ReLU, pooling 2×2, 100, ReLU, 10, Adam, batches of 100.
        IMAGES(100);

        final int batch;

        Kind(int batch) {
            this.batch = batch;
        }
    }

    String name();

    String version();

    /// Makes a new network with its optimizer; the steps that follow train it.
    void begin(Kind kind);

    /// One training step on the training images at these places.
    void step(int[] indices);

    /// The classes of the test images [from, to) by the network last begun.
    int[] testClasses(int from, int to);

    /// The classes of the training images [from, to).
    int[] trainClasses(int from, int to);

    /// Something that computes a product [rows, inner]·[inner, columns] of float32 each time it is run.
    ///
    /// @param form `plain`, or which factor lies transposed: `left`, `right`
    Runnable product(String form, int rows, int inner, int columns);

    @Override
    void close();
}
