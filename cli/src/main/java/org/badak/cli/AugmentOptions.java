package org.badak.cli;

import java.util.List;
import org.badak.augment.Augmentation;
import org.badak.catalog.Augmentations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that changes images at random before they are learned or shown.
final class AugmentOptions {
    @Option(
            names = "--augment",
            paramLabel = "LIST",
            description = "Random changes of the training images, anew at every step, separated by commas:"
                    + " \"shift 2, rotate 15, scale 0.1, elastic 34 4\" (pixels; degrees; share; alpha and sigma)."
                    + " Default: none.")
    private @Nullable String augment;

    /// Made by picocli.
    AugmentOptions() {}

    /// The augmentations in their order; empty without the option.
    ///
    /// @throws UsageException if one is wrong; says what would be right
    List<Augmentation> augmentations() {
        String text = augment;
        return text == null ? List.of() : NetworkOptions.checked("--augment", () -> Augmentations.augmentations(text));
    }

    /// Augmentations in words that the option reads back.
    static String text(List<Augmentation> augmentations) {
        return String.join(", ", augmentations.stream().map(Augmentations::text).toList());
    }
}
