package org.badak.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Bytes that nobody vouches for, as a file. Whoever reads them may return or refuse: nothing else may be thrown, a
/// refusal says something, and memory has a limit.
public final class Untrusted {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int LONGEST = 5000; // characters of a message

    private static final Path FOLDER = folder();

    private Untrusted() {}

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("badak-fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Something that reads a file.
    @FunctionalInterface
    public interface Reader {
        /// @throws RuntimeException of a kind that [#read] knows, if it refuses
        void read(Path file);
    }

    /// Hands bytes to a reader.
    ///
    /// @param name of the file, which may matter
    /// @param most bytes that may be allocated besides those for each byte of the file
    /// @param each bytes that may be allocated for each byte of the file
    /// @param refusals the exceptions by which it may refuse
    /// @throws AssertionError if anything else happens
    public static void read(byte[] data, String name, long most, long each, Reader reader, List<Class<?>> refusals) {
        try {
            // one file for all bytes, written over: a fuzzer hands over thousands a second
            Path file = FOLDER.resolve("input" + name);
            Files.write(file, data);
            long limit = most + each * data.length;
            long allocated = allocated(file, reader, refusals);
            if (allocated > limit) { // the first time classes may have been loaded
                allocated = allocated(file, reader, refusals);
            }
            if (allocated > limit) {
                throw new AssertionError(
                        "expected at most " + limit + " bytes allocated for " + data.length + ", found " + allocated);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static long allocated(Path file, Reader reader, List<Class<?>> refusals) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reader.read(file);
        } catch (RuntimeException refused) {
            String message = String.valueOf(refused.getMessage());
            if (!refusals.contains(refused.getClass())) {
                throw new AssertionError("expected one of " + refusals, refused);
            }
            if (message.isBlank() || message.length() > LONGEST) {
                throw new AssertionError("expected a message that says something, found " + message, refused);
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
