/// The lab: the chapter, training, drawing and runs in the browser, computed by the engine.
module org.badak.lab {
    requires org.badak.core;
    requires org.badak.figure;
    requires org.badak.report;
    requires org.badak.tabular;
    requires transitive org.badak.server;
    requires static org.jspecify;

    exports org.badak.lab;
}
