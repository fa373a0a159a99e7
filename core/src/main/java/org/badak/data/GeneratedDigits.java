package org.badak.data;

import java.util.stream.IntStream;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// Handwritten-like digits that need no download: ten classes, 28 × 28 unsigned bytes, as many as
/// asked for, drawn with pen strokes in several styles per digit and deformed at random.
///
/// Made in the form of MNIST (digit in a box of 20 × 20, centre of mass in the middle, background
/// exactly zero) and about as hard for a small network, but easier to come by; they are drawn by
/// program, and say nothing about accuracy on real handwriting.
///
/// An image depends on the seed, its half and its index alone: the first 100 of 60,000 images are
/// the same as 100 alone, and the same bytes on every platform. Training and test images come from
/// different streams of [Philox], purpose [Purpose#DATA]: 0 for training, 1 for test.
public final class GeneratedDigits {
    /// Training images, unless another number is asked for: as many as MNIST has.
    public static final int TRAIN = 60_000;
    /// Test images, unless another number is asked for: as many as MNIST has.
    public static final int TEST = 10_000;

    private static final int RUN = 500; // images drawn in a row by one thread

    private GeneratedDigits() {}

    /// 60,000 training and 10,000 test images.
    ///
    /// @param seed any number; another seed gives other images
    public static DataSplit generate(long seed) {
        return generate(seed, TRAIN, TEST);
    }

    /// Training and test images.
    ///
    /// @param seed any number; another seed gives other images
    /// @param train number of training images, at least 1
    /// @param test number of test images, at least 1
    /// @throws DataException if a number is out of range
    public static DataSplit generate(long seed, int train, int test) {
        return new DataSplit(
                draw("digits train", new Philox(seed, Purpose.DATA, 0), train),
                draw("digits test", new Philox(seed, Purpose.DATA, 1), test),
                "built-in generated digits (drawn by program, not real handwriting), seed " + seed);
    }

    private static ImageDataset draw(String name, Philox random, int count) {
        int features = DigitPainter.SIDE * DigitPainter.SIDE;
        int most = (Integer.MAX_VALUE - 8) / features;
        if (count < 1 || count > most) {
            throw new DataException(
                    "cannot generate digits",
                    name,
                    count + " images",
                    "1 to " + most,
                    "ask for another number of images");
        }
        byte[] pixels = new byte[count * features];
        int[] labels = new int[count];
        IntStream.range(0, (count + RUN - 1) / RUN).parallel().forEach(run -> {
            var painter = new DigitPainter(random);
            for (int i = run * RUN; i < Math.min(count, (run + 1) * RUN); i++) {
                labels[i] = painter.draw(i, pixels, i * features);
            }
        });
        return new ImageDataset(name, DigitPainter.SIDE, DigitPainter.SIDE, 10, pixels, labels);
    }
}
