package org.badak.data;

import java.nio.file.Path;

/// Whether a file on this machine is the one that was published.
///
/// @param file the file
/// @param verdict the answer
/// @param found the digest of the file
/// @param expected the digest of the published file
public record FileCheck(Path file, Verdict verdict, String found, String expected) {
    /// Answers of a check.
    public enum Verdict {
        /// The digests are equal.
        AUTHENTIC,
        /// The digests differ.
        DIFFERENT,
        /// The publisher's digest does not apply to a file in this form.
        UNKNOWN
    }
}
