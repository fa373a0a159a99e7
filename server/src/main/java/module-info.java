/// HTTP for pages and models on the JDK's own server: routes from a fixed map, security by default, server-sent events.
module org.badak.server {
    requires jdk.httpserver;
    requires transitive org.badak.core;
    requires static org.jspecify;

    exports org.badak.server;
}
