package org.badak.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What a writer that must survive crashes asks of a file system, call by call: see [DurableFile]. [#DISK] is the
/// machine's; tests put one in its place that fails at a chosen call, or records all calls and enumerates what a crash
/// could have left.
public interface Storage {
    /// The file system of this machine.
    Storage DISK = new Disk();

    /// Makes an empty file and opens it for writing.
    ///
    /// @throws IOException if it cannot be made, or there is one already
    Output create(Path file) throws IOException;

    /// Opens a file for writing behind its end.
    ///
    /// @throws IOException if it cannot be opened, or there is none
    Output append(Path file) throws IOException;

    /// Gives a file another name in its folder in one step, replacing the file that has that name.
    void rename(Path from, Path to) throws IOException;

    /// Removes a file.
    void delete(Path file) throws IOException;

    /// Returns once the names of a folder's files have reached the device. What was renamed before then may have
    /// its old name after a crash.
    void forceFolder(Path folder) throws IOException;

    /// A file that is being written.
    interface Output extends Closeable {
        /// Writes some of the bytes, from the buffer's position on; the position moves by as many.
        ///
        /// @return how many; a device may take fewer than it was given
        int write(ByteBuffer bytes) throws IOException;

        /// Returns once all bytes have reached the device. If it fails, what of them has is unknown for good, and
        /// a second call that succeeds proves nothing.
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
