package org.badak.cli;

import java.util.Optional;
import org.badak.data.Sampler;
import org.badak.gradient.Shards;
import org.badak.model.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that divides every batch into shards.
final class ShardOptions {
    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Divide every batch into so many shards, whose gradients are computed one by one and added in"
                    + " a fixed order: the bits that N machines would give. Default: batches in one piece.")
    private @Nullable Integer shards;

    /// Made by picocli.
    ShardOptions() {}

    /// Checks what does not depend on data.
    ///
    /// @param gradient the name of how gradients are got
    /// @throws UsageException if an option is wrong
    void check(String gradient) {
        Integer count = shards;
        if (count == null) {
            return;
        }
        NetworkOptions.checked("--shards", () -> new Shards(count));
        if (!gradient.equals("backprop")) {
            throw UsageException.of(
                    "--shards",
                    count + " with --gradient " + gradient,
                    "gradients by backprop",
                    "leave one of them out");
        }
    }

    /// The division of batches, if there is one.
    ///
    /// @throws UsageException if the batches cannot be divided so
    Optional<Shards> shards(Network network, Sampler draws, int batch) {
        Integer count = shards;
        if (count == null) {
            return Optional.empty();
        }
        return NetworkOptions.checked("--shards", () -> {
            Shards division = new Shards(count);
            division.requireSuitable(network, draws, batch);
            return Optional.of(division);
        });
    }
}
