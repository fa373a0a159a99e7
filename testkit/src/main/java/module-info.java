/// Contracts that every kernel set, layer and loss must pass, as JUnit tests to be inherited: three lines test a layer
/// of your own.
module org.badak.testkit {
    requires transitive org.badak.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires org.assertj.core;
    requires static java.management; // the allocation probe alone; a test run without it cannot use the probe
    requires static jdk.management;

    exports org.badak.testkit;
}
