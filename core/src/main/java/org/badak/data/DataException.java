package org.badak.data;

import java.nio.file.Path;

/// Data that cannot be used, told in five parts: what failed, where, what was found there, what was
/// expected, and what to do about it. The message always has this form:
///
/// ```text
/// cannot read the IDX file: wrong magic number
///   where:    /data/mnist/train-images-idx3-ubyte.gz, offset 0
///   found:    89 50 4e 47, a PNG image
///   expected: 00 00, a type code, a rank from 1 to 8
///   remedy:   ...
/// ```
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What failed, one sentence without a full stop.
    private final String what;
    /// File, folder or address, with the offset where there is one.
    private final String where;
    /// What was found there.
    private final String found;
    /// What would have been accepted.
    private final String expected;
    /// What the reader of the message can do.
    private final String remedy;

    /// An error that no other exception caused.
    ///
    /// @param what what failed, one sentence without a full stop
    /// @param where file, folder or address, see [#at(Path, long)]
    /// @param found what was found there
    /// @param expected what would have been accepted
    /// @param remedy what the reader of the message can do
    public DataException(String what, String where, String found, String expected, String remedy) {
        super(message(what, where, found, expected, remedy));
        this.what = what;
        this.where = where;
        this.found = found;
        this.expected = expected;
        this.remedy = remedy;
    }

    /// As the five-part constructor, keeping the exception that led here.
    ///
    /// @param what what failed, one sentence without a full stop
    /// @param where file, folder or address
    /// @param found what was found there
    /// @param expected what would have been accepted
    /// @param remedy what the reader of the message can do
    /// @param cause the exception that led here
    public DataException(String what, String where, String found, String expected, String remedy, Throwable cause) {
        this(what, where, found, expected, remedy);
        initCause(cause);
    }

    /// What failed.
    public String what() {
        return what;
    }

    /// File, folder or address, with the offset where there is one.
    public String where() {
        return where;
    }

    /// What was found there.
    public String found() {
        return found;
    }

    /// What would have been accepted.
    public String expected() {
        return expected;
    }

    /// What the reader of the message can do.
    public String remedy() {
        return remedy;
    }

    /// The `where` of a place inside a file: `path, offset n`.
    ///
    /// @param file the file
    /// @param offset bytes from the beginning of the file
    public static String at(Path file, long offset) {
        return file + ", offset " + offset;
    }

    private static String message(String what, String where, String found, String expected, String remedy) {
        return what
                + "\n  where:    " + where
                + "\n  found:    " + found
                + "\n  expected: " + expected
                + "\n  remedy:   " + remedy;
    }
}
