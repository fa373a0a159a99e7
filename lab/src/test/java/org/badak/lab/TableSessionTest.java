package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.badak.catalog.ModelFile;
import org.badak.data.Json;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.tabular.CsvFile;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tables that the page looks at, hands in and has learned.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TableSessionTest {
    private static final String ORDER = "{\"do\":\"start\",\"data\":\"%s\",\"target\":\"%s\",\"hidden\":\"16, 8\","
            + "\"optimizer\":\"%s\",\"rate\":0.01,\"epochs\":%d,\"seed\":3}";

    @TempDir
    private Path folder;

    private final RoomsTest.Heard heard = new RoomsTest.Heard();
    private final List<TrainingRoom> opened = new ArrayList<>();

    private TrainingRoom room() {
        TrainingRoom room = new TrainingRoom(RoomsTest.DIGITS, RoomsTest.TABLES, new RunFolders(folder), heard);
        opened.add(room);
        return room;
    }

    @AfterEach
    void closeRooms() {
        opened.forEach(TrainingRoom::close);
    }

    private static Map<String, Json> ask(Room room, String question) {
        return RoomsTest.ask(room, question);
    }

    private static void finish(TrainingRoom room) throws InterruptedException {
        Session session = room.current().orElseThrow();
        session.join(Duration.ofSeconds(60));
        assertThat(session.isOver()).isTrue();
    }

    private static Map<String, Json> members(Json json) {
        return ((Json.Members) json).values();
    }

    /// What the command line would make of the same file with the same options.
    private static String hashOfTheTrainingAlone(String file, String target, Task task, int epochs) {
        TableTask learned = TableTask.of(
                CsvFile.read(TestTables.folder().resolve(file)),
                new TableTask.Choices(target, null, List.of(), List.of(), List.of()));
        int[] train = learned.divide(learned.divide(0.2, 3).train(), 0, 3).train();
        TrainingSettings defaults = TrainingSettings.of(train.length, task, 3);
        TrainingSettings settings = new TrainingSettings(
                List.of(16, 8),
                defaults.activation(),
                defaults.initialisation(),
                defaults.batch(),
                epochs,
                defaults.optimizer(),
                defaults.patience(),
                3);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            return new TableTraining(learned, settings, kernels)
                    .fit(train, new int[0], new int[0], (reading, parameters) -> {})
                    .model()
                    .parameters()
                    .sha256();
        }
    }

    @Test
    void tableIsTakenForWhatTheCommandLineTakesItFor() {
        Map<String, Json> fruits = ask(room(), "{\"do\":\"table\",\"data\":\"fruits.csv\",\"target\":\"\"}");
        Map<String, Json> prices = ask(room(), "{\"do\":\"table\",\"data\":\"prices.csv\",\"target\":\"\"}");

        assertThat(fruits)
                .containsEntry("target", Json.of("kind"))
                .containsEntry("task", Json.of("classification"))
                .containsEntry("classes", Json.of(3L))
                .containsEntry("hidden", Json.of("64, 32"));
        assertThat(((Json.Items) fruits.get("columns"))
                        .values().stream()
                                .map(column -> members(column).get("type"))
                                .toList())
                .isEqualTo(List.of(
                        Json.of("identifier"),
                        Json.of("number"),
                        Json.of("category"),
                        Json.of("number"),
                        Json.of("category")));
        assertThat(prices).containsEntry("target", Json.of("price")).containsEntry("task", Json.of("regression"));
        assertThat(ask(room(), "{\"do\":\"table\",\"data\":\"prices.csv\",\"target\":\"rooms\"}"))
                .as("five different whole numbers")
                .containsEntry("task", Json.of("classification"));
    }

    @Test
    void runHasTheBitsOfTheCommandLineAndTellsWhatItCameTo() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted("fruits.csv", "kind", "adamw", 60));
        finish(room);
        RunFolder run = new RunFolders(folder).list().getFirst();
        Map<String, Json> state = ask(room, "{\"do\":\"state\"}");
        Map<String, Json> result = members(state.get("result"));

        assertThat(run.name()).endsWith("fruits.csv-16-8-1");
        String hash = hashOfTheTrainingAlone("fruits.csv", "kind", Task.CLASSIFICATION, 60);
        assertThat(run.result())
                .containsEntry("parameters_sha256", Json.of(hash))
                .containsEntry("stopped", Json.of(false));
        assertThat(ModelFile.read(run.model()).parameters().sha256()).isEqualTo(hash);
        assertThat(run.report()).content().contains("<svg", "banana").doesNotContain("<script");
        assertThat(run.metrics()).hasSize(61);
        assertThat(state).containsEntry("state", Json.of("ended")).containsEntry("kind", Json.of("table"));
        assertThat(RoomsTest.number(result, "test")).isGreaterThan(0.7);
        assertThat(((Json.Items) result.get("confusion")).values()).hasSize(3);
        assertThat(((Json.Items) result.get("importance"))
                        .values().stream()
                                .map(each -> members(each).get("column"))
                                .toList())
                .as("colour and weight decide")
                .containsExactlyInAnyOrder(Json.of("colour"), Json.of("weight"), Json.of("useless"))
                .last()
                .isEqualTo(Json.of("useless"));
    }

    @Test
    void numbersAreToldInTheirOwnUnits() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted("prices.csv", "price", "adam", 200));
        finish(room);
        Map<String, Json> state = ask(room, "{\"do\":\"state\"}");
        Map<String, Json> result = members(state.get("result"));
        Json.Items last =
                (Json.Items) ((Json.Items) state.get("readings")).values().getLast();

        assertThat(Double.parseDouble(last.values().get(5).toString()))
                .as("the curve ends in the error of the test rows")
                .isCloseTo(RoomsTest.number(result, "rmse"), org.assertj.core.api.Assertions.withinPercentage(0.1));
        assertThat(((Json.Items) result.get("points")).values()).hasSize(30);
        assertThat(RoomsTest.number(result, "test")).as("R2").isGreaterThan(0.9);
        assertThat(new RunFolders(folder)
                        .list()
                        .getFirst()
                        .configuration()
                        .get("options")
                        .toString())
                .contains("\"target\":\"price\"", "\"optimizer\":\"adam\"", "\"hidden\":\"16,8\"");
    }

    @Test
    void handedInTableIsKeptInTheRunAndItsTextIsNothingButText() throws Exception {
        TrainingRoom room = room();
        String hostile = TestTables.fruits(100).replace("banana", "\"<img src=x onerror=alert(1)>\"");
        String name = RoomsTest.text(ask(room, take("../../<b>fruits", hostile)), "name");
        ask(room, ORDER.formatted(name, "kind", "adamw", 5));
        finish(room);
        RunFolder run = new RunFolders(folder).list().getFirst();

        assertThat(name).doesNotContain("/", "<").endsWith(".csv");
        assertThat(Files.readString(run.folder().resolve(name))).isEqualTo(hostile);
        assertThat(run.text("data")).isEqualTo(run.folder().resolve(name).toString());
        assertThat(run.report()).content().contains("&lt;img").doesNotContain("<img src=x");
    }

    private static String take(String name, String content) {
        return new Answer()
                .put("do", "take")
                .put("name", name)
                .put("encoding", "")
                .put("content", Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)))
                .json()
                .toString();
    }

    @Test
    void mistakesAreToldAsByTheCommandLine() {
        assertThatThrownBy(() -> ask(room(), take("t", "a,b\n1,2\n3\n")))
                .hasMessageContaining("another number of cells")
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> ask(room(), take("t", ""))).hasMessageContaining("empty file");
        assertThatThrownBy(() -> ask(room(), "{\"do\":\"take\",\"name\":\"t\",\"encoding\":\"\",\"content\":\"%\"}"))
                .hasMessageContaining("at most 8 MB");
        assertThatThrownBy(() -> ask(room(), ORDER.formatted("nothing.csv", "kind", "adamw", 5)))
                .hasMessageContaining("found nothing.csv");
        assertThatThrownBy(() -> ask(room(), ORDER.formatted("fruits.csv", "sort", "adamw", 5)))
                .hasMessageContaining("cannot find the column");
        assertThat(new RunFolders(folder).list()).isEmpty();
    }

    @Test
    void pausedRunStandsStillAndAStoppedOneIsKept() throws InterruptedException {
        TrainingRoom room = room();
        ask(room, ORDER.formatted("fruits.csv", "kind", "adamw", 1_000_000));
        Session session = room.current().orElseThrow();
        TrainingRoomTest.await(() -> session.steps() > 20);
        session.pause(true);
        TrainingRoomTest.await(() -> session.state() == Session.State.PAUSED);
        long standing = session.steps();
        for (int i = 0; i < 20; i++) {
            assertThat(RoomsTest.number(ask(room, "{\"do\":\"state\"}"), "step"))
                    .isEqualTo((double) standing);
        }
        session.pause(false);
        TrainingRoomTest.await(() -> session.steps() > standing);
        assertThatThrownBy(() -> ask(room, "{\"do\":\"rate\",\"rate\":0.1}")).hasMessageContaining("cosine");
        ask(room, "{\"do\":\"stop\"}");
        finish(room);

        assertThat(session.state()).isEqualTo(Session.State.STOPPED);
        assertThat(new RunFolders(folder).list().getFirst().result()).containsEntry("stopped", Json.of(true));
    }
}
