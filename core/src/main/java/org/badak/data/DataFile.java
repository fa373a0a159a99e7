package org.badak.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// One file of a published data set, and how its publisher lets it be recognised.
///
/// @param name name without `.gz`, such as `train-images-idx3-ubyte`
/// @param fingerprint what the digest is taken of
/// @param digest the digest in lower-case hexadecimal
public record DataFile(String name, Fingerprint fingerprint, String digest) {
    /// What a digest is taken of, and with which function.
    public enum Fingerprint {
        /// SHA-256 of the decompressed content.
        SHA_256_OF_CONTENT("SHA-256 of the content"),
        /// MD5 of the `.gz` file as published; a plain file cannot be checked.
        MD5_OF_GZIP("MD5 of the .gz file");

        private final String words;

        Fingerprint(String words) {
            this.words = words;
        }

        /// The fingerprint in words.
        public String words() {
            return words;
        }
    }

    /// Nothing may be absent.
    public DataFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(digest, "digest");
    }

    /// Whether a file is the published one; its format is checked as well.
    ///
    /// @param file plain or gzip-compressed IDX file
    /// @throws DataException if the file cannot be read as IDX
    public FileCheck check(Path file) {
        return switch (fingerprint) {
            case SHA_256_OF_CONTENT -> compared(file, IdxFile.read(file).sha256());
            case MD5_OF_GZIP -> {
                IdxFile.read(file);
                String found = md5OfGzip(file);
                yield found.isEmpty()
                        ? new FileCheck(file, FileCheck.Verdict.UNKNOWN, "a plain file", expected())
                        : compared(file, found);
            }
        };
    }

    private FileCheck compared(Path file, String found) {
        return new FileCheck(
                file,
                found.equals(digest) ? FileCheck.Verdict.AUTHENTIC : FileCheck.Verdict.DIFFERENT,
                fingerprint.words() + " " + found,
                expected());
    }

    private String expected() {
        return fingerprint.words() + " " + digest;
    }

    /// MD5 of a gzip file; empty for a plain file.
    private static String md5OfGzip(Path file) {
        var md5 = Digests.md5();
        try (InputStream source = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            int length = source.readNBytes(buffer, 0, buffer.length);
            if (!FileContent.isGzip(buffer, length)) {
                return "";
            }
            while (length > 0) {
                md5.update(buffer, 0, length);
                length = source.readNBytes(buffer, 0, buffer.length);
            }
        } catch (IOException failed) {
            throw ReadableFile.failed(file, "cannot verify the file", failed);
        }
        return Digests.hexadecimal(md5);
    }
}
