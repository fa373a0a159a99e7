package org.badak.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.badak.catalog.HostileFiles.HostileFile;
import org.badak.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model file from a stranger never hurts: it is refused with the field that is wrong, before memory is taken for
/// what it claims. All of this runs in a process of its own that may use 64 MB.
class HostileFilesTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long PATIENCE = 2_000_000_000; // nanoseconds for one file

    @TempDir
    Path folder;

    @Test
    void thereAreTwoHundredAndNoneTwice() throws IOException {
        List<HostileFile> files = HostileFiles.all();
        assertThat(files).hasSizeGreaterThanOrEqualTo(200);
        assertThat(files.stream().map(HostileFile::name)).doesNotHaveDuplicates();
        assertThat(HostileFiles.model()).hasSizeBetween(19_000, 22_000);
    }

    @Test
    void allAreRefusedInSixtyFourMegabytes() throws IOException, InterruptedException {
        Path told = folder.resolve("told.txt");
        String classes = ModelFile.class.getModule().isNamed()
                ? Stream.of(ModelFile.class, HostileFilesTest.class)
                        .map(HostileFilesTest::origin)
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes,
                        HostileFilesTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        assertThat(child.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();

        String output = Files.readString(told);
        assertThat(child.exitValue()).as(output).isZero();
        assertThat(output).endsWith("all refused\n");
    }

    /// The folder of a class; tests of a module are in a folder of their own.
    private static String origin(Class<?> type) {
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        String place = String.valueOf(type.getResource(resource));
        return Path.of(URI.create(place.substring(0, place.length() - resource.length())))
                .toString();
    }

    /// Runs in the process of its own.
    ///
    /// @param arguments the folder to work in
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0], "model.safetensors");
        byte[] model = HostileFiles.model();
        Files.write(file, model);
        ModelFile.read(file); // the model itself can be read
        int faults = 0;
        for (HostileFile hostile : HostileFiles.all()) {
            Files.write(file, hostile.content());
            faults += fault(file, hostile.name(), hostile.content(), hostile.told());
        }
        Files.write(file, model);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < model.length; i++) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (model[i] ^ 1 << i % 8)}), i);
                faults += fault(file, "byte " + i + " changed", model, List.of());
                channel.write(ByteBuffer.wrap(model, i, 1), i);
            }
            ModelFile.read(file);
            for (int length = model.length - 1; length >= 0; length--) {
                channel.truncate(length);
                faults += fault(file, "cut off after " + length + " bytes", model, List.of());
            }
        }
        System.out.println(faults == 0 ? "all refused" : faults + " faults");
        System.exit(faults == 0 ? 0 : 1);
    }

    /// Reads a file; 1 if it is not refused as it must be, 0 if it is.
    private static int fault(Path file, String name, byte[] content, List<String> told) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String fault = "it was read";
        long begin = System.nanoTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            ModelFile.read(file);
        } catch (DataException refused) {
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            String message = String.valueOf(refused.getMessage());
            fault = "";
            for (String each : told) {
                fault += message.contains(each) ? "" : "not told: " + each + "; ";
            }
            fault += message.contains(file.toString()) ? "" : "the file is not named; ";
            long most = 4L * content.length + MEGABYTE;
            fault += allocated <= most ? "" : allocated + " bytes allocated, expected at most " + most + "; ";
            fault += System.nanoTime() - begin < PATIENCE ? "" : "slow; ";
            fault += message.length() < 3000 ? "" : "a message of " + message.length() + " characters; ";
            fault += fault.isEmpty() ? "" : "\n" + message.substring(0, Math.min(2000, message.length()));
        } catch (RuntimeException | Error other) { // anything else is what must not happen
            fault = other.toString();
        }
        if (!fault.isEmpty()) {
            System.out.println(name + ": " + fault);
        }
        return fault.isEmpty() ? 0 : 1;
    }
}
