package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsWrittenIsReadBack() {
        Json value = new Json.Members(Map.of(
                "a\"b\\\n\u0001",
                new Json.Items(List.of(Json.of(1), Json.of(-0.1), Json.of(true), Json.Word.NULL)),
                "\uD55C\uAE00 \uD83D\uDE00",
                Json.of("\uB098\uB77C")));
        assertThat(Json.parse(value.toString())).isEqualTo(value);
    }

    @Test
    void numbersKeepFullDoublePrecision() {
        double value = 0.1999999999990898;
        assertThat(Json.of(value)).hasToString("0.1999999999990898");
        assertThat(Json.of(Long.MAX_VALUE)).hasToString("9223372036854775807");
        assertThat(Json.of(5e-324)).hasToString("4.9E-324");
    }

    @Test
    void numbersThatJsonLacksBecomeStrings() {
        assertThat(Json.of(Double.NaN)).hasToString("\"NaN\"");
        assertThat(Json.of(Double.NEGATIVE_INFINITY)).hasToString("\"-Infinity\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "[1,]",
                "[,1]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "tru",
                "nul",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\u0001\"",
                "1 2",
                "[1] x",
                "// c\n1",
                "NaN",
                "'a'",
                "[1}",
                "\uFEFF1"
            })
    void malformedTextIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void duplicatesAreRefusedAndNamed() {
        assertThatThrownBy(() -> Json.parse("{\"w\":1,\"w\":1}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("character 7")
                .hasMessageContaining("\"w\" again");
        assertThatThrownBy(() -> Json.parse("{\"w\":1,\"\\u0077\":1}")).isInstanceOf(JsonException.class);
    }

    @Test
    void depthIsLimited() {
        assertThat(Json.parse("[".repeat(32) + "]".repeat(32))).isInstanceOf(Json.Items.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(33) + "]".repeat(33)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("32 levels");
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void entriesAreLimited() {
        String most = "[" + "1,".repeat(Json.MOST_ENTRIES - 1) + "1]";
        assertThat(((Json.Items) Json.parse(most)).values()).hasSize(Json.MOST_ENTRIES);
        assertThatThrownBy(() -> Json.parse("[1," + most.substring(1)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("20000 entries");
    }

    @Test
    void readerTakesValuesOneByOneAndGoesOverTheRest() {
        JsonReader reader = new JsonReader(" {\"a\": [1, 23, -4], \"b\":{\"c\":[true,\"\\u00e9\"]}, \"d\": \"x\"} ");
        List<Object> taken = new ArrayList<>();
        reader.members(name -> {
            switch (reader.next()) {
                case '[' ->
                    reader.items(() -> {
                        long number = reader.natural();
                        taken.add(number < 0 ? reader.number() : number);
                    });
                case '{' -> reader.skip();
                default -> taken.add(reader.string());
            }
            return true;
        });
        reader.end();
        assertThat(taken).containsExactly(1L, 23L, "-4", "x");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "123456789012345678, 123456789012345678",
        "1234567890123456789, -1",
        "01, -1",
        "1.0, -1",
        "1e2, -1",
        "-1, -1",
        "true, -1",
        "1x, -1"
    })
    void naturalIsDigitsAloneAndElseNothingIsRead(String text, long expected) {
        JsonReader reader = new JsonReader(text);
        assertThat(reader.natural()).isEqualTo(expected);
        assertThat(reader.at()).isEqualTo(expected < 0 ? 0 : text.length());
    }

    @Test
    void whatIsSkippedIsCheckedAndTakesNoMemory() {
        String large = "[" + "{\"name\":[1.5e3,\"\\n\",null]},".repeat(3000) + "{}]";
        String wrong = large.replace(",{}]", ",{]");
        new JsonReader(large).skip();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        new JsonReader(large).skip();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000);
        assertThatThrownBy(() -> new JsonReader(wrong).skip())
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("expected a member name");
    }
}
