/// A training that is looked at from outside: events of the JDK's flight recorder, meters of Micrometer.
module org.badak.observe {
    requires jdk.jfr;
    requires transitive org.badak.core;
    requires static transitive micrometer.core; // the meters alone; the events do without

    exports org.badak.observe;
}
