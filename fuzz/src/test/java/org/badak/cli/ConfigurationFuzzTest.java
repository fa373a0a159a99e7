package org.badak.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.badak.fuzz.Untrusted;

/// The readers of configuration files; see [org.badak.fuzz.Untrusted].
class ConfigurationFuzzTest {
    private static final String LONG = "2h";
    private static final List<Class<?>> REFUSED = List.of(UsageException.class);
    private static final long MEGABYTE = 1 << 20;

    @FuzzTest(maxDuration = LONG)
    void toml(byte[] data) {
        Untrusted.read(data, ".toml", MEGABYTE, 2000, file -> ConfigFile.read("--config", file), REFUSED);
    }

    @FuzzTest(maxDuration = LONG)
    void json(byte[] data) {
        Untrusted.read(data, ".json", MEGABYTE, 2000, file -> ConfigFile.read("--config", file), REFUSED);
    }
}
