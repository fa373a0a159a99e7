package org.badak.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.badak.data.Storage;

/// The machine's disk, of which one call fails.
final class FailingDisk implements Storage {
    /// How it fails.
    enum Failure {
        /// No room: ENOSPC.
        FULL("No space left on device"),
        /// The device reports an error: EIO.
        ERROR("Input/output error"),
        /// A write takes half of its bytes, and there is no room for the rest; other calls fail at once.
        SHORT("No space left on device");

        final String message;

        Failure(String message) {
            this.message = message;
        }
    }

    private final Failure failure;
    private final int failing;
    private int calls;

    /// @param failing the number of the call that fails, from 1; 0 for none
    FailingDisk(Failure failure, int failing) {
        this.failure = failure;
        this.failing = failing;
    }

    /// How many calls there were.
    int calls() {
        return calls;
    }

    private void call() throws IOException {
        if (++calls == failing) {
            throw new IOException(failure.message);
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        call();
        return new Failing(DISK.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        call();
        return new Failing(DISK.append(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call();
        DISK.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        call();
        DISK.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call();
        DISK.forceFolder(folder);
    }

    private final class Failing implements Output {
        private final Output output;

        Failing(Output output) {
            this.output = output;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            boolean fails = calls + 1 == failing;
            if (fails && failure == Failure.SHORT) {
                output.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
            }
            call();
            return output.write(bytes);
        }

        @Override
        public void force() throws IOException {
            call();
            output.force();
        }

        @Override
        public void close() throws IOException {
            output.close();
            call();
        }
    }
}
