/// All the mathematics of Badak; depends on nothing but the JDK.
module org.badak.core {
    exports org.badak.data;
    exports org.badak.matrix;
}
