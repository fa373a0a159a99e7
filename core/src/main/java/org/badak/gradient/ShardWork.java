package org.badak.gradient;

import java.util.List;
import org.badak.augment.Augmentation;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.model.Network;

/// Everything that whoever computes shards must know once: with it the gradient of a shard is a
/// pure function of (parameters, step, shard), whoever computes it, wherever and however often.
///
/// @param network what is trained
/// @param examples what batches are drawn from
/// @param sampler draws them; belongs to one thread, others make one of their own from its
///     name, the number of examples, the batch and the seed
/// @param batch the most rows the sampler draws
/// @param augmentations how images are changed before they are learned; may be empty
/// @param shards the division of every batch
/// @param seed of what layers and augmentations draw
public record ShardWork(
        Network network,
        Examples examples,
        Sampler sampler,
        int batch,
        List<Augmentation> augmentations,
        Shards shards,
        long seed) {
    /// Copies the list.
    public ShardWork {
        augmentations = List.copyOf(augmentations);
    }
}
