package org.badak.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.badak.data.Dataset;
import org.badak.data.FeatureDataset;
import org.badak.data.ImageDataset;
import org.badak.figure.ConfusionMatrix;
import org.badak.figure.ImageGrid;
import org.badak.figure.Tile;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.kernel.Kernels;
import org.badak.metric.Classification;
import org.badak.train.Evaluator;

/// What a network made of every example of a set.
///
/// @param answers how good they are, as classes and as probabilities
/// @param mistakes wrong answers, the surest first
/// @param unit what the examples are called: images, examples
public record Readings(Classification answers, List<Mistake> mistakes, Words unit) {
    private static final double WHITE = 255;

    /// A wrong answer.
    ///
    /// @param index number of the example
    /// @param actual its true class
    /// @param predicted the class it was taken for
    /// @param confidence the probability of that
    public record Mistake(int index, int actual, int predicted, double confidence) {}

    /// Has every example of a set predicted.
    ///
    /// @param evaluator of these examples
    public static Readings of(Evaluator evaluator, Dataset examples) {
        double[][] scores = new double[examples.count()][examples.classes()];
        int[] labels = new int[examples.count()];
        List<Mistake> mistakes = new ArrayList<>();
        evaluator.predictions((index, label, predictions, row) -> {
            labels[index] = label;
            Arrays.setAll(scores[index], column -> predictions.get(row, column));
            int predicted = Kernels.argMax(predictions, row);
            if (predicted != label) {
                mistakes.add(new Mistake(index, label, predicted, predictions.get(row, predicted)));
            }
        });
        mistakes.sort(Comparator.comparingDouble(Mistake::confidence).reversed().thenComparingInt(Mistake::index));
        return new Readings(
                Classification.of(scores, labels, examples.classes()), List.copyOf(mistakes), unit(examples));
    }

    /// What the network is worth, class by class.
    public ClassFigures classes(List<String> classNames) {
        return new ClassFigures(answers, classNames, unit);
    }

    /// The surest mistakes.
    public List<Mistake> surest(int most) {
        return mistakes.subList(0, Math.min(most, mistakes.size()));
    }

    /// The confusions as a figure.
    public ConfusionMatrix confusion(List<String> classNames) {
        return ConfusionMatrix.of(
                "Confusion matrix", classNames, answers.confusion().table());
    }

    /// The surest mistakes as pictures.
    public ImageGrid grid(Dataset images, List<String> classNames, int most) {
        ImageGrid grid = ImageGrid.titled("Most confident mistakes: true class > chosen class");
        for (Mistake mistake : surest(most)) {
            grid = grid.with(tile(
                    images,
                    mistake.index(),
                    classNames.get(mistake.actual()) + " > " + classNames.get(mistake.predicted())
                            + String.format(Locale.ROOT, " %.0f%%", 100 * mistake.confidence())));
        }
        return grid;
    }

    /// The surest mistakes for a report.
    public List<Section.Mistake> forReport(Dataset images, List<String> classNames, int most) {
        if (!arePictures(images)) {
            return List.of();
        }
        return surest(most).stream()
                .map(mistake -> new Section.Mistake(
                        tile(images, mistake.index(), ""),
                        classNames.get(mistake.actual()),
                        classNames.get(mistake.predicted()),
                        mistake.confidence()))
                .toList();
    }

    /// Whether examples can be drawn.
    public static boolean arePictures(Dataset examples) {
        return !examples.shape().isFlat();
    }

    /// What examples are called: images where they can be drawn.
    public static Words unit(Dataset examples) {
        return arePictures(examples) ? ClassFigures.IMAGES : ClassFigures.EXAMPLES;
    }

    /// An example of a set as a picture: of several channels their mean, of fractions scaled so that the least is black
    /// and the greatest white.
    public static Tile tile(Dataset examples, int index, String label) {
        int width = examples.shape().width();
        int height = examples.shape().height();
        return switch (examples) {
            case ImageDataset images -> {
                byte[] pixels = new byte[images.features()];
                System.arraycopy(images.pixels(), index * images.features(), pixels, 0, pixels.length);
                yield Tile.ofBytes(width, height, pixels, label);
            }
            case FeatureDataset numbers -> {
                double[] means = new double[width * height];
                for (int i = 0; i < numbers.features(); i++) {
                    means[i % means.length] += numbers.values()[index * numbers.features() + i];
                }
                double least = Arrays.stream(means).min().orElse(0);
                double range = Arrays.stream(means).max().orElse(1) - least;
                for (int i = 0; i < means.length; i++) {
                    means[i] = range == 0 ? 0 : WHITE * (means[i] - least) / range;
                }
                yield Tile.of(width, height, means, label);
            }
        };
    }
}
