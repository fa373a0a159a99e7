/// The command `badak`.
module org.badak.cli {
    requires info.picocli;
    requires java.sql; // this and the next for Spark, which may be loaded beside the program
    requires jdk.unsupported;
    requires org.badak.core;
    requires org.badak.export;
    requires org.badak.figure;
    requires org.badak.lab;
    requires org.badak.onnx;
    requires org.badak.report;
    requires org.badak.server;
    requires org.badak.tabular;
    requires static org.jspecify;

    uses org.badak.gradient.ShardEngineProvider;
    uses org.badak.tune.TrialEngineProvider;

    provides org.badak.tune.TrialFunction with
            org.badak.cli.SpreadFunction;

    opens org.badak.cli to
            info.picocli;
}
