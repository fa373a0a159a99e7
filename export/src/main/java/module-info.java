/// Trained models in forms that other programs take.
module org.badak.export {
    requires transitive org.badak.core;
    requires java.compiler; // names of Java
    requires org.badak.tabular;
    requires static org.jspecify;

    exports org.badak.export;
}
