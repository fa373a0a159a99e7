package org.badak.augment;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.kernel.Workers;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.matrix.ShapeException;
import org.badak.matrix.SparseMatrix;

/// Changes the images of a batch by augmentations, each image by draws of its own: a pure function of (seed, step, row,
/// image), the same bits for any kernels and number of threads. Places and values are computed in double by plain
/// additions, multiplications and divisions. Images are divided among the kernels' threads; nothing is allocated.
public final class Augmenter {
    private final List<Augmentation> augmentations;
    private final long seed;
    private final Shape images;
    private final Kernels kernels;
    private final List<Worker> workers = new ArrayList<>(); // one per thread
    private final Workers.Task task = this::part; // made once, so that a step allocates nothing
    private Matrix batch = Matrix.zeros(Precision.FLOAT32, 0, 0);
    private long step;
    private int firstRow;

    /// @param augmentations applied in this order; none leaves images as they are
    /// @param seed the run's seed
    /// @param images their shape
    /// @param kernels whose threads share the work
    /// @throws ShapeException if the examples are not images, or have more than 2²⁴ pixels
    /// @throws IllegalArgumentException if there are more than 128 augmentations
    public Augmenter(List<Augmentation> augmentations, long seed, Shape images, Kernels kernels) {
        if (images.isFlat()) {
            throw new ShapeException("augmentation: expected images, found vectors of " + images.size()
                    + " numbers; leave the augmentation out");
        }
        if (images.area() > Draws.MOST) {
            throw new ShapeException(
                    "augmentation: expected images of at most " + Draws.MOST + " pixels, found " + images);
        }
        if (augmentations.size() > Draws.MOST_AUGMENTATIONS) {
            throw new IllegalArgumentException("augmentation: expected at most " + Draws.MOST_AUGMENTATIONS
                    + " augmentations, found " + augmentations.size());
        }
        this.augmentations = List.copyOf(augmentations);
        this.seed = seed;
        this.images = images;
        this.kernels = kernels;
        for (int thread = 0; thread < kernels.threads(); thread++) {
            workers.add(new Worker());
        }
    }

    /// All that fixes what it does, in words.
    public String description() {
        return augmentations + ", seed " + seed;
    }

    /// Overwrites the images of a batch with changed ones.
    ///
    /// @param x [batch, image size], dense; at most 2²⁴ rows
    /// @param step number of the training step, from 0
    /// @throws IllegalArgumentException if x is sparse
    public void apply(Matrix x, long step) {
        apply(x, step, 0);
    }

    /// Overwrites the images of a part of a batch with changed ones: the same as in the whole
    /// batch.
    ///
    /// @param x [rows, image size], dense
    /// @param step number of the training step, from 0
    /// @param firstRow the row of the whole batch with which the part begins
    /// @throws IllegalArgumentException if x is sparse
    public void apply(Matrix x, long step, int firstRow) {
        if (x instanceof SparseMatrix) {
            throw new IllegalArgumentException("augmentation: expected dense images, found a sparse " + x);
        }
        assert x.columns() == images.size() && firstRow + x.rows() <= Draws.MOST_ROWS : x + " of " + images;
        if (augmentations.isEmpty()) {
            return;
        }
        this.batch = x;
        this.step = step;
        this.firstRow = firstRow;
        kernels.parallel(task);
    }

    private void part(int part, int parts) {
        int from = (int) ((long) batch.rows() * part / parts);
        int to = (int) ((long) batch.rows() * (part + 1) / parts);
        for (int row = from; row < to; row++) {
            workers.get(part).change(batch, row);
        }
    }

    /// What one thread works with.
    private final class Worker {
        private final Draws draws = new Draws(seed);
        private final Places places = new Places(images);
        private final Warp[] warps =
                augmentations.stream().map(each -> each.warp(images)).toArray(Warp[]::new);
        private final int line = images.width() + 2;
        // [channels, height + 2, width + 2]: every channel within a border of zeros
        private final double[] old = new double[images.channels() * (images.height() + 2) * line];

        void change(Matrix x, int row) {
            draws.image(step, firstRow + row);
            places.start();
            for (int i = warps.length - 1; i >= 0; i--) { // from the new image back to the old one
                draws.augmentation(i);
                warps[i].pull(draws, places);
            }
            int column = 0;
            for (int channel = 0; channel < images.channels(); channel++) {
                for (int down = 0; down < images.height(); down++) {
                    for (int right = 0; right < images.width(); right++) {
                        old[index(channel, down, right)] = x.get(row, column++);
                    }
                }
            }
            column = 0;
            for (int channel = 0; channel < images.channels(); channel++) {
                for (int pixel = 0; pixel < images.area(); pixel++) {
                    x.set(row, column++, value(channel, places.x(pixel), places.y(pixel)));
                }
            }
        }

        private int index(int channel, int down, int right) {
            return (channel * (images.height() + 2) + down + 1) * line + right + 1;
        }

        /// What is at a place in the old image.
        private double value(int channel, double x, double y) {
            if (!(x > -1 && x < images.width() && y > -1 && y < images.height())) {
                return 0;
            }
            double left = Math.floor(x);
            double top = Math.floor(y);
            return Places.between(old, index(channel, (int) top, (int) left), 1, line, x - left, y - top);
        }
    }
}
