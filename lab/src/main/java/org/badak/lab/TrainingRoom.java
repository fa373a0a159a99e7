package org.badak.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.badak.catalog.Catalog;
import org.badak.catalog.Named;
import org.badak.catalog.Optimizers;
import org.badak.data.Json;
import org.badak.optimizer.Optimizer;
import org.jspecify.annotations.Nullable;

/// The room Train: one run at a time, told to the page as events `training` once a second, and at once when its state
/// changes.
final class TrainingRoom implements Room {
    private static final String EVENT = "training";
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);
    private static final int PICTURE_EVERY = 3; // looks
    private static final double LOOKING_SHARE = 0.02; // of the time, at most
    private static final List<String> DEEDS =
            List.of("offer", "table", "take", "state", "start", "pause", "resume", "stop", "rate");

    private final Material material;
    private final Tables tables;
    private final Broadcast broadcast;
    private final RunFolders runs;
    private @Nullable Session session;
    private long number; // of the run in progress, or the last one; 0: none yet

    TrainingRoom(Material material, Tables tables, RunFolders runs, Broadcast broadcast) {
        this.material = material;
        this.tables = tables;
        this.runs = runs;
        this.broadcast = broadcast;
    }

    @Override
    public String name() {
        return "train";
    }

    /// `do`: offer; table (what it is taken for); take (a table that is handed in); state; start (an order); pause;
    /// resume; stop; rate (`rate`).
    @Override
    public Json.Members answer(Question question) {
        String deed = question.word("do", DEEDS);
        return switch (deed) {
            case "offer" -> offer();
            case "table" -> TableOrder.look(question, tables);
            case "take" -> new Answer().put("name", tables.take(question)).json();
            case "start" -> start(question);
            default -> {
                current().ifPresent(running -> act(deed, question, running));
                yield state();
            }
        };
    }

    private static void act(String deed, Question question, Session running) {
        switch (deed) {
            case "pause" -> running.pause(true);
            case "resume" -> running.pause(false);
            case "stop" -> running.stop();
            case "rate" -> running.changeRate(question.number("rate", 1e-9, 1e6));
            default -> {
                // state: nothing is changed
            }
        }
    }

    /// The run in progress, or the last one.
    synchronized Optional<Session> current() {
        return Optional.ofNullable(session);
    }

    /// Stops the run in progress and waits until its files are written.
    void close() {
        current().ifPresent(running -> {
            running.stop();
            try {
                running.join(MOST_WAIT);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Json.Members offer() {
        Answer rates = new Answer();
        for (Named<Optimizer> line : Optimizers.OPTIMIZERS) {
            rates.put(line.name(), line.factory().apply("").learningRate());
        }
        return new Answer()
                .put("data", Json.of(material.names()))
                .put("tables", Json.of(tables.names()))
                .put("preferred", material.preferredName())
                .put("activations", Json.of(Named.names(Catalog.ACTIVATIONS)))
                .put("optimizers", Json.of(Named.names(Optimizers.OPTIMIZERS)))
                .put("rates", rates.json())
                .json();
    }

    private Json.Members state() {
        Optional<Session> known = current();
        if (known.isEmpty()) {
            return new Answer().put("state", "none").put("number", 0L).json();
        }
        Session shown = known.get();
        Answer answer = new Answer();
        shown.describe(answer, true);
        look(shown, answer, true);
        return answer.json();
    }

    private synchronized Json.Members start(Question question) {
        Session running = session;
        if (running != null && !running.isOver()) {
            throw new IllegalArgumentException(
                    "train: found a run in progress, expected none; stop it first, or open its page");
        }
        Session made = ordered(question, number + 1);
        number++;
        session = made;
        Thread.ofPlatform().daemon().name("badak-lab-training").start(() -> made.train(runs));
        Thread.ofVirtual().name("badak-lab-publisher").start(() -> publish(made));
        return state();
    }

    private Session ordered(Question question, long next) {
        if (question.has("target")) {
            return new TableSession(next, TableOrder.of(question, tables));
        }
        TrainingOrder order = TrainingOrder.of(question, material.names());
        return new TrainingSession(next, order, material.of(order.data()));
    }

    /// Tells pages how a run goes; where no page listens nothing is copied.
    private void publish(Session shown) {
        try {
            Budget looking = new Budget(LOOKING_SHARE);
            long steps = 0;
            long since = System.nanoTime();
            int looks = 0;
            boolean told = false; // that it is paused
            while (true) {
                Session.State state = shown.state();
                boolean over = shown.isOver();
                boolean paused = state == Session.State.PAUSED;
                if (broadcast.isHeard() && !(paused && told) || over) {
                    Answer answer = new Answer();
                    if (over || paused || looking.allows()) {
                        boolean picture = over || paused || looks++ % PICTURE_EVERY == 0;
                        looking.spend(() -> look(shown, answer, picture));
                    }
                    shown.describe(answer, false);
                    long done = shown.steps();
                    answer.put("imagesPerSecond", (done - steps) * shown.batch() / Clock.since(since));
                    steps = done;
                    since = System.nanoTime();
                    broadcast.send(EVENT, answer.json());
                    told = paused;
                }
                if (over) {
                    return;
                }
                shown.awaitOther(state, BEAT);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look(Session shown, Answer answer, boolean pictures) {
        try {
            shown.show(answer, pictures);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
