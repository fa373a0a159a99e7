/// The command `badak`.
module org.badak.cli {
    requires info.picocli;
    requires org.badak.core;
    requires org.badak.export;
    requires org.badak.figure;
    requires org.badak.lab;
    requires org.badak.onnx;
    requires org.badak.server;
    requires org.badak.tabular;
    requires static org.jspecify;

    opens org.badak.cli to
            info.picocli;
}
