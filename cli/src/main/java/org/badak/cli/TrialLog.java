package org.badak.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.data.JsonException;

/// The file trials.jsonl: a line for each training that is done, on the disk before the next one counts. Held by one
/// process at a time.
final class TrialLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final TrialScoring scoring;
    private final List<TrialResult> results = new ArrayList<>();
    private boolean mended;

    private TrialLog(Path file, FileChannel channel, TrialScoring scoring) {
        this.file = file;
        this.channel = channel;
        this.scoring = scoring;
    }

    /// Opens the file of a folder and reads the lines it has. A last line that was only half written is cut off.
    ///
    /// @throws CommandFailure if another process holds the file, or it cannot be written
    /// @throws DataException if a line is not one of a trial
    static TrialLog open(Path folder, TrialScoring scoring) {
        Path file = folder.resolve("trials.jsonl");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            boolean locked;
            try {
                locked = channel.tryLock() != null;
            } catch (OverlappingFileLockException here) {
                locked = false;
            }
            if (!locked) {
                channel.close();
                throw new CommandFailure(
                        "cannot go on with the search",
                        file.toString(),
                        "another badak tune that is at work on it",
                        "one at a time",
                        "wait until it is done, or stop it",
                        new IOException("locked"));
            }
            TrialLog log = new TrialLog(file, channel, scoring);
            log.read();
            return log;
        } catch (IOException failed) {
            throw CommandFailure.writing(file.toString(), failed);
        }
    }

    private void read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int number = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                number++;
                line(new String(bytes, start, at - start, StandardCharsets.UTF_8), number);
                start = at + 1;
            }
        }
        mended = start < bytes.length;
        channel.truncate(start);
        channel.position(start);
    }

    private void line(String text, int number) {
        try {
            results.add(TrialResult.of(Json.parse(text), scoring));
        } catch (JsonException | IllegalArgumentException malformed) {
            throw new DataException(
                    "cannot go on with the search: a line is not one of a trial",
                    file + ", line " + number,
                    String.valueOf(malformed.getMessage()),
                    "a trial, as badak tune writes it",
                    "remove the line: the trial is then done again",
                    malformed);
        }
    }

    /// The results read and added so far.
    List<TrialResult> results() {
        return results;
    }

    /// Whether a half-written line was cut off.
    boolean isMended() {
        return mended;
    }

    /// Adds a result, for good.
    void add(TrialResult result) {
        ByteBuffer line = ByteBuffer.wrap((result.json(scoring) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                int written = channel.write(line);
                assert written >= 0 : written;
            }
            channel.force(false);
        } catch (IOException failed) {
            throw CommandFailure.writing(file.toString(), failed);
        }
        results.add(result);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw CommandFailure.writing(file.toString(), failed);
        }
    }
}
