package org.badak.spark;

import java.util.Map;
import java.util.function.Consumer;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardEngineProvider;
import org.badak.gradient.ShardWork;

/// The engine `spark`, as a service. Its settings: `master`; `home`, the folder of Spark;
/// `executors`, how many must have come before training begins; `start-timeout` and `round-timeout`
/// in seconds; `debug`; and properties of Spark's own, whose names begin with `spark.`.
public final class SparkEngineProvider implements ShardEngineProvider {
    /// The version of Spark that Badak is built and tested with.
    public static final String VERSION = "4.2";

    /// How to get one where there is none.
    static final String GATHERING = "set SPARK_HOME, or call ./mvnw -q -pl spark -am -DskipTests package in Badak's"
            + " folder, which gathers one in spark/target/spark-home, where it is found";

    /// For [java.util.ServiceLoader].
    public SparkEngineProvider() {}

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public ShardEngine start(ShardWork work, Map<String, String> settings, Consumer<String> notes) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        // Spark's threads inherit it, and read what tasks answer by it
        thread.setContextClassLoader(SparkEngineProvider.class.getClassLoader());
        try {
            SparkSettings chosen = SparkSettings.of(settings);
            SparkEngine engine = SparkEngine.start(work, chosen);
            LostExecutors.tell(engine.context(), engine::isClosed, "its shards are computed again", notes);
            return engine;
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
