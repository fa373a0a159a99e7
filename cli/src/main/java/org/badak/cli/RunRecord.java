package org.badak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.badak.data.Json;
import org.badak.data.JsonException;
import org.jspecify.annotations.Nullable;

/// What the folder of a run holds, as read; nothing is changed there.
///
/// @param folder the run's
/// @param configuration the members of config.json but its options
/// @param lines those of metrics.jsonl; one that is no JSON object is [#TORN]
/// @param result the members of result.json; empty if it has none, as after a kill
/// @param checkpoints the files, the newest first
/// @param wasSteered whether somebody changed the learning rate in the lab while it was trained
record RunRecord(
        Path folder,
        Map<String, Json> configuration,
        List<Map<String, Json>> lines,
        Optional<Map<String, Json>> result,
        List<Path> checkpoints,
        boolean wasSteered) {
    /// A line that cannot be read.
    static final Map<String, Json> TORN = Map.of();
    /// The model's file.
    static final String MODEL = "model.safetensors";
    /// The member of a reading that has the hash of the parameters.
    static final String HASH = "parameters_hash";

    private static final String METRICS = "metrics.jsonl";
    private static final String STEERING = "steering.jsonl"; // the lab writes it as it happens, also before a kill

    /// Reads a folder.
    ///
    /// @throws CommandFailure if a file cannot be read
    static RunRecord read(Path folder) {
        try {
            Map<String, Json> configuration =
                    new LinkedHashMap<>(members(folder.resolve("config.json")).orElse(TORN));
            configuration.keySet().removeAll(List.of("options", "command"));
            List<Map<String, Json>> lines = new ArrayList<>();
            if (Files.exists(folder.resolve(METRICS))) {
                for (String line : Files.readAllLines(folder.resolve(METRICS))) {
                    lines.add(parsed(line).orElse(TORN));
                }
            }
            Optional<Map<String, Json>> result = members(folder.resolve("result.json"));
            if (result.isEmpty() && !lines.isEmpty() && lines.getLast().isEmpty()) {
                lines.removeLast(); // only half of it was written when the run was killed
            }
            boolean steered = Files.exists(folder.resolve(STEERING))
                    || result.map(end -> end.containsKey("learning_rate_changes"))
                            .orElse(false);
            return new RunRecord(folder, configuration, List.copyOf(lines), result, checkpoints(folder), steered);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "cannot read the run",
                    folder.toString(),
                    unreadable.toString(),
                    "a folder whose files may be read",
                    "check its permissions, and that its text files are as they were written",
                    unreadable);
        }
    }

    private static Optional<Map<String, Json>> members(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(parsed(Files.readString(file)).orElse(TORN)) : Optional.empty();
    }

    private static Optional<Map<String, Json>> parsed(String text) {
        try {
            return Json.parse(text) instanceof Json.Members(Map<String, Json> values)
                    ? Optional.of(values)
                    : Optional.empty();
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }

    private static List<Path> checkpoints(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(file -> step(file) >= 0)
                    .sorted((a, b) -> Long.compare(step(b), step(a)))
                    .toList();
        }
    }

    /// The step in the name of a checkpoint; -1 if it is none.
    static long step(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.matches("checkpoint-[0-9]{1,18}\\.safetensors")
                ? Long.parseLong(name.replaceAll("[^0-9]", ""))
                : -1;
    }

    /// Whether it ended by itself; otherwise it was stopped or killed.
    boolean isComplete() {
        return result.isPresent() && !Json.of(true).equals(result.get().get("stopped"));
    }

    /// Whether every reading has the hash of the parameters.
    boolean hasHashes() {
        return lines.stream().allMatch(line -> line.containsKey(HASH));
    }

    /// Steps of the last reading.
    long lastStep() {
        return (long) number(lines.getLast().get("step"));
    }

    /// The seconds that it took, as far as its readings tell.
    double seconds() {
        Map<String, Json> end = result.orElse(lines.getLast());
        return number(end.get("seconds"));
    }

    private static double number(@Nullable Json value) {
        return value instanceof Json.Numeral(String digits) ? Double.parseDouble(digits) : 0;
    }

    /// The names of the files that hold numbers, beside the readings.
    List<String> files() {
        List<String> names = new ArrayList<>();
        if (Files.exists(folder.resolve(MODEL))) {
            names.add(MODEL);
        }
        if (result.isPresent()) {
            names.add("result.json");
        }
        checkpoints.forEach(file -> names.add(String.valueOf(file.getFileName())));
        return names.isEmpty() ? List.of(METRICS) : names;
    }
}
