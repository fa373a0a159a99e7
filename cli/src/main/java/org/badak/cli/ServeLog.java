package org.badak.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.serve.LoadedModel;
import org.badak.serve.ServeListener;

/// What `badak serve` tells: lines for people, or with `--json` one JSON object for each event and each request. Texts
/// of clients come in as JSON strings only, so that nobody writes lines of their own into the log.
///
/// @param console where to
/// @param json whether as JSON
record ServeLog(Console console, boolean json) implements ServeListener {
    private static final double MILLISECOND = 1e6;

    /// Tells of an event.
    void event(String name, String text) {
        event(name, text, Map.of());
    }

    /// Tells of an event.
    ///
    /// @param members for programs
    void event(String name, String text, Map<String, Json> members) {
        if (json) {
            Map<String, Json> all = new LinkedHashMap<>();
            all.put("time", Json.of(Instant.now().toString()));
            all.put("event", Json.of(name));
            all.putAll(members);
            all.put("text", Json.of(text));
            console.note(new Json.Members(all).toString());
        } else {
            console.note(text);
        }
    }

    /// A line for people only.
    void text(String line) {
        if (!json) {
            console.note(line);
        }
    }

    @Override
    public void answered(String method, String route, int status, long nanoseconds, long bytes) {
        if (json) {
            console.note(new ObjectBuilder()
                    .put("time", Instant.now().toString())
                    .put("event", "request")
                    .put("method", method)
                    .put("route", route)
                    .put("status", status)
                    .put("milliseconds", nanoseconds / MILLISECOND)
                    .put("bytes", bytes)
                    .json()
                    .toString());
        }
    }

    @Override
    public void failed(String route, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : ", " + trace[0];
        event(
                "failed",
                Texts.of("A request failed, report this: ", "요청 처리 실패, 보고해 주십시오: ") + route + ": "
                        + String.valueOf(failure).replaceAll("\\s+", " ") + place);
    }

    @Override
    public void exchanged(LoadedModel old, LoadedModel now) {
        event(
                "exchanged",
                Texts.of(
                        "Model " + now.name() + ": a new file answers from now on, version " + now.version() + ", "
                                + now.summary(),
                        "모델 " + now.name() + ": 새 파일로 바꾸었습니다, 버전 " + now.version() + ", " + now.summary()),
                Map.of(
                        "model",
                        Json.of(now.name()),
                        "version",
                        Json.of(now.version()),
                        "sha256",
                        Json.of(now.sha256())));
    }

    @Override
    public void refused(LoadedModel old, DataException reason) {
        event(
                "refused",
                Texts.of(
                                "Model " + old.name() + ": the new file is no good, version " + old.version()
                                        + " goes on. ",
                                "모델 " + old.name() + ": 새 파일을 쓸 수 없어 버전 " + old.version() + "을(를) 계속 씁니다. ")
                        + reason.getMessage(),
                Map.of("model", Json.of(old.name()), "version", Json.of(old.version())));
    }
}
