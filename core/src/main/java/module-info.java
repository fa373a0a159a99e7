/// All the mathematics of Badak; depends on nothing but the JDK.
module org.badak.core {
    requires static org.jspecify; // annotations, which nobody else needs, neither to compile nor to run

    exports org.badak.expression;
    exports org.badak.metric;
    exports org.badak.matrix;
    exports org.badak.kernel;
    exports org.badak.layer;
    exports org.badak.loss;
    exports org.badak.optimizer;
    exports org.badak.data;
    exports org.badak.augment;
    exports org.badak.model;
    exports org.badak.gradient;
    exports org.badak.train;
    exports org.badak.tune;
    exports org.badak.catalog;
    exports org.badak.chapter;

    uses org.badak.kernel.KernelSet;
}
