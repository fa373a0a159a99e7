package org.badak.catalog;

import java.util.ArrayList;
import java.util.List;
import org.badak.augment.Augmentation;
import org.badak.augment.CustomAugmentation;
import org.badak.augment.Elastic;
import org.badak.augment.Rotation;
import org.badak.augment.Scaling;
import org.badak.augment.Shift;

/// Names of the augmentations, one line per thing. They are written in words, like layers: `shift 2, rotate 15`.
public final class Augmentations {
    /// The augmentations.
    public static final List<Named<Augmentation>> ALL = List.of(
            new Named<>("shift", "shift PIXELS", "moves images up to so many pixels", Augmentations::shift),
            new Named<>("rotate", "rotate DEGREES", "turns images up to so far", Augmentations::rotation),
            new Named<>("scale", "scale SHARE", "enlarges or shrinks images up to a share", Augmentations::scaling),
            new Named<>("elastic", "elastic ALPHA SIGMA", "distorts images as a hand would", Augmentations::elastic));

    private Augmentations() {}

    /// The augmentation that a text such as `elastic 34 4` describes.
    ///
    /// @throws IllegalArgumentException if it describes none; says what would be right
    public static Augmentation augmentation(String text) {
        return Named.make("augmentation", ALL, text.trim().replaceFirst("\\s+", ":"));
    }

    /// The augmentations of a text such as `shift 2, rotate 15`, in its order.
    ///
    /// @throws IllegalArgumentException if one of them is none; says which, and what would be right
    public static List<Augmentation> augmentations(String text) {
        List<Augmentation> augmentations = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            augmentations.add(augmentation(part));
        }
        return augmentations;
    }

    /// An augmentation in a text that [#augmentation] reads back: `elastic 34.0 4.0`.
    ///
    /// @throws IllegalArgumentException if it is not in the catalog, as users' own are not
    public static String text(Augmentation augmentation) {
        return switch (augmentation) {
            case Shift(double pixels) -> "shift " + pixels;
            case Rotation(double degrees) -> "rotate " + degrees;
            case Scaling(double share) -> "scale " + share;
            case Elastic(double alpha, double sigma) -> "elastic " + alpha + " " + sigma;
            case CustomAugmentation own ->
                throw new IllegalArgumentException("augmentation " + own.name() + ": not in the catalog; known are "
                        + String.join(", ", Named.names(ALL)));
        };
    }

    private static Augmentation shift(String words) {
        return new Shift(numbers("shift PIXELS", words, 1)[0]);
    }

    private static Augmentation rotation(String words) {
        return new Rotation(numbers("rotate DEGREES", words, 1)[0]);
    }

    private static Augmentation scaling(String words) {
        return new Scaling(numbers("scale SHARE", words, 1)[0]);
    }

    private static Augmentation elastic(String words) {
        double[] numbers = numbers("elastic ALPHA SIGMA", words, 2);
        return new Elastic(numbers[0], numbers[1]);
    }

    private static double[] numbers(String form, String words, int count) {
        String[] parts = words.isEmpty() ? new String[0] : words.split("\\s+");
        if (parts.length != count) {
            throw new IllegalArgumentException("augmentation: expected " + form + ", found "
                    + (parts.length == 0 ? "no number" : "'" + words + "'"));
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Named.number(form.split(" ")[0], parts[i]);
        }
        return numbers;
    }
}
