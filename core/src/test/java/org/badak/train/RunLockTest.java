package org.badak.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.badak.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock within one process; two processes are in the command line's `ProcessTest`.
class RunLockTest {
    @TempDir
    Path folder;

    @Test
    void folderHasOneHolderAtATime() throws IOException {
        Path sameFolder = folder.resolve("../" + folder.getFileName());
        RunLock lock = RunLock.of(folder);
        for (int i = 0; i < 2; i++) { // the refused one must not give up the first one's
            assertThatThrownBy(() -> RunLock.of(sameFolder))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("it is in use", sameFolder.toString(), "this process");
        }
        assertThat(Files.readString(folder.resolve(RunLock.NAME)))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        RunLock.of(Files.createDirectory(folder.resolve("other"))).close();
        lock.close();
        RunLock next = RunLock.of(folder);
        lock.close(); // again: the next one's stays
        assertThatThrownBy(() -> RunLock.of(folder)).hasMessageContaining("in use");
        next.close();
        RunLock.of(folder).close();
    }

    @Test
    void folderThatCannotBeLockedIsTold() throws IOException {
        assertThatThrownBy(() -> RunLock.of(folder.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("cannot lock the run directory", "none", RunLock.NAME);
        Files.createDirectory(folder.resolve(RunLock.NAME));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> RunLock.of(folder)).hasMessageContaining("cannot lock the run directory");
        }
    }
}
