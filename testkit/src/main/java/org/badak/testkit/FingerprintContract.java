package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.kernel.KernelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The chosen kernels give the recorded bits: for every line of the catalog with two threads, and for a selection with
/// any other number; `-Dbadak.determinism=all` for all with any number. Extend it in a module with kernels of its own.
public abstract class FingerprintContract {
    private static final boolean ALL = "all".equals(System.getProperty("badak.determinism"));

    @Test
    public void everyLineOfTheCatalogGivesTheRecordedBits() {
        requireRecorded(2, Fingerprints.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 8})
    public void numberOfThreadsDoesNotChangeThem(int threads) {
        requireRecorded(threads, ALL ? Fingerprints.WHOLE : Fingerprints.SMALL);
    }

    private static void requireRecorded(int threads, String names) {
        Map<String, String> expected = new LinkedHashMap<>(Fingerprints.recorded());
        expected.keySet().removeIf(name -> !name.matches(names));
        assertThat(Fingerprints.of(KernelChoice.current(), threads, names))
                .as(
                        "%s kernels, %d threads; docs/reliability.md says how a wanted change of bits is recorded",
                        KernelChoice.current().set().name(), threads)
                .isNotEmpty()
                .isEqualTo(expected);
    }
}
