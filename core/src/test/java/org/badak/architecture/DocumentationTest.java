package org.badak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the documentation to the files it names.
class DocumentationTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)#\\s]*)(?:#L(\\d+))?\\)");

    @Test
    void linksToLinesQuoteTheLine() throws IOException {
        List<String> wrong = new ArrayList<>();
        int lines = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (link.group(3) == null) {
                    continue;
                }
                lines++;
                Path file = document.resolveSibling(link.group(2)).normalize();
                List<String> source = Files.readAllLines(file);
                int number = Integer.parseInt(link.group(3));
                String quoted = link.group(1).replace("`", "");
                if (number > source.size() || !source.get(number - 1).contains(quoted)) {
                    wrong.add(document.getFileName() + ": " + quoted + " is not in line " + number + " of " + file
                            + found(source, quoted));
                }
            }
        }
        assertThat(lines).as("links to lines").isPositive();
        assertThat(wrong).isEmpty();
    }

    @Test
    void linksToFilesLeadSomewhere() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(2);
                if (!target.isEmpty()
                        && !target.contains(":")
                        && !Files.exists(document.resolveSibling(target).normalize())) {
                    wrong.add(document.getFileName() + ": " + target);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String found(List<String> source, String quoted) {
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).contains(quoted)) {
                return "; it is in line " + (i + 1);
            }
        }
        return "; it is nowhere in the file";
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path folder :
                List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/decisions"), ROOT.resolve("examples"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }
}
