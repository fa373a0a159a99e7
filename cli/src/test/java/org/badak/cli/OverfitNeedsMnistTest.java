package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.badak.data.DataLocations;
import org.badak.data.Json;
import org.badak.data.MnistSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The book's 300 images, learnt by heart, and what the cures are worth, on MNIST where this machine has it.
class OverfitNeedsMnistTest {
    @TempDir
    Path folder;

    @Test
    void everyCureRaisesTheTestAccuracyOfANetworkThatKnowsItsImagesByHeart() {
        Assumptions.assumeTrue(
                MnistSource.mnist().find(DataLocations.ofEnvironment()).isPresent(), "needs MNIST in BADAK_DATA_HOME");
        Run run = Run.of("overfit", "--data", "mnist", "--seeds", "2", "--no-figures", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        Map<String, Json> cures = ((Json.Members) run.json().get("cures")).values();
        assertThat(number(cures, "plain", "train_accuracy")).isEqualTo(1);
        assertThat(number(cures, "plain", "test_accuracy")).isBetween(0.45, 0.6);
        assertThat(number(cures, "weight-decay", "gain")).isGreaterThan(0.01);
        assertThat(number(cures, "dropout", "gain")).isGreaterThan(0.01);
        assertThat(number(cures, "early-stopping", "gain")).isGreaterThan(0.01);
        assertThat(number(cures, "early-stopping", "test_loss")).isLessThan(number(cures, "plain", "test_loss"));
    }

    private static double number(Map<String, Json> cures, String cure, String name) {
        Json value = ((Json.Members) cures.get(cure)).values().get(name);
        return Double.parseDouble(((Json.Numeral) value).digits());
    }
}
