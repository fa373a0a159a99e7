package org.badak.data;

import java.net.URI;

/// Told how a download goes. Called on the thread that downloads, a few dozen times per megabyte.
@FunctionalInterface
public interface DownloadProgress {
    /// Nobody is told.
    DownloadProgress SILENT = (file, received, total) -> {};

    /// More bytes have arrived.
    ///
    /// @param file name of the file that is being downloaded
    /// @param received bytes so far, those of an earlier interrupted download included
    /// @param total bytes of the whole file, or -1 where the server does not say
    void received(String file, long received, long total);

    /// A mirror did not deliver; the next one, if any, is tried.
    ///
    /// @param address what was asked for
    /// @param reason what happened, in one line
    default void failed(URI address, String reason) {}
}
