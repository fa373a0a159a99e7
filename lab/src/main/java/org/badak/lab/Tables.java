package org.badak.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.badak.data.DataLocations;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Table;

/// The tables that can be learned: CSV files of the data folders, and those that a page has handed in, which are kept
/// in
/// memory until a run saves them in its folder.
final class Tables {
    /// The largest table that a page may hand in, in bytes.
    static final int MOST_BYTES = 8 << 20;
    /// Characters of a body that holds one: Base64 takes four for three bytes.
    static final int MOST_BODY = MOST_BYTES / 3 * 4 + (64 << 10);

    private static final int MOST_KEPT = 4;
    private static final int MOST_NAME = 80;
    private static final List<String> ENCODINGS = List.of("", "UTF-8", "EUC-KR", "windows-1252");

    private final DataLocations locations;
    private final Map<String, Source> handedIn = new LinkedHashMap<>(); // the oldest first

    Tables(DataLocations locations) {
        this.locations = locations;
    }

    /// Where a table comes from.
    ///
    /// @param name on the page
    /// @param path of its file; empty if it was handed in
    /// @param content what was handed in
    /// @param encoding of its text; empty to find out
    record Source(String name, Optional<Path> path, byte[] content, String encoding) {
        /// Reads it, with the rules and messages of the command line.
        ///
        /// @throws org.badak.data.DataException where it is not a table
        Table read() {
            return path.map(file -> CsvFile.read(file, options(), List.of()))
                    .orElseGet(() -> CsvFile.read(name, content, options(), List.of()));
        }

        private CsvOptions options() {
            CsvOptions found = CsvOptions.DETECTED;
            return new CsvOptions(
                    found.separator(), found.quote(), found.header(), found.decimal(), encoding, found.missing());
        }
    }

    /// Names of all tables, those that were handed in first.
    synchronized List<String> names() {
        return Stream.concat(
                        handedIn.keySet().stream(),
                        found().keySet().stream().filter(name -> !handedIn.containsKey(name)))
                .toList();
    }

    /// A table of the list.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    synchronized Source source(String name) {
        Source known = handedIn.get(name);
        if (known != null) {
            return known;
        }
        Path path = found().get(name);
        if (path == null) {
            throw new IllegalArgumentException(
                    "table: expected one of " + names() + ", found " + name + "; hand it in again");
        }
        return new Source(name, Optional.of(path), new byte[0], "");
    }

    /// Takes a table from a page: `name`, `content` in Base64, `encoding`.
    ///
    /// @return its name on the list
    /// @throws IllegalArgumentException if it is too large, or not Base64
    /// @throws org.badak.data.DataException if it is not a table
    String take(Question question) {
        String name = question.text("name", 1000)
                .replaceAll("[^\\p{L}\\p{N} ._()-]", "_")
                .strip();
        String kept = name.substring(Math.max(0, name.length() - MOST_NAME));
        String encoding = question.word("encoding", ENCODINGS);
        byte[] content;
        try {
            content = Base64.getDecoder().decode(question.text("content", MOST_BODY));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "table: expected a CSV file of at most " + (MOST_BYTES >> 20)
                            + " MB, found something longer or damaged; train it with badak train FILE.csv",
                    wrong);
        }
        String called = kept.toLowerCase(Locale.ROOT).endsWith(".csv") ? kept : kept + ".csv";
        Source source = new Source(called, Optional.empty(), content, encoding);
        source.read(); // or says what is wrong with it
        synchronized (this) {
            handedIn.remove(called);
            handedIn.put(called, source);
            if (handedIn.size() > MOST_KEPT) {
                handedIn.remove(handedIn.keySet().iterator().next());
            }
        }
        return called;
    }

    /// The CSV files of all data folders and of a folder `tabular` in them, by name.
    private Map<String, Path> found() {
        Map<String, Path> found = new TreeMap<>();
        for (Path home : locations.homes()) {
            for (Path folder : List.of(home, home.resolve("tabular"))) {
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.filter(file ->
                                        file.toString().toLowerCase(Locale.ROOT).endsWith(".csv"))
                                .filter(Files::isRegularFile)
                                .sorted()
                                .forEach(file -> found.putIfAbsent(String.valueOf(file.getFileName()), file));
                    } catch (IOException unreadable) {
                        throw new UncheckedIOException(unreadable);
                    }
                }
            }
        }
        return found;
    }
}
