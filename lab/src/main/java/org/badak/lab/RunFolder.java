package org.badak.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.badak.data.Json;
import org.badak.data.JsonException;

/// The files of one run, as far as they can be read.
///
/// @param folder where they are
record RunFolder(Path folder) {
    /// The folder's name.
    String name() {
        return String.valueOf(folder.getFileName());
    }

    /// When its configuration was written, in milliseconds since 1970; 0 if unknown.
    long modified() {
        try {
            return Files.getLastModifiedTime(folder.resolve("config.json")).toMillis();
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /// What config.json says, member by member; empty if it cannot be read.
    Map<String, Json> configuration() {
        return object("config.json");
    }

    /// What the run came to; empty if it has not ended.
    Map<String, Json> result() {
        return object("result.json");
    }

    /// All readings, in order.
    List<Map<String, Json>> metrics() {
        List<Map<String, Json>> readings = new ArrayList<>();
        Path file = folder.resolve("metrics.jsonl");
        if (!Files.isRegularFile(file)) {
            return readings;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                if (Json.parse(line) instanceof Json.Members reading) {
                    readings.add(reading.values());
                }
            }
        } catch (IOException | JsonException broken) {
            return readings; // the last line of a run that was interrupted may be cut
        }
        return readings;
    }

    /// The best model that the run left, if there is one.
    Path model() {
        return folder.resolve("model.safetensors");
    }

    /// The self-contained page about the run.
    Path report() {
        return folder.resolve("report.html");
    }

    /// A member of the configuration as plain text; empty if there is none.
    String text(String name) {
        Json value = configuration().get(name);
        return value == null ? "" : text(value);
    }

    /// All members of the configuration as plain text, those of `options` left out, which say the same.
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        configuration().forEach((name, value) -> {
            if (!name.equals("options") && !name.equals("command")) {
                texts.put(name, text(value));
            }
        });
        return texts;
    }

    private static String text(Json value) {
        if (value instanceof Json.Items(List<Json> items)) {
            return items.stream().map(RunFolder::text).collect(Collectors.joining(", "));
        }
        return value instanceof Json.Text(String plain) ? plain : value.toString();
    }

    private Map<String, Json> object(String file) {
        try {
            Path path = folder.resolve(file);
            if (Files.isRegularFile(path) && Json.parse(Files.readString(path)) instanceof Json.Members members) {
                return members.values();
            }
        } catch (IOException | JsonException unreadable) {
            return Map.of();
        }
        return Map.of();
    }
}
