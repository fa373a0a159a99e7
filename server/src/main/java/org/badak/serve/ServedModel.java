package org.badak.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.badak.data.DataException;
import org.jspecify.annotations.Nullable;

/// A name under which a model is served, and the file it comes from. When another file takes its place it is read,
/// checked, and exchanged in one moment: requests see the old model or the new one, never something between. A file
/// that is no good is told once, and the old model stays.
final class ServedModel {
    private final String name;
    private final Path file;
    private final ServeListener listener;
    private volatile LoadedModel current;
    private final LongAdder refused = new LongAdder();
    private Optional<Stamp> seen;
    private Optional<Stamp> pending = Optional.empty();

    /// By what a file is known to be another one.
    private record Stamp(long modified, long size, @Nullable Object key) {}

    /// Reads the model.
    ///
    /// @throws DataException if the file is not one
    ServedModel(String name, Path file, ServeListener listener) {
        this.name = name;
        this.file = file;
        this.listener = listener;
        seen = stamp(); // before reading: a file that is exchanged meanwhile is seen to be another
        current = LoadedModel.load(name, file, 1);
    }

    /// The model as it is now.
    LoadedModel current() {
        return current;
    }

    /// How many files were no good.
    long refused() {
        return refused.sum();
    }

    /// Looks whether the file is another one; takes it when it did not change between two looks.
    void look() {
        Optional<Stamp> now = stamp();
        if (now.equals(seen)) {
            pending = Optional.empty();
            return;
        }
        if (!now.equals(pending)) {
            pending = now; // perhaps still being written
            return;
        }
        seen = now;
        LoadedModel old = current;
        try {
            LoadedModel next = LoadedModel.load(name, file, old.version() + 1);
            current = next;
            listener.exchanged(old, next);
        } catch (DataException bad) {
            refused.increment();
            listener.refused(old, bad);
        } catch (RuntimeException bad) {
            refused.increment();
            listener.refused(
                    old,
                    new DataException(
                            "cannot use the model file",
                            file.toString(),
                            String.valueOf(bad),
                            "a model that badak train wrote",
                            "put a good file in its place",
                            bad));
        }
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size(), attributes.fileKey()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
