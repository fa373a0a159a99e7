/// All the mathematics of Badak; depends on nothing but the JDK.
module org.badak.core {
    requires static transitive org.jspecify; // annotations, not needed at run time

    exports org.badak.data;
    exports org.badak.matrix;
}
