package org.badak.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.badak.data.DataException;

/// Holds the folder of a run for one writer at a time: two that save into one folder would remove each other's
/// checkpoints. The operating system releases it when the process ends, by whatever, so nothing is left to clean up
/// after a kill.
///
/// The lock is on a byte of the file [#NAME], which stays: were it removed, a process that waits for the removed file
/// and one that makes a new file would both hold a lock.
public final class RunLock implements AutoCloseable {
    /// The file's name; it holds the number of the process that had the lock last.
    public static final String NAME = ".lock";

    private static final long PLACE = 1 << 20; // of the locked byte, behind all content: that must stay readable
    private static final int MOST_DIGITS = 20;
    // The system's locks are those of a process, and closing any channel of the file gives them up.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Takes the lock of a folder.
    ///
    /// @param run the folder, which must exist
    /// @throws DataException if another process holds it, or another part of this one, or the file cannot be locked
    public static RunLock of(Path run) {
        try {
            Path folder = run.toRealPath();
            if (!HELD.add(folder)) {
                throw taken(run, "a training in this process");
            }
            try {
                return new RunLock(folder, locked(run, folder));
            } catch (Throwable failed) {
                HELD.remove(folder);
                throw failed;
            }
        } catch (IOException failed) {
            throw new DataException(
                    "cannot lock the run directory",
                    run.resolve(NAME).toString(),
                    failed.toString(),
                    "a folder that may be written to, on a file system that has locks",
                    "name another folder",
                    failed);
        }
    }

    private static FileChannel locked(Path run, Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(PLACE, 1, false) == null) {
                throw taken(run, "process " + holder(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return channel;
        } catch (Throwable failed) {
            channel.close();
            throw failed;
        }
    }

    /// Releases the lock; a second call does nothing.
    @Override
    public void close() {
        if (channel.isOpen()) {
            try {
                channel.close();
            } catch (IOException failed) { // which releases it all the same
                throw new UncheckedIOException(failed);
            } finally {
                HELD.remove(folder);
            }
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer digits = ByteBuffer.allocate(MOST_DIGITS);
        channel.read(digits, 0);
        return StandardCharsets.US_ASCII.decode(digits.flip()).toString();
    }

    private static DataException taken(Path run, String holder) {
        return new DataException(
                "cannot use the run directory: it is in use",
                run.toString(),
                holder + ", which writes to it",
                "a folder that no other training writes to",
                "wait until that one has ended, or end it");
    }
}
