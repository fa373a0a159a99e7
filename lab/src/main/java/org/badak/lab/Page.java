package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import org.badak.server.Route;
import org.badak.server.StaticFile;

/// The files of the page: a fixed list, nothing else is served.
final class Page {
    private static final List<String> SCRIPTS = List.of(
            "app.js",
            "lab.js",
            "pace.js",
            "elements.js",
            "charts.js",
            "matrix.js",
            "pictures.js",
            "words.js",
            "words-en.js",
            "words-ko.js",
            "rooms/home.js",
            "rooms/loss.js",
            "rooms/accuracy.js",
            "rooms/derivative.js",
            "rooms/descent.js",
            "rooms/step.js",
            "rooms/gradient.js",
            "rooms/overfitting.js",
            "rooms/train.js",
            "rooms/train-figures.js",
            "rooms/train-tables.js",
            "rooms/draw.js",
            "rooms/runs.js",
            "uplot/uPlot.esm.js");
    private static final List<String> STYLES = List.of("app.css", "uplot/uPlot.min.css");

    private Page() {}

    /// A route for each file; the page itself is `/`.
    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.file("/", read("text/html; charset=utf-8", "index.html")));
        routes.add(Route.file("/favicon.svg", read("image/svg+xml", "favicon.svg")));
        SCRIPTS.forEach(name -> routes.add(Route.file("/" + name, read("text/javascript; charset=utf-8", name))));
        STYLES.forEach(name -> routes.add(Route.file("/" + name, read("text/css; charset=utf-8", name))));
        return routes;
    }

    private static StaticFile read(String type, String name) {
        return StaticFile.read(type, Page.class.getResourceAsStream("page/" + name));
    }
}
