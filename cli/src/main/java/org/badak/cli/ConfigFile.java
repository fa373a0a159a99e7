package org.badak.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.badak.data.Json;
import org.badak.data.JsonException;

/// A file of options, JSON or TOML: an object of long option names without their dashes, with their values. Where the
/// object has a member `options` that is an object, as the config.json of a run, that one counts and the rest is a
/// record.
///
/// @param option that named it, for messages: `--config`
/// @param path the file; empty where the options come from the command line
/// @param entries its options, in order
record ConfigFile(String option, Path path, List<Entry> entries) {
    private static final long MOST_BYTES = 1 << 20;
    private static final String OPTIONS = "options";

    /// An option in the file.
    ///
    /// @param key name without dashes
    /// @param value as written
    /// @param line from 1; 0 where it is not known
    record Entry(String key, Json value, int line) {}

    private record Content(Json.Members members, ToIntFunction<String> offset) {}

    /// Reads a file; for a folder its config.json.
    ///
    /// @throws UsageException if there is no such file or it is not JSON or TOML; says where
    static ConfigFile read(String option, Path named) {
        Path path = Files.isDirectory(named) ? named.resolve("config.json") : named;
        String text = text(option, path);
        boolean toml = isToml(path, text);
        Content content;
        try {
            content = toml ? toml(text) : json(text);
        } catch (JsonException malformed) {
            String what = String.valueOf(malformed.getMessage()).replaceFirst("^character \\d+: ", "");
            int line = line(text, malformed.offset());
            int column = malformed.offset() - text.lastIndexOf('\n', malformed.offset() - 1);
            throw new UsageException(option + ": " + path + ", line " + line + ", column " + column + ", read as "
                    + (toml ? "TOML" : "JSON") + ": " + what);
        }
        List<Entry> entries = new ArrayList<>();
        boolean record = content.members.values().get(OPTIONS) instanceof Json.Members;
        Json.Members chosen =
                content.members.values().get(OPTIONS) instanceof Json.Members inner ? inner : content.members;
        for (Map.Entry<String, Json> member : chosen.values().entrySet()) {
            int offset = content.offset.applyAsInt(record ? OPTIONS + "." + member.getKey() : member.getKey());
            entries.add(new Entry(member.getKey(), member.getValue(), offset < 0 ? 0 : line(text, offset)));
        }
        return new ConfigFile(option, path, List.copyOf(entries));
    }

    /// For a message about an entry: `--config: fast.toml, line 3`.
    String about(Entry entry) {
        return path.toString().isEmpty() ? option : option + ": " + where(entry);
    }

    /// Where an entry stands: `fast.toml, line 3`.
    String where(Entry entry) {
        return path + (entry.line() == 0 ? "" : ", line " + entry.line());
    }

    private static String text(String option, Path path) {
        try {
            if (Files.exists(path) && Files.size(path) > MOST_BYTES) {
                throw UsageException.of(
                        option,
                        path + ", " + Texts.count(Files.size(path)) + " bytes",
                        "a file of options, at most " + Texts.count(MOST_BYTES) + " bytes",
                        "name the configuration, not data or a model");
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException binary) {
            throw UsageException.of(option, path + ", which is no text in UTF-8", "JSON or TOML", "save it as UTF-8");
        } catch (IOException unreadable) {
            throw UsageException.of(
                    option,
                    path + (Files.exists(path) ? ", which cannot be read" : ", which does not exist"),
                    "a JSON or TOML file of options, or the folder of a run",
                    "check the name, from " + Path.of("").toAbsolutePath());
        }
    }

    private static boolean isToml(Path path, String text) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".toml")
                || !name.endsWith(".json") && !text.stripLeading().startsWith("{");
    }

    private static Content toml(String text) {
        TomlReader reader = new TomlReader(text);
        Json.Members members = reader.whole();
        return new Content(members, key -> reader.offsets().getOrDefault(key, -1));
    }

    private static Content json(String text) {
        Json value = Json.parse(text);
        if (!(value instanceof Json.Members members)) {
            throw new JsonException(0, "expected an object of options, {\"lr\": 0.1, \"epochs\": 5}");
        }
        return new Content(members, key -> {
            int from = 0;
            for (String part : key.split("\\.")) {
                Matcher matcher = Pattern.compile(Pattern.quote(Json.of(part).toString()) + "\\s*:")
                        .matcher(text);
                if (from < 0 || !matcher.find(from)) {
                    return -1;
                }
                from = matcher.start();
            }
            return from;
        });
    }

    private static int line(String text, int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
