package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.badak.kernel.KernelChoice;
import org.junit.jupiter.api.Test;

/// The scalar kernels, one thread, give the recorded bits, and each recipe others.
class FingerprintsTest {
    private static final boolean WRITES = Boolean.getBoolean("badak.fingerprints.write");

    @Test
    void scalarKernelsGiveTheRecordedBits() throws IOException {
        Map<String, String> found =
                Fingerprints.of(new KernelChoice(KernelChoice.scalar(), "the reference"), 1, Fingerprints.WHOLE);
        if (WRITES) {
            List<String> lines = found.entrySet().stream()
                    .map(each -> each.getKey() + " = " + each.getValue())
                    .toList();
            Files.write(Path.of("src/main/resources/org/badak/testkit", Fingerprints.FILE), lines);
            return;
        }
        assertThat(found)
                .as("docs/reliability.md says how a wanted change of bits is recorded")
                .isEqualTo(Fingerprints.recorded());
    }

    @Test
    void everyRecipeGivesBitsOfItsOwn() {
        // those that say what holds without a word are the same training
        String usual = "(optimizer/sgd|schedule/constant|schedule/plateau|sampling/shuffle)/float(32|64)";
        List<String> bits = Fingerprints.recorded().entrySet().stream()
                .filter(each -> !each.getKey().matches(usual))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(bits).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }
}
