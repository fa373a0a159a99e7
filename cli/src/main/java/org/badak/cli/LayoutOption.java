package org.badak.cli;

import java.util.Arrays;
import org.badak.model.TensorLayout;
import picocli.CommandLine.Option;

/// The option that says how another program names and orders a network's tensors.
final class LayoutOption {
    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "badak",
            description = "Names and shapes of the tensors: badak (W1 [in, out], as in the book), pytorch"
                    + " (0.weight [out, in], a Sequential of the same layers), keras (dense.kernel, channels last)."
                    + " Default: ${DEFAULT-VALUE}.")
    private String layout = "badak";

    /// Made by picocli.
    LayoutOption() {}

    /// The layout.
    ///
    /// @throws UsageException if there is none of that name
    TensorLayout layout() {
        for (TensorLayout each : TensorLayout.values()) {
            if (each.word().equals(layout)) {
                return each;
            }
        }
        throw UsageException.of(
                "--layout",
                layout,
                "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(TensorLayout.values())
                                        .map(TensorLayout::word)
                                        .toList()),
                "try --layout pytorch");
    }
}
