package org.badak.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.badak.catalog.Suggestion;
import org.badak.data.Sampler;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.Shards;
import org.badak.model.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that divide every batch into shards, and say where these are computed and whether they
/// take steps alone.
final class ShardOptions {
    /// Those that change where a run is computed and not what it gives.
    static final List<String> PLACES = List.of(
            "--engine",
            "--master",
            "--spark-home",
            "--executors",
            "--start-timeout",
            "--round-timeout",
            "--spark-conf");

    private static final List<String> ENGINES = List.of("process", "spark");

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Divide every batch into so many shards, whose gradients are computed one by one and added in"
                    + " a fixed order: the bits that N machines would give. Default: batches in one piece.")
    private @Nullable Integer shards;

    @Option(
            names = "--local-steps",
            paramLabel = "K",
            description = "Let every shard take so many steps alone before their parameters are averaged: local SGD,"
                    + " for slow networks. Default: none, every batch is summed.")
    private @Nullable Integer localSteps;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "process",
            description =
                    "Where shards, or the trials of a search, are computed: process (this one) or spark (executors of"
                            + " Apache Spark); the results do not depend on it. Default: ${DEFAULT-VALUE}.")
    private String engine = "process";

    @Option(
            names = "--master",
            paramLabel = "MASTER",
            description = "The Spark to compute on: local[2] (threads of this process), local-cluster[2,1,1024]"
                    + " (executors, cores and MB of each), standalone[2,1,1024] (a master and workers, started and"
                    + " stopped), spark://host:7077. Default: local[2].")
    private @Nullable String master;

    @Option(
            names = "--spark-home",
            paramLabel = "DIR",
            description = "The folder of Spark 4.2. Default: SPARK_HOME, or spark/target/spark-home of the build.")
    private @Nullable String sparkHome;

    @Option(
            names = "--executors",
            paramLabel = "N",
            description = "How many executors must have come before training begins. Default: all of a cluster on this"
                    + " machine, 1 of any other.")
    private @Nullable Integer executors;

    @Option(
            names = "--start-timeout",
            paramLabel = "SECONDS",
            description = "How long executors may take to come. Default: 60.")
    private @Nullable Integer startTimeout;

    @Option(
            names = "--round-timeout",
            paramLabel = "SECONDS",
            description =
                    "How long the gradients of a batch may take on Spark, or a trial of a search. Default: 60, for a trial"
                            + " 3600.")
    private @Nullable Integer roundTimeout;

    @Option(
            names = "--spark-conf",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "Properties of Spark's own: spark.executor.memory=2g,spark.speculation=true.")
    private @Nullable List<String> sparkConf;

    /// Made by picocli.
    ShardOptions() {}

    /// Checks what does not depend on data.
    ///
    /// @param gradient the name of how gradients are got
    /// @param resumed whether options are those of a run, which may go on at another place
    /// @throws UsageException if an option is wrong
    void check(String gradient, boolean resumed) {
        Integer count = shards;
        if (count != null) {
            NetworkOptions.checked("--shards", () -> new Shards(count));
            if (!gradient.equals("backprop")) {
                throw UsageException.of(
                        "--shards",
                        count + " with --gradient " + gradient,
                        "gradients by backprop",
                        "leave one of them out");
            }
        }
        Integer steps = localSteps;
        if (steps != null) {
            NetworkOptions.checked("--local-steps", () -> LocalSgd.requireSteps(steps));
            if (count == null) {
                throw new UsageException("--local-steps: found without --shards, expected the number of shards that"
                        + " take steps alone; add --shards 4");
            }
        }
        checkPlaces(resumed);
        if (engine.equals("spark") && count == null) {
            throw new UsageException("--engine spark: found without --shards, expected the number of shards, which the"
                    + " results depend on; add --shards 4");
        }
    }

    /// Checks the options that say where, for a search too, whose trials need no shards.
    ///
    /// @param resumed whether options are those of a run, which may go on at another place
    /// @throws UsageException if an option is wrong
    void checkPlaces(boolean resumed) {
        if (!ENGINES.contains(engine)) {
            throw new UsageException("--engine: " + Suggestion.unknown("name", engine, ENGINES));
        }
        boolean spark = engine.equals("spark") || resumed;
        requireEngine("--master", master, spark);
        requireEngine("--spark-home", sparkHome, spark);
        requireEngine("--executors", executors, spark);
        requireEngine("--start-timeout", startTimeout, spark);
        requireEngine("--round-timeout", roundTimeout, spark);
        requireEngine("--spark-conf", sparkConf, spark);
        choice(false);
    }

    private static void requireEngine(String option, @Nullable Object value, boolean spark) {
        if (value != null && !spark) {
            throw new UsageException(
                    option + ": found without --engine spark, which it is for; add that, or leave it out");
        }
        if (value instanceof Integer number && number < 1) {
            throw UsageException.of(option, number, "at least 1", "leave it out for the default");
        }
    }

    /// Where shards are computed.
    ///
    /// @param debug whether Spark's own warnings are to be shown
    EngineChoice choice(boolean debug) {
        if (engine.equals("process")) {
            return EngineChoice.PROCESS;
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("master", master == null ? "local[2]" : master);
        if (executors != null) {
            settings.put("executors", executors.toString());
        }
        if (startTimeout != null) {
            settings.put("start-timeout", startTimeout.toString());
        }
        if (roundTimeout != null) {
            settings.put("round-timeout", roundTimeout.toString());
        }
        if (debug) {
            settings.put("debug", "true");
        }
        for (String property : sparkConf == null ? List.<String>of() : sparkConf) {
            int equals = property.indexOf('=');
            if (equals < 0 || !property.startsWith("spark.")) {
                throw UsageException.of(
                        "--spark-conf",
                        property,
                        "names that begin with spark. and their values",
                        "try --spark-conf spark.executor.memory=2g");
            }
            settings.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new EngineChoice(engine, settings, sparkHome == null ? "" : sparkHome);
    }

    /// How many steps every shard takes alone between two averages; 0 if every batch is summed.
    ///
    /// @throws UsageException if they are more than those of an epoch
    int localSteps(Sampler draws) {
        Integer steps = localSteps;
        if (steps == null) {
            return 0;
        }
        return NetworkOptions.checked("--local-steps", () -> {
            LocalSgd.requireSuitable(steps, draws);
            return steps;
        });
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
