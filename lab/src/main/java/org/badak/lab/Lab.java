package org.badak.lab;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.Json;
import org.badak.server.Access;
import org.badak.server.Content;
import org.badak.server.EventStream;
import org.badak.server.Feed;
import org.badak.server.Limits;
import org.badak.server.Listener;
import org.badak.server.Refusal;
import org.badak.server.Reply;
import org.badak.server.Request;
import org.badak.server.Route;
import org.badak.server.WebServer;

/// The lab: a page in the browser whose rooms show the chapter, training, drawing and runs, every number computed by
/// the engine of this process.
///
/// ```java
/// try (Lab lab = Lab.open(Access.loopback(0), Path.of("runs"), DataLocations.ofEnvironment())) {
///     System.out.println(lab.link());
/// }
/// ```
public final class Lab implements AutoCloseable {
    private static final int EVENTS_KEPT = 32;
    private static final int MOST_PAGES = 32;
    private static final int MOST_BODY = 64 << 10;
    private static final String HTML = "text/html; charset=utf-8";

    private final EventStream events;
    private final TrainingRoom training;
    private final WebServer server;

    private Lab(EventStream events, TrainingRoom training, WebServer server) {
        this.events = events;
        this.training = training;
        this.server = server;
    }

    /// Opens the lab; it answers as soon as this returns.
    ///
    /// @param access from where it can be reached
    /// @param runs the folder of runs; made when the first run needs it
    /// @param data where data sets are looked for; nothing is downloaded
    /// @throws UncheckedIOException if the port is taken
    public static Lab open(Access access, Path runs, DataLocations data) {
        return open(access, runs, new Material(data), new Tables(data));
    }

    /// Opens a lab that works with the material given.
    static Lab open(Access access, Path runs, Material material, Tables tables) {
        EventStream events = new EventStream(EVENTS_KEPT, MOST_PAGES);
        Broadcast broadcast = new Broadcast() {
            @Override
            public void send(String event, Json.Members members) {
                events.send(event, members);
            }

            @Override
            public boolean isHeard() {
                return events.readers() > 0;
            }
        };
        RunFolders folders = new RunFolders(runs);
        TrainingRoom training = new TrainingRoom(material, tables, folders, broadcast);
        List<Room> rooms = List.of(
                new LossRoom(),
                new AccuracyRoom(material),
                new DerivativeRoom(),
                new DescentRoom(),
                new StepRoom(material),
                new GradientRoom(material, broadcast),
                new OverfittingRoom(material, broadcast),
                training,
                new DrawingRoom(material, folders, training),
                new RunsRoom(folders, material));
        List<Route> routes = new ArrayList<>(Page.routes());
        for (Room room : rooms) {
            routes.add(Route.post("/api/" + room.name(), request -> answer(room, request))
                    .withBody(room == training ? Tables.MOST_BODY : MOST_BODY));
        }
        routes.add(Route.get("/api/events", request -> new Feed(events)));
        routes.add(Route.get("/runs/{run}/report.html", request -> report(folders, request)));
        return new Lab(events, training, WebServer.start(access, Limits.USUAL, Listener.SILENT, routes));
    }

    private static Reply answer(Room room, Request request) throws java.io.IOException {
        if (!(request.json() instanceof Json.Members members)) {
            throw refused(room, new IllegalArgumentException("question: expected a JSON object, found another value"));
        }
        try {
            return Content.json(room.answer(new Question(members)));
        } catch (IllegalArgumentException | DataException mistake) {
            throw refused(room, mistake);
        }
    }

    /// A mistake in a question. Rooms tell all parts in one sentence, which the page shows as it is.
    private static Refusal refused(Room room, RuntimeException mistake) {
        return new Refusal(
                400,
                String.valueOf(mistake.getMessage()),
                room.name(),
                "this question",
                "one that the room can answer",
                "change what is named and ask again");
    }

    /// The report of a run, to be saved: the page's security policy would hide its styles if it were shown here.
    private static Reply report(RunFolders runs, Request request) throws java.io.IOException {
        String name = request.name("run");
        RunFolder run = runs.find(name)
                .filter(found -> Files.isRegularFile(found.report()))
                .orElseThrow(() -> new Refusal(
                        404, "no report", "runs", name, "a run of the list that has ended", "load the list anew"));
        return Content.of(HTML, Files.readAllBytes(run.report()))
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + ".html\"");
    }

    /// The address for a browser.
    public URI link() {
        return server.link();
    }

    /// Stops the run in progress, if there is one, and the server.
    @Override
    public void close() {
        training.close();
        events.close();
        server.close();
    }
}
