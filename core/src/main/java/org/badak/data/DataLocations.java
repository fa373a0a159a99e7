package org.badak.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where data sets are looked for, and where downloads are kept. A data set has a folder of its own
/// below each, such as `mnist/`.
///
/// @param homes folders to look in first, in this order; may be empty
/// @param cache folder of downloads; need not exist yet
public record DataLocations(List<Path> homes, Path cache) {
    /// The variable that names a folder of data sets.
    public static final String DATA_HOME = "BADAK_DATA_HOME";
    /// The variable that names the folder of downloads.
    public static final String CACHE_HOME = "BADAK_CACHE_HOME";

    /// Copies the list.
    public DataLocations {
        homes = List.copyOf(homes);
    }

    /// The locations that this process' environment names, see [#of].
    public static DataLocations ofEnvironment() {
        return of(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /// The locations that an environment names. Data: `BADAK_DATA_HOME`, where set. Cache:
    /// `BADAK_CACHE_HOME`; else `%LOCALAPPDATA%\badak\cache` on Windows, `~/Library/Caches/badak` on
    /// macOS, `$XDG_CACHE_HOME/badak` or `~/.cache/badak` elsewhere. As the XDG specification asks, a
    /// relative `XDG_CACHE_HOME` does not count; nor does an empty variable.
    ///
    /// @param environment variable to value
    /// @param system name of the operating system, as in the system property `os.name`
    /// @param user home folder of the user
    public static DataLocations of(Map<String, String> environment, String system, Path user) {
        String home = environment.getOrDefault(DATA_HOME, "");
        String cache = environment.getOrDefault(CACHE_HOME, "");
        return new DataLocations(
                home.isEmpty() ? List.of() : List.of(Path.of(home)),
                cache.isEmpty() ? systemCache(environment, system, user) : Path.of(cache));
    }

    private static Path systemCache(Map<String, String> environment, String system, Path user) {
        if (system.startsWith("Windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path base = local.isEmpty() ? user.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve("badak").resolve("cache");
        }
        if (system.startsWith("Mac")) {
            return user.resolve("Library").resolve("Caches").resolve("badak");
        }
        Path standard = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        return (standard.isAbsolute() ? standard : user.resolve(".cache")).resolve("badak");
    }
}
