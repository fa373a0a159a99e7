package org.badak.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.DurableFile;
import org.badak.export.JavaSource;

/// A model written as one class of Java: `badak export --format java`.
///
/// @param out the file, named like the class
/// @param packageName where the class stands; empty for none
record JavaExport(Path out, String packageName) {
    private static final String ENDING = ".java";

    /// @throws UsageException if the file is not named like a class
    JavaExport {
        if (!String.valueOf(out.getFileName()).endsWith(ENDING)) {
            throw UsageException.of("--out", out, "a file of Java, named like its class", "try --out Digits.java");
        }
    }

    private String className() {
        String name = String.valueOf(out.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }

    /// Writes the class, and says how a program calls it.
    ///
    /// @param where the model was read from
    /// @return the bytes that were written
    /// @throws UsageException if a name is none in Java, the model cannot be exported, or the file is
    ///     somebody else's
    long write(SavedModel model, Path where, Console console) {
        JavaSource java = NetworkOptions.checked("--out", () -> new JavaSource(packageName, className()));
        requireFree();
        byte[] source = NetworkOptions.checked("--format java", () -> java.of(model, where.toString()))
                .getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(Objects.requireNonNull(out.toAbsolutePath().getParent()));
            DurableFile.write(out, stream -> stream.write(source));
        } catch (IOException failed) {
            throw CommandFailure.writingFile(out, failed);
        }
        console.result(String.format(
                Locale.ROOT, Texts.of("Java 17: %s, %,d bytes", "자바 17: %s, %,d바이트"), out, source.length));
        console.result("  " + use(model));
        return source.length;
    }

    /// Checks that no file of somebody else's is written over.
    private void requireFree() {
        try {
            if (Files.exists(out) && !Files.readString(out).startsWith(JavaSource.MARK)) {
                throw UsageException.of(
                        "--out",
                        out + ", which is not an export",
                        "a new file, or an earlier export",
                        "choose another name, or remove it");
            }
        } catch (IOException unreadable) {
            throw UsageException.of("--out", out + ", which cannot be read", "a new file", "choose another name");
        }
    }

    /// How a program calls it.
    private String use(SavedModel model) {
        String name = className();
        return switch (model.inputs()) {
            case Inputs.Images images -> name + ".CLASSES.get(" + name + ".classOf(" + name + ".pixels(bytes)))";
            case Inputs.Features features -> name + ".CLASSES.get(" + name + ".classOf(numbers))";
            case Inputs.Table table -> name + ".answer(Map.of(\"column\", \"cell\", ...))";
        };
    }
}
