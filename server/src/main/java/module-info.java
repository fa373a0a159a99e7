/// HTTP for pages and models on the JDK's own server: routes from a fixed map, security by default, server-sent events.
module org.badak.server {
    requires jdk.httpserver;
    requires org.badak.figure;
    requires transitive org.badak.core;
    requires transitive org.badak.tabular;
    requires static org.jspecify;

    exports org.badak.serve;
    exports org.badak.server;
}
