package org.badak.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Passes calls on to a storage until one is to fail, see [#failAt].
public final class FailingStorage implements Storage {
    /// How a call fails.
    public enum Failure {
        /// No room: ENOSPC.
        FULL("No space left on device"),
        /// The device reports an error: EIO.
        ERROR("Input/output error"),
        /// A write takes half of its bytes, and there is no room for the rest; other calls fail at once.
        SHORT("No space left on device");

        private final String message;

        Failure(String message) {
            this.message = message;
        }

        /// What the system says.
        public String message() {
            return message;
        }
    }

    private final Storage storage;
    private final Failure failure;
    private int failing;
    private int calls;
    private String failed = "";
    private boolean halved;
    private int forcedAgain;

    /// Fails nowhere yet.
    public FailingStorage(Storage storage, Failure failure) {
        this.storage = storage;
        this.failure = failure;
    }

    /// Lets a call fail.
    ///
    /// @param call its number from now on, from 1
    public void failAt(int call) {
        failing = calls + call;
    }

    /// The call that failed; empty if none did.
    public String failed() {
        return failed;
    }

    /// How many calls forced bytes, or gave them their name, after a force of bytes had failed.
    public int forcedAgain() {
        return forcedAgain;
    }

    private void call(String name) throws IOException {
        if (failed.equals("force") && (name.equals("force") || name.equals("rename"))) {
            forcedAgain++;
        }
        if (++calls == failing) {
            failed = name;
            throw new IOException(failure.message());
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        call("create");
        return new Counting(storage.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        call("append");
        return new Counting(storage.append(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call("rename");
        storage.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete");
        storage.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call("forceFolder");
        storage.forceFolder(folder);
    }

    private final class Counting implements Output {
        private final Output output;

        Counting(Output output) {
            this.output = output;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (failure == Failure.SHORT && calls + 1 == failing && !halved && bytes.remaining() > 1) {
                halved = true;
                ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
                int taken = output.write(half);
                bytes.position(bytes.position() + taken);
                return taken;
            }
            call("write");
            return output.write(bytes);
        }

        @Override
        public void force() throws IOException {
            call("force");
            output.force();
        }

        @Override
        public void close() throws IOException {
            output.close();
            call("close");
        }
    }
}
