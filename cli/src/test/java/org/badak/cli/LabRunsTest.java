package org.badak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.Json;
import org.badak.lab.Lab;
import org.badak.server.Access;
import org.badak.train.RunLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is trained in the lab is verified by the command.
@Timeout(120)
class LabRunsTest {
    @TempDir
    private static Path folder;

    private static Lab lab;

    @BeforeAll
    static void open() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        StringBuilder rows = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i % 7)
                    .append(',')
                    .append(i % 5)
                    .append(',')
                    .append(i % 7 + 0.5 * (i % 5))
                    .append('\n');
        }
        Files.writeString(data.resolve("sums.csv"), rows);
        lab = Lab.open(Access.loopback(0), folder, new DataLocations(List.of(data), folder.resolve("none")));
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @Test
    void runThatEndedGivesTheSameBitsAgain() throws Exception {
        Path run = run(start(60));
        await(state -> text(state, "state").equals("ended"));
        Run verify = Run.of("verify", run.toString(), "--json");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.json().get("complete")).isEqualTo(Json.of(true));
        assertThat(verify.err()).contains("The same bits: 60 steps", "model.safetensors, result.json");
        assertThat(verify.err()).doesNotContain("have no hash");

        assertThat(Files.readAllLines(run.resolve("metrics.jsonl")))
                .allMatch(line -> line.matches(".*\"parameters_hash\":\"[0-9a-f]{16}\".*"));
    }

    @Test
    void runOnATableGivesTheSameBitsAgain() throws Exception {
        ask("{\"do\":\"start\",\"data\":\"sums.csv\",\"target\":\"y\",\"hidden\":\"6\",\"optimizer\":\"adamw\","
                + "\"rate\":0.02,\"epochs\":12,\"seed\":5}");
        Path run = run(await(state -> text(state, "state").equals("ended")));
        Run verify = Run.of("verify", run.toString(), "--json");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.json().get("complete")).isEqualTo(Json.of(true));
        Run again = Run.of(
                "train",
                "--config",
                run.toString(),
                "--out",
                folder.resolve("again").toString(),
                "--json");
        assertThat(again.json().get("parameters_sha256").toString())
                .isEqualTo(((Json.Members) Json.parse(Files.readString(run.resolve("result.json"))))
                        .values()
                        .get("parameters_sha256")
                        .toString());
    }

    @Test
    void runThatWasStoppedIsVerifiedAsFarAsItCameAndWasLockedUntilThen() throws Exception {
        Path run = run(start(1_000_000));
        await(state -> number(state, "step") > 5);
        assertThatThrownBy(() -> RunLock.of(run))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("in use");
        ask("{\"do\":\"stop\"}");
        await(state -> text(state, "state").equals("stopped"));
        RunLock.of(run).close();
        Run verify = Run.of("verify", run.toString(), "--json");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isZero();
        assertThat(verify.json().get("complete")).isEqualTo(Json.of(false));
    }

    @Test
    void runWhoseRateWasChangedByHandIsRefused() throws Exception {
        Path run = run(start(1_000_000));
        await(state -> number(state, "step") > 5);
        ask("{\"do\":\"rate\",\"rate\":0.01}");
        double then = number(ask("{\"do\":\"state\"}"), "step");
        await(state -> number(state, "step") > then + 5);
        ask("{\"do\":\"stop\"}");
        await(state -> text(state, "state").equals("stopped"));
        Run verify = Run.of("verify", run.toString());
        assertThat(verify.exit()).isEqualTo(1);
        assertThat(verify.err()).contains("changed by hand", "learning_rate_changes", "badak train --config");

        Files.delete(run.resolve("result.json")); // as a kill leaves it
        Run killed = Run.of("verify", run.toString());
        assertThat(killed.exit()).isEqualTo(1);
        assertThat(killed.err()).isEqualTo(verify.err());
        assertThat(Files.readString(run.resolve("steering.jsonl")))
                .matches("\\{\"step\":[0-9]+,\"learning_rate\":0.01}\n");
    }

    private static Map<String, Json> start(int iterations) throws Exception {
        ask("{\"do\":\"start\",\"data\":\"digits\",\"layers\":\"\",\"hidden\":\"7\",\"activation\":\"sigmoid\","
                + "\"initialisation\":\"xavier\",\"optimizer\":\"sgd\",\"rate\":0.1"
                + ",\"batch\":50,\"iterations\":" + iterations + ",\"seed\":3}");
        return await(state -> !text(state, "run").isEmpty());
    }

    private static Path run(Map<String, Json> state) {
        return folder.resolve(text(state, "run"));
    }

    private static Map<String, Json> await(Predicate<Map<String, Json>> condition) throws Exception {
        Map<String, Json> state = ask("{\"do\":\"state\"}");
        while (!condition.test(state)) {
            assertThat(text(state, "state")).as(state.toString()).isNotEqualTo("failed");
            TimeUnit.MILLISECONDS.sleep(5);
            state = ask("{\"do\":\"state\"}");
        }
        return state;
    }

    private static Map<String, Json> ask(String question) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(lab.link() + "api/train").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(question.getBytes(UTF_8));
        return ((Json.Members) Json.parse(new String(connection.getInputStream().readAllBytes(), UTF_8))).values();
    }

    private static String text(Map<String, Json> state, String name) {
        return state.get(name) instanceof Json.Text(String value) ? value : "";
    }

    private static double number(Map<String, Json> state, String name) {
        return state.get(name) instanceof Json.Numeral(String digits) ? Double.parseDouble(digits) : 0;
    }
}
