package org.badak.spark.ml;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands one and the same Spark to all tests that ask for a session, and stops it behind the last:
/// see `junit-platform.properties`.
final class SharedSpark implements ParameterResolver {
    private static final Namespace OWN = Namespace.create(SharedSpark.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SparkSession.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(OWN).computeIfAbsent("session", name -> new Started(), Started.class).session;
    }

    private static final class Started implements AutoCloseable {
        private final SparkSession session = SparkSession.builder()
                .master("local[2]")
                .appName("tests of badak-spark")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.warehouse.dir", "target/warehouse")
                .config("spark.sql.codegen.wholeStage", false) // compiling queries takes longer than all these rows
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .getOrCreate();

        @Override
        public void close() {
            session.stop();
        }
    }
}
