package org.badak.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.badak.server.Access;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lab over HTTP: its page, its rooms, its events, its reports.
class LabTest {
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '([^']+)'");

    @TempDir
    private Path folder;

    private Lab lab;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        lab = Lab.open(Access.loopback(0), folder.resolve("runs"), RoomsTest.DIGITS, RoomsTest.TABLES);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(lab.link().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(lab.link().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyFileThatThePageNamesIsServed() throws IOException, InterruptedException {
        String page = get("/").body();
        Matcher link = Pattern.compile("(?:href|src)=\"(/[^\"#]+)\"").matcher(page);
        int files = 0;
        while (link.find()) {
            assertThat(get(link.group(1)).statusCode()).as(link.group(1)).isEqualTo(200);
            files++;
        }

        assertThat(files).isEqualTo(4);
        assertThat(page).doesNotContain("<style", "style=", "onclick", "http:");
    }

    @Test
    void everyModuleThatAScriptImportsIsServed() throws IOException, InterruptedException {
        List<String> rooms = List.of(
                "home",
                "loss",
                "accuracy",
                "derivative",
                "descent",
                "step",
                "gradient",
                "overfitting",
                "train",
                "draw",
                "runs");
        int imports = 0;
        for (String name : rooms) {
            String room = "/rooms/" + name + ".js";
            Matcher imported = IMPORT.matcher(get(room).body());
            while (imported.find()) {
                java.net.URI target = lab.link().resolve(room).resolve(imported.group(1));
                assertThat(get(target.getPath()).statusCode())
                        .as(room + " imports " + target)
                        .isEqualTo(200);
                imports++;
            }
        }

        assertThat(imports).isGreaterThan(30);
        assertThat(get("/uplot/uPlot.esm.js").body()).contains("uPlot (v1.6.30)");
    }

    @Test
    void pageFetchesNothingFromElsewhereAndNeverMakesHtmlOfText() throws IOException {
        Path page = Path.of("src", "main", "resources", "org", "badak", "lab", "page");
        try (java.util.stream.Stream<Path> files = Files.walk(page)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                        .as(file.toString())
                        .doesNotContain("http://", "https://", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
            }
        }
    }

    @Test
    void roomsAnswerAndMistakesAreTold() throws IOException, InterruptedException {
        assertThat(post("/api/loss", "{\"right\":2,\"p\":0.6}").body()).contains("\"squared\":0.097");
        HttpResponse<String> mistake = post("/api/derivative", "{\"function\":\"2x\",\"x\":1,\"logH\":-4}");

        assertThat(mistake.statusCode()).isEqualTo(400);
        assertThat(mistake.body()).contains("\"what\"", "2*x");
    }

    @Test
    void eventsReachThePage() throws IOException, InterruptedException {
        try (InputStream feed = client.send(
                                HttpRequest.newBuilder(lab.link().resolve("/api/events"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(feed, StandardCharsets.UTF_8))) {
            post("/api/gradient", "{\"do\":\"start\",\"units\":1,\"images\":1}");
            String line = lines.readLine();
            while (!line.startsWith("event: race")) {
                line = lines.readLine();
            }

            assertThat(lines.readLine()).startsWith("data: {");
        }
    }

    @Test
    void reportsAreSavedUnderTheirNameAndNothingElseIsReached() throws IOException, InterruptedException {
        Path run = Files.createDirectories(folder.resolve("runs").resolve("one <b>"));
        Files.writeString(run.resolve("config.json"), "{}");
        Files.writeString(run.resolve("report.html"), "<html>the report</html>");
        Files.writeString(folder.resolve("report.html"), "secret");
        HttpResponse<String> found = get("/runs/one%20%3Cb%3E/report.html");

        assertThat(found.body()).isEqualTo("<html>the report</html>");
        assertThat(found.headers().firstValue("Content-Disposition").orElseThrow())
                .isEqualTo("attachment; filename=\"one__b_.html\"");
        for (String name : List.of("..", "%2e%2e", "..%2f", "%2e%2e%2f", "two", "%00")) {
            assertThat(get("/runs/" + name + "/report.html").statusCode())
                    .as(name)
                    .isBetween(400, 404);
        }
        assertThat(post("/api/runs", "{\"do\":\"list\"}").body()).contains("one <b>");
        assertThat(post("/api/runs", "{\"do\":\"inspect\",\"name\":\"../x\"}").statusCode())
                .isEqualTo(400);
    }
}
