package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Reads the real files where the environment names them.
class MnistNeedsMnistTest {
    @Test
    void readsThePublishedFiles() {
        MnistSource source = MnistSource.mnist();
        var locations = DataLocations.ofEnvironment();
        assumeTrue(!locations.homes().isEmpty(), "needs MNIST below " + DataLocations.DATA_HOME);
        var folder = source.find(
                new DataLocations(locations.homes(), locations.homes().getFirst()));
        assumeTrue(folder.isPresent(), "needs MNIST below " + DataLocations.DATA_HOME);

        DataSplit split = source.load(folder.orElseThrow());
        assertThat(split.train()).hasToString("mnist train: 60000 images of 28 x 28, 10 classes");
        assertThat(split.test()).hasToString("mnist test: 10000 images of 28 x 28, 10 classes");
        assertThat(Arrays.copyOf(split.train().labels(), 5)).containsExactly(5, 0, 4, 1, 9);
        assertThat(source.verify(folder.orElseThrow()))
                .hasSize(4)
                .extracting(FileCheck::verdict)
                .containsOnly(FileCheck.Verdict.AUTHENTIC);
    }
}
