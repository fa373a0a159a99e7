package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.badak.catalog.ModelFile;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Sigmoid;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Sgd;
import org.badak.train.Trainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run that the page orders and steers.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TrainingRoomTest {
    private static final String ORDER = "{\"do\":\"start\",\"data\":\"digits\",\"layers\":\"\",\"hidden\":\"50\","
            + "\"activation\":\"sigmoid\",\"initialisation\":\"normal:0.01\",\"optimizer\":\"sgd\",\"rate\":0.1,"
            + "\"batch\":100,\"iterations\":%d,\"seed\":1}";

    @TempDir
    private Path folder;

    private final RoomsTest.Heard heard = new RoomsTest.Heard();

    private final List<TrainingRoom> opened = new ArrayList<>();

    private TrainingRoom room() {
        TrainingRoom room = new TrainingRoom(RoomsTest.DIGITS, RoomsTest.TABLES, new RunFolders(folder), heard);
        opened.add(room);
        return room;
    }

    /// Also where a test fails in the midst of a run.
    @AfterEach
    void closeRooms() {
        opened.forEach(TrainingRoom::close);
    }

    private static Map<String, Json> ask(Room room, String question) {
        return RoomsTest.ask(room, question);
    }

    private TrainingSession finished(TrainingRoom room) throws InterruptedException {
        TrainingSession session = (TrainingSession) room.current().orElseThrow();
        session.join(java.time.Duration.ofSeconds(100));
        assertThat(session.isOver()).isTrue();
        return session;
    }

    private static String hashOfTheTrainerAlone(int steps) {
        LabelledData data = RoomsTest.DIGITS.of("digits");
        Initialisation start = new Initialisation.Normal(0.01);
        Network network = new Network(
                784, List.of(new Dense(50, start), new Sigmoid(), new Dense(10, start)), new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT32, 1);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Trainer trainer = new Trainer(
                    network,
                    parameters,
                    new Backprop(network, parameters, kernels, 1),
                    new Sgd(0.1),
                    new Sampler.Replacement(data.train().count(), 100, 1),
                    kernels,
                    data.train(),
                    100);
            for (int i = 0; i < steps; i++) {
                trainer.step();
            }
        }
        return parameters.sha256();
    }

    @Test
    void watchedRunHasTheBitsOfTheTrainerAloneAndAllItsFiles() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted(700));
        for (int i = 0; i < 5; i++) {
            ask(room, "{\"do\":\"state\"}"); // looks between steps
        }
        ask(room, "{\"do\":\"pause\"}");
        ask(room, "{\"do\":\"resume\"}");
        finished(room);

        RunFolder run = new RunFolders(folder).list().getFirst();
        assertThat(run.name()).endsWith("digits-784-50-10-1");
        assertThat(run.result().get("parameters_sha256")).isEqualTo(Json.of(hashOfTheTrainerAlone(700)));
        assertThat(run.result().get("stopped")).isEqualTo(Json.of(false));
        assertThat(ModelFile.read(run.model()).parameters().sha256()).isEqualTo(hashOfTheTrainerAlone(700));
        assertThat(run.metrics()).hasSize(13); // steps 0, 60, 120, ..., 660 and 700
        assertThat(run.report())
                .content()
                .contains("<svg")
                .doesNotContain("src=\"http", "href=\"http", "url(http", "<script");
        assertThat(run.configuration().get("options").toString()).contains("\"hidden\":\"50\"", "\"lr\":0.1");
        assertThat(RoomsTest.text(ask(room, "{\"do\":\"state\"}"), "state")).isEqualTo("ended");
    }

    @Test
    void pausedRunStandsStillUntilItGoesOn() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted(1_000_000));
        TrainingSession session = (TrainingSession) room.current().orElseThrow();
        await(() -> session.steps() > 20);
        session.pause(true);
        await(() -> session.state() == Session.State.PAUSED);
        long standing = session.steps();
        double[] weights = weights(session);

        for (int i = 0; i < 20; i++) { // each look takes longer than a step
            assertThat(RoomsTest.number(ask(room, "{\"do\":\"state\"}"), "step"))
                    .isEqualTo((double) standing);
        }
        assertThat(session.state()).isEqualTo(Session.State.PAUSED);
        assertThat(session.steps()).isEqualTo(standing);
        assertThat(weights(session)).isEqualTo(weights);

        session.pause(false);
        await(() -> session.steps() > standing);
        ask(room, "{\"do\":\"stop\"}");
        assertThat(finished(room).state()).isEqualTo(Session.State.STOPPED);
        assertThat(new RunFolders(folder).list().getFirst().result().get("stopped"))
                .isEqualTo(Json.of(true));
    }

    @Test
    void changedRateCountsFromTheNextStepAndIsRecorded() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted(1_000_000));
        TrainingSession session = (TrainingSession) room.current().orElseThrow();
        await(() -> session.steps() > 20);
        ask(room, "{\"do\":\"rate\",\"rate\":1e-9}");
        await(() -> !session.rateChanges().isEmpty());
        double[] before = weights(session);
        long at = session.steps();
        await(() -> session.steps() > at + 50);
        double[] after = weights(session);
        ask(room, "{\"do\":\"stop\"}");
        finished(room);

        assertThat(after).as("fifty steps at a rate of 1e-9").containsExactly(before, within(1e-6));
        assertThat(session.rateChanges().getFirst().rate()).isEqualTo(1e-9);
        assertThat(session.rateChanges().getFirst().step()).isBetween(1L, at);
        assertThat(new RunFolders(folder).list().getFirst().result()).containsKey("learning_rate_changes");
    }

    /// The weights of the last layer between two steps.
    private static double[] weights(TrainingSession session) throws InterruptedException {
        return session.look(snapshot -> {
            Matrix w = snapshot.parameters().tensor("W2"); // [50, 10]
            return IntStream.range(0, w.rows() * w.columns())
                    .mapToDouble(i -> w.get(i / w.columns(), i % w.columns()))
                    .toArray();
        });
    }

    @Test
    void divergedRunSaysSo() throws InterruptedException {
        TrainingRoom room = room();
        ask(
                room,
                ORDER.formatted(1000)
                        .replace("\"rate\":0.1", "\"rate\":1000000")
                        .replace("sigmoid", "leaky-relu")
                        .replace("normal:0.01", "he")
                        .replace("\"50\"", "\"50,50,50\""));

        assertThat(finished(room).state()).isEqualTo(Session.State.FAILED);
        assertThat(RoomsTest.text(ask(room, "{\"do\":\"state\"}"), "failure")).contains("diverged at step");
    }

    @Test
    void secondRunIsRefusedWhileOneIsInProgress() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted(1_000_000));

        assertThatThrownBy(() -> ask(room, ORDER.formatted(10))).hasMessageContaining("found a run in progress");
        room.close();
        assertThat(room.current().orElseThrow().isOver()).isTrue();
    }

    @Test
    void eventsShowTheNetworkAsItLearns() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted(3000));
        finished(room);
        // one that began before the end may tell of it too; the last one alone has every picture for certain
        await(() -> heard.all.stream()
                .anyMatch(event -> event.get("state").equals(Json.of("ended")) && event.containsKey("weights")));
        Map<String, Json> last = heard.all.getLast();

        assertThat(RoomsTest.number(last, "testAccuracy")).isGreaterThan(0.8);
        assertThat(((Json.Members) last.get("norms")).values()).containsOnlyKeys("W1", "b1", "W2", "b2");
        assertThat(Base64.getDecoder().decode(RoomsTest.text(last, "weights"))).hasSize(50 * 784);
        assertThat(heard.all.size()).isGreaterThan(1);
        assertThat(heard.all).allSatisfy(event -> assertThat(event).containsEntry("number", Json.of(1L)));
    }

    @Test
    void wrongOrdersAreRefusedWithTheRemedy() {
        assertThatThrownBy(() -> ask(room(), ORDER.formatted(10).replace("\"50\"", "\"50,x\"")))
                .hasMessageContaining("hidden units")
                .hasMessageContaining("found 'x'");
        assertThatThrownBy(() -> ask(room(), ORDER.formatted(10).replace("\"layers\":\"\"", "\"layers\":\"dense 3\"")))
                .hasMessageContaining("end the list with dense 10");
        assertThat(Files.exists(folder.resolve("config.json"))).isFalse();
    }

    @Test
    void changesOfStateAreToldAtOnceAndTheRestOnceASecond() throws InterruptedException {
        TrainingRoom room = room();
        long begun = System.nanoTime();
        ask(room, ORDER.formatted(10_000_000));
        TrainingSession session = (TrainingSession) room.current().orElseThrow();
        await(() -> session.steps() > 20);
        for (int i = 0; i < 3; i++) {
            int told = heard.all.size();
            session.pause(true);
            await(() -> heard.all.stream()
                    .skip(told)
                    .anyMatch(event -> event.get("state").equals(Json.of("paused"))));
            session.pause(false);
            await(() -> session.state() == Session.State.RUNNING);
        }
        await(() -> session.steps() > 2000);
        session.stop();
        finished(room);

        double seconds = (System.nanoTime() - begun) / 1e9;
        int changes = 9; // running, three times paused and running, stopped; and one that meets another state
        assertThat((double) heard.all.size()).isLessThanOrEqualTo(changes + seconds);
    }

    static void await(java.util.function.BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!until.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            Thread.sleep(2);
        }
    }
}
