package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.badak.data.DataException;
import org.badak.data.IdxFile;
import org.badak.data.NpyArray;
import org.badak.data.NpyFile;
import org.badak.data.NpzFile;
import org.badak.figure.FigureException;
import org.badak.figure.PngReader;
import org.badak.tabular.CsvFile;
import org.badak.tabular.Table;
import org.badak.testkit.SmallPng;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every bad input is told with what, where, found, expected and remedy: the texts stand in `bad-inputs.txt`, which
/// `-Dbadak.goldens=write` writes anew, to be read before it is committed.
class BadInputsTest {
    private static final Path GOLDENS = Path.of("src/test/resources/bad-inputs.txt");
    private static final boolean WRITE = "write".equals(System.getProperty("badak.goldens"));
    private static final String CASE = "## ";
    private static final long MOST_ALLOCATED = 48L << 20;

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    private static final Map<String, String> GOLDEN = new TreeMap<>();
    private static final Map<String, String> TOLD = new TreeMap<>();

    static Stream<BadInput> all() throws IOException {
        return Stream.of(
                        BadIdxInputs.all(),
                        BadTableInputs.all(),
                        BadArrayInputs.all(),
                        BadPictureInputs.all(),
                        BadMeanings.all())
                .flatMap(List::stream);
    }

    @BeforeAll
    static void trainModels() throws IOException {
        if (!WRITE) {
            String[] sections = Files.readString(GOLDENS).split("(?m)^" + CASE);
            for (int i = 1; i < sections.length; i++) {
                int end = sections[i].indexOf('\n');
                GOLDEN.put(
                        sections[i].substring(0, end),
                        sections[i].substring(end + 1).strip());
            }
        }
        Files.writeString(models.resolve("houses.csv"), BadTableInputs.rows());
        NpzFile.write(
                models.resolve("points.npz"),
                new TreeMap<>(Map.of(
                        "X",
                        BadArrayInputs.points(20),
                        "y",
                        NpyArray.of(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 20))));
        train("images", "--data", "digits", "--train-count", "100", "--test-count", "10", "--iterations", "1");
        train("table", models.resolve("houses.csv").toString(), "--epochs", "1");
        train("points", models.resolve("points.npz").toString(), "--iterations", "1");
    }

    private static void train(String name, String... options) {
        List<String> line =
                new ArrayList<>(List.of("train", "--out", models.resolve(name).toString()));
        line.addAll(List.of(options));
        Run run = Run.of(line.toArray(String[]::new));
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyBadInputIsTold(BadInput input) throws IOException {
        input.making().in(folder);
        Run english = run(input);
        boolean translated = english.exit() == 2 || !english.err().startsWith("badak: "); // what others say is English
        String korean = translated ? inKorean(input).err() : english.err();
        String told = "$ badak " + input.command() + "\nexit " + english.exit() + "\n" + plain(english.err())
                + (korean.equals(english.err()) ? "" : "\nin Korean:\n" + plain(korean));
        TOLD.put(input.name(), told);

        assertThat(english.exit()).as(told).isIn(1, 2);
        assertThat(english.err()).as("no trace").doesNotContain("\tat ", "unexpected ");
        assertThat(folder.resolve("run")).as("no run is left behind").doesNotExist();
        if (!WRITE) {
            assertThat(told).isEqualTo(GOLDEN.get(input.name()));
        }
        if (input.reading().isPresent()) {
            requireTold(input.reading().get(), english.err());
        }
    }

    /// What the library throws is what the command line tells, and little memory is taken before.
    private void requireTold(BadInput.Step reading, String message) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(thread);
        Throwable refused = catchThrowable(() -> reading.in(folder));
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(refused).isInstanceOfAny(DataException.class, FigureException.class);
        assertThat(message).contains(refused.getMessage());
        assertThat(allocated).isLessThan(MOST_ALLOCATED);
    }

    private Run run(BadInput input) {
        List<String> words = new ArrayList<>();
        for (String word : input.command().split(" ")) {
            if (!word.isEmpty()) {
                words.add(word.replace('_', ' ')
                        .replace("@models", models.toString())
                        .replace("@", folder.toString()));
            }
        }
        if (words.contains("train")) {
            words.addAll(1, List.of("--out", folder.resolve("run").toString()));
        }
        return Run.of(words.toArray(String[]::new));
    }

    private Run inKorean(BadInput input) {
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        try {
            Locale.setDefault(Locale.Category.DISPLAY, Locale.KOREAN);
            return run(input);
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    /// A message without what differs from machine to machine.
    private String plain(String message) {
        return message.replace(models.toString(), "@models")
                .replace(folder.toString(), "@")
                .replace(Path.of("").toAbsolutePath().toString(), "<working folder>")
                .replaceAll("leave it out to use [0-9]+", "leave it out to use <processors>")
                .replaceAll("(expected one of (--json|train|activation)), [^;]*;", "$1 and so on;") // they grow
                .replaceAll("(?s)\\n(Usage|사용법): badak .*", "\n<usage>")
                .strip();
    }

    @Test
    void unusualButGoodInputsAreRead() throws IOException {
        byte[] pictures = BadIdxInputs.pictures();
        Path named = folder.resolve("not-compressed.gz");
        BadInput.write(named, pictures);
        Path hidden = folder.resolve("compressed");
        BadInput.write(hidden, BadInput.gzip(pictures));
        assertThat(IdxFile.read(named).bytes()).isEqualTo(IdxFile.read(hidden).bytes());

        Path table = folder.resolve("table.csv");
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            BadInput.write(table, "\uFEFFarea;kind\n1,5;a\n;b\n2,5;a\n".getBytes(charset));
            Table read = CsvFile.read(table);
            assertThat(read.names()).containsExactly("area", "kind");
            assertThat(read.number(0, 0)).isEqualTo(1.5);
            assertThat(read.isMissing(1, 0)).as("an empty cell").isTrue();
        }

        Path array = folder.resolve("turned.npy");
        BadInput.write(array, BadArrayInputs.bigEndianFortran());
        assertThat(NpyFile.read(array).toFloats()).containsExactly(0, 2, 4, 1, 3, 5);

        Path picture = folder.resolve("picture.png");
        for (SmallPng.Kind kind : SmallPng.Kind.values()) {
            BadInput.write(picture, SmallPng.of(2, 1, kind, new byte[] {0, (byte) 255}));
            assertThat(PngReader.read(picture).pixels()).as(kind.name()).containsExactly(0, -1);
        }
    }

    @Test
    void theGoldenTextsAreThoseOfTheCases() throws IOException {
        List<String> names = all().map(BadInput::name).toList();
        assertThat(names).doesNotHaveDuplicates();
        if (!WRITE) {
            assertThat(GOLDEN.keySet()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @AfterAll
    static void writeGoldens() throws IOException {
        if (WRITE) {
            StringBuilder text = new StringBuilder("# How bad inputs are told; `@` is the folder of their files."
                    + " Written by BadInputsTest with -Dbadak.goldens=write.\n\n");
            for (BadInput input : all().toList()) {
                text.append(CASE).append(input.name()).append('\n');
                text.append(TOLD.getOrDefault(input.name(), "?")).append("\n\n");
            }
            Files.createDirectories(GOLDENS.getParent());
            Files.writeString(GOLDENS, text.toString().strip() + "\n");
        }
    }
}
