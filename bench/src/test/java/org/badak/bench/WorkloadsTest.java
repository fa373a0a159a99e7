package org.badak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.badak.data.DataSplit;
import org.badak.data.GeneratedDigits;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private static final DataSplit DIGITS = GeneratedDigits.generate(1, 300, 120);

    @Test
    void allWorkloadsGiveFinitePositiveFigures() {
        Map<String, Json> figures =
                measure("--threads", "2", "--repeat", "1", "W1", "W2", "W3", "W4", "W5", "W6", "W7");
        for (String key : List.of(
                "W1_seconds_warm",
                "W1_seconds_cold",
                "W1_dense_seconds_warm",
                "W1_test_accuracy",
                "W2_images_per_second",
                "W6_images_per_second",
                "W3_seconds",
                "W3_series_seconds",
                "W3_series_bound",
                "W3_naive_seconds_extrapolated",
                "W3_naive_sample",
                "W4_images_per_second",
                "W4_bytes_images_per_second",
                "W4_single_us",
                "peak_gflops",
                "W7_steps_seconds",
                "W7_train_accuracy",
                "W7_test_accuracy")) {
            assertPositive(key, figures);
        }
        assertThat(figures.get("W5")).isInstanceOf(Json.Items.class);
        List<Json> products = ((Json.Items) figures.get("W5")).values();
        assertThat(products).hasSameSizeAs(Sizes.quick().products());
        for (Json product : products) {
            Map<String, Json> row = ((Json.Members) product).values();
            assertThat(row).containsOnlyKeys("shape", "gflops", "share_of_peak");
            assertPositive("gflops", row);
            assertPositive("share_of_peak", row);
        }
    }

    @Test
    void onlyNamedWorkloadsRun() {
        assertThat(measure("--repeat", "1", "W3"))
                .containsKey("W3_seconds")
                .doesNotContainKeys("W1_seconds_warm", "W5");
        assertThat(Settings.parse().workloads()).containsExactly("W1", "W2", "W3", "W4", "W5", "W6");
    }

    @Test
    void everyFormOfAProductIsTheProductOfItsShape() {
        assertThat(new Product("", Product.Form.PLAIN, 3, 4, 5).flop()).isEqualTo(120);
        assertThat(Product.OF_W5).extracting(Product::shape).doesNotHaveDuplicates();
    }

    @Test
    void medianIsTheMiddle() {
        assertThat(Timing.median(3, 1, 2)).isEqualTo(2);
        assertThat(Timing.median(4, 1, 2, 100)).isEqualTo(3);
    }

    @Test
    void mistakesOfUsageNameWhatWasTyped() {
        assertThat(run("--threads", "0").text()).contains("--threads", "1 to 1024", "found 0");
        assertThat(run("--threads", "two").text()).contains("--threads", "'two'");
        assertThat(run("--repeat").text()).contains("--repeat", "''");
        assertThat(run("W9").text()).contains("'W9'", "W1");
        assertThat(run("W9").exit()).isEqualTo(2);
    }

    @Test
    void jsonIsTheLastLineAndTheTableIsNot() {
        Run quick = run("--quick", "--digits", "--repeat", "1", "--json", "W5");
        assertThat(quick.exit()).isZero();
        assertThat(quick.out().strip().lines()).hasSize(1);
        assertThat(Json.parse(quick.out().strip())).isInstanceOf(Json.Members.class);
        assertThat(quick.err()).contains("W5 100x784x50", "GFLOP/s");
    }

    private static Map<String, Json> measure(String... arguments) {
        return Main.measure(Settings.parse(arguments), Sizes.quick(), DIGITS)
                .json()
                .values();
    }

    private static void assertPositive(String key, Map<String, Json> figures) {
        assertThat(figures).containsKey(key);
        assertThat(Double.parseDouble(figures.get(key).toString()))
                .as(key)
                .isPositive()
                .isFinite();
    }

    private record Run(int exit, String out, String err) {
        String text() {
            return out + err;
        }
    }

    private static Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
