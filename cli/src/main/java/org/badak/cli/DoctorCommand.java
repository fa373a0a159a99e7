package org.badak.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.MnistSource;
import org.badak.kernel.Fma;
import org.badak.kernel.KernelChoice;
import picocli.CommandLine.Command;

/// `badak doctor`: what Badak has found on this machine.
@Command(
        name = "doctor",
        header = "Shows what Badak has found on this machine.",
        description = "Shows what Badak has found: JDK, processor, kernels and why, threads, data, folders, memory.")
final class DoctorCommand extends BadakCommand {
    private static final double GIGABYTE = 1 << 30;

    private final ObjectBuilder json = new ObjectBuilder();

    /// Made by picocli.
    DoctorCommand() {}

    @Override
    Outcome run(Console console) {
        KernelChoice choice = KernelChoice.current();
        line(console, "badak", "badak", Version.number());
        line(
                console,
                "java",
                "JDK",
                Runtime.version() + ", " + System.getProperty("java.vm.name") + ", " + System.getProperty("java.home"));
        line(
                console,
                "system",
                Texts.of("System", "운영 체제"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        line(console, "processor", Texts.of("Processor", "프로세서"), processor());
        line(
                console,
                "threads",
                Texts.of("Threads", "스레드"),
                String.format(
                        Locale.ROOT,
                        Texts.of("%d of %d processors by default", "기본값 %d개 (프로세서 %d개)"),
                        ThreadOptions.byDefault(),
                        Runtime.getRuntime().availableProcessors()));
        line(
                console,
                "kernels",
                Texts.of("Kernels", "커널"),
                choice.set().name() + ": " + choice.set().description() + "; " + choice.reason());
        line(
                console,
                "fma",
                "FMA",
                Fma.HARDWARE
                        ? Texts.of("an instruction of the processor", "프로세서 명령어")
                        : Texts.of("emulated, with the same bits: slower", "소프트웨어로 대신함 (결과는 같고 느립니다)"));
        line(
                console,
                "memory",
                Texts.of("Memory", "메모리"),
                String.format(
                        Locale.ROOT,
                        Texts.of("heap up to %.1f GB", "힙 최대 %.1f GB"),
                        Runtime.getRuntime().maxMemory() / GIGABYTE));
        DataLocations locations = DataLocations.ofEnvironment();
        for (MnistSource source : List.of(MnistSource.mnist(), MnistSource.fashionMnist())) {
            line(console, source.name().replace('-', '_'), source.title(), found(source, locations));
        }
        line(
                console,
                "digits",
                Texts.of("Generated", "생성 숫자"),
                Texts.of("built in: --data digits", "내장: --data digits"));
        line(
                console,
                "cache",
                Texts.of("Cache", "캐시"),
                locations.cache()
                        + (Files.isDirectory(locations.cache())
                                ? ""
                                : Texts.of(" (made by the first download)", " (처음 내려받을 때 만듭니다)")));
        line(
                console,
                "language",
                Texts.of("Language", "언어"),
                Locale.getDefault(Locale.Category.DISPLAY).toLanguageTag() + ", "
                        + (console.terminal().unicode() ? "Unicode" : "ASCII"));
        return Outcome.ok(json.json());
    }

    private void line(Console console, String key, String name, String value) {
        json.put(key, value);
        int padding =
                Math.max(1, 14 - name.codePoints().map(c -> c >= 0x1100 ? 2 : 1).sum());
        console.result(name + " ".repeat(padding) + value);
    }

    private static String found(MnistSource source, DataLocations locations) {
        try {
            Optional<Path> folder = source.find(locations);
            return folder.map(Path::toString)
                    .orElse(Texts.of(
                            "not here; badak data fetch " + source.name() + " downloads it",
                            "없음; badak data fetch " + source.name() + " 명령으로 내려받으십시오"));
        } catch (DataException incomplete) {
            return incomplete.where() + ": " + incomplete.found();
        }
    }

    /// The processor's name, where the system tells it in a file.
    private static String processor() {
        Path information = Path.of("/proc/cpuinfo");
        if (Files.isReadable(information)) {
            try (Stream<String> lines = Files.lines(information)) {
                Optional<String> name =
                        lines.filter(line -> line.startsWith("model name")).findFirst();
                if (name.isPresent()) {
                    return name.get().substring(name.get().indexOf(':') + 1).strip();
                }
            } catch (IOException unreadable) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }
}
