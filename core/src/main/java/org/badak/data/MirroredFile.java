package org.badak.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A published file and the mirrors that hold it: brings it into a folder, checked, whole or not at
/// all. While it is on its way it is named `….gz.part`.
///
/// @param file what to bring
/// @param mirrors addresses of folders, each ending in `/`, tried in this order
record MirroredFile(DataFile file, List<URI> mirrors) {

    /// Brings the file into a folder, unless it is there and authentic.
    ///
    /// @param folder an existing folder
    /// @throws DataException if no mirror delivers it; names each mirror and what happened there
    /// @throws IOException if the folder cannot be written to
    void bring(Path folder, Download download) throws IOException {
        Path target = folder.resolve(file.name() + ".gz");
        if (Files.exists(target) && damage(target).isEmpty()) {
            return;
        }
        Path part = folder.resolve(file.name() + ".gz.part");
        List<String> failures = new ArrayList<>();
        for (URI mirror : mirrors) {
            URI address = mirror.resolve(file.name() + ".gz");
            String failure = bring(address, part, download);
            if (failure.isEmpty()) {
                DurableFile.publish(part, target);
                return;
            }
            failures.add(address + ": " + failure);
            download.progress().failed(address, failure);
        }
        throw new DataException(
                "cannot download " + file.name() + ".gz",
                target.toString(),
                String.join("\n            ", failures),
                "one mirror that delivers the file",
                "connect to the network and try again, or put the four files into " + folder
                        + " by hand, or name a folder that has them in " + DataLocations.DATA_HOME);
    }

    /// Brings a whole, authentic part file from one mirror, or says why not. What an earlier attempt
    /// left is used once; if the whole then is not authentic, it is brought again from the beginning.
    private String bring(URI address, Path part, Download download) throws IOException {
        try {
            boolean resumed = download.bring(address, part);
            String damage = damage(part);
            if (resumed && !damage.isEmpty()) {
                Files.delete(part);
                download.bring(address, part);
                damage = damage(part);
            }
            if (!damage.isEmpty()) {
                Files.deleteIfExists(part);
            }
            return damage;
        } catch (IOException failed) {
            return failed instanceof Download.Unusable ? String.valueOf(failed.getMessage()) : failed.toString();
        }
    }

    /// What is wrong with a file that should be the published one; empty if nothing is.
    private String damage(Path candidate) {
        try {
            FileCheck check = file.check(candidate);
            return check.verdict() == FileCheck.Verdict.AUTHENTIC
                    ? ""
                    : "found " + check.found() + ", expected " + check.expected();
        } catch (DataException unreadable) {
            return unreadable.what() + ", found " + unreadable.found() + ", expected " + unreadable.expected();
        }
    }
}
