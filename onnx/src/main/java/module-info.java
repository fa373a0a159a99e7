/// Models as ONNX files, for programs that know that format.
module org.badak.onnx {
    requires org.badak.tabular;
    requires transitive org.badak.core;
    requires static org.jspecify;

    exports org.badak.onnx;
}
