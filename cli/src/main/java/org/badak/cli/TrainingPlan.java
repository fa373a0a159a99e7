package org.badak.cli;

import java.util.List;
import java.util.Optional;
import org.badak.augment.Augmentation;
import org.badak.catalog.Augmentations;
import org.badak.catalog.Catalog;
import org.badak.data.Examples;
import org.badak.data.Json;
import org.badak.data.Sampler;
import org.badak.data.WeightedExamples;
import org.badak.gradient.EngineGradient;
import org.badak.gradient.Learning;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.ProcessEngine;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardWork;
import org.badak.gradient.ShardedGradient;
import org.badak.gradient.Shards;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.train.Trainer;

/// Everything that fixes a training run.
///
/// @param data what is learned and tested
/// @param network what is trained
/// @param options how it was described on the command line
/// @param update how parameters are moved
/// @param sampler draws the batches
/// @param augmentations how images are changed before they are learned
/// @param batch images per step
/// @param steps how many
/// @param gradient how gradients are got, as in [Catalog#GRADIENTS]
/// @param shards the division of every batch, if there is one
/// @param localSteps steps that every shard takes alone between two averages; 0 if every batch is summed
/// @param engine where the shards are computed; does not change the results
/// @param stopping what chooses the best parameters
/// @param balanced whether all classes count the same together, however many examples they have
/// @param threads how many compute; does not change the results
record TrainingPlan(
        LoadedData data,
        Network network,
        NetworkOptions options,
        UpdatePlan update,
        Sampler sampler,
        List<Augmentation> augmentations,
        int batch,
        long steps,
        String gradient,
        Optional<Shards> shards,
        int localSteps,
        EngineChoice engine,
        StoppingPlan stopping,
        boolean balanced,
        int threads) {
    /// The element type of the parameters.
    Precision precision() {
        return Catalog.gradient(gradient).precision();
    }

    /// Whether gradients are numerical.
    boolean numerical() {
        return !gradient.equals("backprop");
    }

    /// Sets up what trains: the same for a run and for a trial of a search.
    ///
    /// @param parameters of this network
    /// @param learning by what, see [#learning]
    Trainer trainer(Parameters parameters, Learning learning, Kernels kernels) {
        Trainer trainer = update.apply(
                new Trainer(network, parameters, learning, update.optimizer(), sampler, kernels, examples(), batch));
        if (!augmentations.isEmpty()) {
            trainer.augment(augmentations, options.seed());
        }
        return trainer;
    }

    /// What batches are drawn from.
    private Examples examples() {
        return balanced
                ? WeightedExamples.balanced(data.split().train())
                : data.split().train();
    }

    /// Starts what computes the shards; nothing where this process does.
    Optional<ShardEngine> startEngine(Console console) {
        return shards.flatMap(division -> engine.start(work(division), console));
    }

    private ShardWork work(Shards division) {
        return new ShardWork(network, examples(), sampler, batch, augmentations, division, options.seed());
    }

    /// What parameters learn by.
    ///
    /// @param started computes the shards; this process if there is none
    Learning learning(Parameters parameters, Kernels kernels, Optional<ShardEngine> started) {
        if (shards.isPresent() && localSteps > 0) {
            ShardEngine engine = started.orElseGet(() -> new ProcessEngine(work(shards.get()), kernels));
            return new LocalSgd(shards.get(), localSteps, engine, kernels);
        }
        if (shards.isPresent() && started.isPresent()) {
            return new EngineGradient(shards.get(), started.get(), parameters, kernels);
        }
        if (shards.isPresent()) {
            return new ShardedGradient(shards.get(), network, parameters, kernels, options.seed());
        }
        return NetworkOptions.checked(
                "--gradient",
                () -> Catalog.gradient(gradient).maker().make(network, parameters, kernels, options.seed()));
    }

    /// What config.json holds.
    Json.Members json() {
        ObjectBuilder json = new ObjectBuilder()
                .put("data", data.name())
                .put("data_origin", data.split().origin());
        data.facts().forEach(json::put);
        json.put("train_count", data.split().train().count())
                .put("test_count", data.split().test().count())
                .put("network", network.sizes())
                .put(
                        "layers",
                        Json.of(network.layers().stream().map(Catalog::text).toList()))
                .put("activation", options.areListed() ? "as listed" : options.activation())
                .put("initialisation", options.initialisation())
                .put("loss", Catalog.text(network.loss()));
        update.put(json);
        stopping.put(json);
        if (!augmentations.isEmpty()) {
            json.put(
                    "augmentation",
                    Json.of(augmentations.stream().map(Augmentations::text).toList()));
        }
        if (balanced) {
            json.put("class_weight", "balanced");
        }
        shards.ifPresent(each -> json.put("shards", each.count()));
        if (localSteps > 0) {
            json.put("local_steps", localSteps);
        }
        if (!engine.isProcess()) {
            json.put("engine", engine.name())
                    .put("master", String.valueOf(engine.settings().get("master")));
        }
        return json.put("batch", batch)
                .put("sampling", sampler.name())
                .put("steps_per_epoch", sampler.stepsPerEpoch())
                .put("iterations", steps)
                .put("gradient", gradient)
                .put("precision", precision().name().toLowerCase(java.util.Locale.ROOT))
                .put("seed", options.seed())
                .put("threads", threads)
                .put("kernels", KernelChoice.current().set().name())
                .put("badak", Version.number())
                .put("java", Runtime.version().toString())
                .json();
    }
}
