package org.badak.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchSpaceTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            log:0.001..1        ; log:0.001..1
            linear:0..0.5       ; linear:0..0.5
            0..0.5              ; linear:0..0.5
            16..128             ; int:16..128
            int-log:1..1024     ; int-log:1..1024
            -2..3               ; int:-2..3
            sgd,adam            ; sgd|adam
            50|100|100,50       ; 50|100|"100,50"
            50,100,"100,50"     ; 50|100|"100,50"
            huber:1|huber:2     ; huber:1|huber:2
            64                  ; 64
            """)
    void rangesAreReadAndWritten(String text, String written) {
        Range range = Range.parse(text);
        assertThat(range.text()).isEqualTo(written);
        assertThat(Range.parse(range.text())).isEqualTo(range);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            log:0..1      ; above 0
            log:1..0.1    ; lower one first
            1..1          ; lower one first
            int:1.5..3    ; whole numbers
            log:a..b      ; two numbers
            linear:3      ; two numbers
            a,,b          ; different choices
            a|a           ; different choices
            ``            ; different choices
            """)
    void mistakesAreTold(String text, String message) {
        assertThatThrownBy(() -> Range.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("try");
    }

    @Test
    void valuesAreUniformOnTheScaleOfTheRange() {
        assertThat(Range.parse("log:0.01..100").at(0.5)).isEqualTo("1");
        assertThat(Range.parse("log:0.001..1").at(0)).isEqualTo("0.001");
        assertThat(Range.parse("log:0.001..1").at(1)).isEqualTo("1");
        assertThat(Range.parse("linear:0..3").at(1 / 3.0)).isEqualTo("1");
        Range die = Range.parse("1..6");
        int[] seen = new int[7];
        for (int i = 0; i < 600; i++) {
            seen[Integer.parseInt(die.at(i / 600.0))]++;
        }
        assertThat(seen).containsExactly(0, 100, 100, 100, 100, 100, 100);
        assertThat(die.at(1)).isEqualTo("6");
    }

    @Test
    void gridHasTheEndsAndAllChoices() {
        assertThat(Range.parse("log:0.01..1").grid(3)).containsExactly("0.01", "0.1", "1");
        assertThat(Range.parse("linear:0..1").grid(5)).containsExactly("0", "0.25", "0.5", "0.75", "1");
        assertThat(Range.parse("1..3").grid(9)).containsExactly("1", "2", "3");
        assertThat(space("a=1..3", "b=x|y").grid(2))
                .containsExactly(
                        Map.of("a", "1", "b", "x"),
                        Map.of("a", "1", "b", "y"),
                        Map.of("a", "3", "b", "x"),
                        Map.of("a", "3", "b", "y"));
        assertThatThrownBy(() -> space("a=1..1000", "b=1..1000").grid(1000)).hasMessageContaining("100000");
    }

    @Test
    void trialIsAFunctionOfSeedAndNumberAlone() {
        SearchSpace space = space("lr=log:0.0001..1", "hidden=50|100|\"100,50\"", "batch=8..64");
        Set<Map<String, String>> all = new HashSet<>();
        List<Double> exponents = new ArrayList<>();
        for (int trial = 999; trial >= 0; trial--) {
            Map<String, String> values = space.drawn(5, trial);
            assertThat(values).isEqualTo(space.drawn(5, trial)).containsOnlyKeys("lr", "hidden", "batch");
            exponents.add(Math.log10(Double.parseDouble(values.get("lr"))));
            all.add(values);
        }
        assertThat(all).hasSizeGreaterThan(990);
        assertThat(exponents.stream().mapToDouble(x -> x).average().orElseThrow())
                .isCloseTo(-2, within(0.15));
        assertThat(space.drawn(6, 0)).isNotEqualTo(space.drawn(5, 0));
        assertThat(space("lr=log:0.0001..1").drawn(5, 7))
                .as("a range further behind changes nothing before it")
                .containsEntry("lr", space.drawn(5, 7).get("lr"));
    }

    @Test
    void halvingGivesAThirdOfTheTrialsThreeTimesTheBudget() {
        assertThat(Halving.rungs(27, 3, 1000))
                .containsExactly(
                        new Halving.Rung(0, 27, 1 / 27.0),
                        new Halving.Rung(1, 9, 1 / 9.0),
                        new Halving.Rung(2, 3, 1 / 3.0),
                        new Halving.Rung(3, 1, 1));
        assertThat(Halving.rungs(20, 3, 1000)).extracting(Halving.Rung::trials).containsExactly(20, 6, 2);
        assertThat(Halving.rungs(27, 3, 10)).as("no budget below one").hasSize(3);
        assertThat(Halving.rungs(2, 3, 10)).containsExactly(new Halving.Rung(0, 2, 1));
        assertThatThrownBy(() -> Halving.rungs(0, 3, 10)).hasMessageContaining("found 0");
    }

    private static SearchSpace space(String... ranges) {
        Map<String, Range> all = new LinkedHashMap<>();
        for (String range : ranges) {
            int equals = range.indexOf('=');
            all.put(range.substring(0, equals), Range.parse(range.substring(equals + 1)));
        }
        return new SearchSpace(all);
    }
}
