package org.badak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.badak.data.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/// The figures of chapter 4, §3 and §4, through the command line.
class FunctionCommandsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"5, 0.1999999999990898", "10, 0.2999999999986347"})
    void derivativesAreTheChapters(String at, double value) {
        assertThat(run("derive", "0.01*x^2+0.1*x", "--at", at, "--json", "--no-figures")
                        .number("value"))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3,4|6.00000000000378|7.999999999999119", "0,2|0|4", "3,0|6|0"})
    void gradientsAreTheChapters(String at, double first, double second) {
        List<Double> value = numbers(run("derive", "x0^2+x1^2", "--at", at, "--json", "--no-figures"), "value");
        assertThat(value.get(0)).isCloseTo(first, within(1e-10));
        assertThat(value.get(1)).isCloseTo(second, within(1e-10));
        if (at.equals("3,4")) {
            assertThat(value).containsExactly(first, second);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1,   100, -6.1111e-10,  8.1481e-10,  1e-13, converged",
        "0.1,    20, -0.0345876,   0.0461169,   1e-7,  still moving",
        "10,    100, -2.5898e13,  -1.2952e12,   1e9,   diverged",
        "1e-10, 100, -2.99999994,  3.99999992,  1e-8,  hardly moved"
    })
    void descentsAreTheChapters(String rate, String steps, double x0, double x1, double tolerance, String verdict) {
        Run run =
                run("descend", "x0^2+x1^2", "--from", "-3,4", "--lr", rate, "--steps", steps, "--json", "--no-figures");
        assertThat(run.exit()).isZero();
        List<Double> point = numbers(run, "point");
        assertThat(point.get(0)).isCloseTo(x0, within(tolerance));
        assertThat(point.get(1)).isCloseTo(x1, within(tolerance));
        assertThat(run.text("verdict")).isEqualTo(verdict);
    }

    @Test
    void methodsAndStepsCanBeChosen() {
        double forward = run(
                        "derive", "x^2", "--at", "-5", "--method", "forward", "--h", "0.5", "--json", "--no-figures")
                .number("value");
        assertThat(forward).isEqualTo(-9.5);
        Run tiny = run("derive", "x^2", "--at", "1", "--h", "1e-50", "--json", "--no-figures");
        assertThat(tiny.number("h_in_float32"))
                .as("the chapter's rounding error")
                .isZero();
        assertThat(tiny.err()).contains("float32");
    }

    @Test
    void figuresAreDrawnAndWritten() throws Exception {
        Run derive = run("derive", "sin(x)", "--at", "1");
        Run descend = run("descend", "x0^2/20+x1^2", "--from=-7,2", "--lr", "0.9", "--steps", "30");
        assertThat(derive.out()).contains("Tangent", "Error of the difference", "tangent.png");
        assertThat(descend.out()).contains("Negative gradient", "Descent on", "descent-path.svg");
        for (String name : List.of("tangent", "error-over-h", "gradient-field", "descent-path", "descent-value")) {
            requireFigure(folder.resolve("figures"), name);
        }
    }

    @Test
    void divergingAndHigherDimensionsAreDrawnToo() {
        assertThat(run("descend", "x0^2+x1^2", "--from", "-3,4", "--lr", "10").exit())
                .isZero();
        assertThat(run("descend", "x0^2+x1^2+x2^2", "--from", "1,2,3").out()).contains("Value of");
        assertThat(run("descend", "exp(x)", "--from", "1", "--lr", "100").out()).contains("Value of");
        assertThat(run("derive", "log(x)", "--at", "0.1").exit()).isZero();
        assertThat(run("derive", "3", "--at", "1").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "derive|x^2|--at|x|--at: found 'x'",
                "derive|x^2|--at|1,2|--at: found 2 numbers, expected 1",
                "derive|x0+x1|--at|1|expected 2",
                "derive|x^2|--at|NaN|--at: found 'NaN'",
                "derive|2x|--at|1|2*x",
                "derive|foo(x)|--at|1|foo",
                "descend|x^2|--from|1,|--from: found ''",
                "descend|x^2|--form|1|did you mean --from?",
            })
    void mistakesAreTold(String command, String function, String option, String value, String message) {
        Run run = run(command, function, option, value);
        assertThat(run.err()).contains("badak: ", message, "badak " + command + " --help");
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void wrongOptionsAreTold() {
        assertThat(run("derive", "x", "--at", "1", "--h", "0").err()).contains("--h: found 0.0");
        assertThat(run("derive", "x", "--at", "1", "--method", "centrl").err()).contains("did you mean central?");
        assertThat(run("descend", "x", "--from", "1", "--lr", "-1").err()).contains("found -1.0");
        assertThat(run("descend", "x", "--from", "1", "--steps", "0").err()).contains("--steps: found 0");
        assertThat(run("derive", "x").err()).contains("--at");
    }

    @Test
    void figuresThatCannotBeWrittenAreAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Run run = Run.of(
                "derive", "x", "--at", "1", "--out", file.resolve("below").toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("cannot write", "where:", "--out");
    }

    static void requireFigure(Path folder, String name) throws Exception {
        byte[] png = Files.readAllBytes(folder.resolve(name + ".png"));
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
        requireXml(Files.readString(folder.resolve(name + ".svg")), "svg");
    }

    static void requireXml(String text, String root) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        assertThat(factory.newDocumentBuilder()
                        .parse(new InputSource(new StringReader(text)))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo(root);
    }

    private Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", folder.resolve("figures").toString()));
        return Run.of(all.toArray(String[]::new));
    }

    private static List<Double> numbers(Run run, String member) {
        Json value = run.json().get(member);
        assertThat(value).isInstanceOf(Json.Items.class);
        return ((Json.Items) value)
                .values().stream()
                        .map(item -> Double.parseDouble(((Json.Numeral) item).digits()))
                        .toList();
    }
}
