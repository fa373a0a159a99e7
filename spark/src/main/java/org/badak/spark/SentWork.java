package org.badak.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.badak.augment.Augmentation;
import org.badak.catalog.Augmentations;
import org.badak.catalog.Catalog;
import org.badak.gradient.EngineException;
import org.badak.gradient.ShardWork;
import org.badak.gradient.Shards;
import org.badak.layer.Layer;
import org.badak.matrix.Shape;
import org.badak.model.Network;

/// [ShardWork] as it is sent to every executor, once: layers, loss, sampler and augmentations by
/// their names in the catalog, so that no class is named by what is sent.
///
/// @param input shape of an example
/// @param layers first to last
/// @param loss what is minimised
/// @param sampling name of the sampler
/// @param samplerSeed its seed
/// @param batch rows of a batch
/// @param augmentations how images are changed
/// @param shards how many
/// @param seed of what layers and augmentations draw
/// @param examples what batches are drawn from
record SentWork(
        String input,
        String[] layers,
        String loss,
        String sampling,
        long samplerSeed,
        int batch,
        String[] augmentations,
        int shards,
        long seed,
        PackedExamples examples)
        implements Serializable {
    /// What is to be sent.
    ///
    /// @throws EngineException if it cannot be: a layer is a user's own, or the examples are
    ///     too many
    static SentWork of(ShardWork work) {
        Network network = work.network();
        return new SentWork(
                network.input().toString(),
                network.layers().stream().map(SentWork::text).toArray(String[]::new),
                Catalog.text(network.loss()),
                work.sampler().name(),
                work.sampler().seed(),
                work.batch(),
                work.augmentations().stream().map(Augmentations::text).toArray(String[]::new),
                work.shards().count(),
                work.seed(),
                PackedExamples.of(work.examples()));
    }

    private static String text(Layer layer) {
        try {
            return Catalog.text(layer);
        } catch (IllegalArgumentException unknown) {
            throw new EngineException(
                    "cannot send the network to the executors",
                    "layer " + layer.name(),
                    "a layer of your own",
                    "layers of the catalog, which have names",
                    "train in one process with --shards alone: the bits are the same",
                    unknown);
        }
    }

    /// The work itself, with a sampler of its own.
    ShardWork work() {
        List<Layer> described = Stream.of(layers).map(Catalog::layer).toList();
        List<Augmentation> changes =
                Arrays.stream(augmentations).map(Augmentations::augmentation).toList();
        return new ShardWork(
                new Network(Shape.parse(input), described, Catalog.loss(loss)),
                examples,
                Catalog.sampler(sampling).make(examples.count(), batch, samplerSeed),
                batch,
                changes,
                new Shards(shards),
                seed);
    }
}
