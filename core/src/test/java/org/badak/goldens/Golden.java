package org.badak.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.badak.data.Json;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.params.provider.Arguments;

/// A case of the reference values in `goldens/`, which PyTorch computed in float64.
record Golden(String name, Map<String, Json> members) {
    /// All cases of a file.
    ///
    /// @param count how many it must have, so that none gets lost
    static List<Golden> cases(String file, int count) {
        try (InputStream stream = Golden.class.getResourceAsStream("/goldens/" + file + ".json")) {
            assertThat(stream).as(file).isNotNull();
            Json whole = Json.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            List<Golden> found = items(((Json.Members) whole).values().get("cases")).stream()
                    .map(each -> ((Json.Members) each).values())
                    .map(each -> new Golden(((Json.Text) each.get("name")).value(), each))
                    .toList();
            assertThat(found).as("cases of %s", file).hasSize(count);
            return found;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Every case of a file in both precisions, for a parameterised test.
    static Stream<Arguments> inBothPrecisions(String file, int count) {
        return cases(file, count).stream()
                .flatMap(golden -> Stream.of(Precision.values()).map(precision -> Arguments.of(golden, precision)));
    }

    /// Fails: a case was added that nobody has written a test for.
    AssertionError unknown() {
        return new AssertionError("no test holds " + name + ": add it here");
    }

    /// Its name, for reports.
    @Override
    public String toString() {
        return name;
    }

    boolean has(String member) {
        return members.containsKey(member);
    }

    Json member(String member) {
        assertThat(members).as(name).containsKey(member);
        return members.get(member);
    }

    /// The members of a member: `params`, `dparams`.
    Golden inner(String member) {
        return new Golden(name + "." + member, ((Json.Members) member(member)).values());
    }

    List<Json> list(String member) {
        return items(member(member));
    }

    double number(String member) {
        return number(member(member));
    }

    int[] integers(String member) {
        return integers(member(member));
    }

    Matrix matrix(String member, Precision precision) {
        return matrix(member(member), precision);
    }

    static List<Json> items(Json list) {
        return ((Json.Items) list).values();
    }

    static double number(Json number) {
        return Double.parseDouble(((Json.Numeral) number).digits());
    }

    static int[] integers(Json list) {
        return items(list).stream().mapToInt(each -> (int) number(each)).toArray();
    }

    /// A list of rows, or a list of numbers as one row.
    static Matrix matrix(Json list, Precision precision) {
        List<Json> rows = items(list).getFirst() instanceof Json.Items ? items(list) : List.of(list);
        return Matrix.of(
                precision,
                rows.stream()
                        .map(row ->
                                items(row).stream().mapToDouble(Golden::number).toArray())
                        .toArray(double[][]::new));
    }

    /// A list of examples, each in one row: images channel by channel.
    Matrix examples(String member, Precision precision) {
        return Matrix.of(
                precision,
                list(member).stream()
                        .map(example ->
                                flat(example).mapToDouble(Double::doubleValue).toArray())
                        .toArray(double[][]::new));
    }

    /// The shape of the examples of a list.
    Shape shape(String member) {
        List<Json> example = items(list(member).getFirst());
        if (!(example.getFirst() instanceof Json.Items(List<Json> rows))) {
            return Shape.flat(example.size());
        }
        return new Shape(example.size(), rows.size(), items(rows.getFirst()).size());
    }

    private static Stream<Double> flat(Json value) {
        return value instanceof Json.Items(List<Json> values)
                ? values.stream().flatMap(Golden::flat)
                : Stream.of(number(value));
    }

    /// How far a number may be off: in float64 1e-9 of itself, or 1e-13 of the largest one beside it where terms
    /// cancel;
    /// in float32 1e-4 of the largest.
    private static double tolerance(Precision precision, double expected, double largest) {
        return switch (precision) {
            case FLOAT32 -> 1e-4 * largest;
            case FLOAT64 -> Math.max(1e-9 * Math.abs(expected), 1e-13 * largest);
        };
    }

    void assertMatrix(String member, Matrix actual, double factor) {
        assertMatrix(name + ": " + member, matrix(member, Precision.FLOAT64), actual, factor);
    }

    void assertExamples(String member, Matrix actual) {
        assertMatrix(name + ": " + member, examples(member, Precision.FLOAT64), actual, 1);
    }

    static void assertMatrix(String what, Matrix expected, Matrix actual, double factor) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        double largest = 0;
        for (int row = 0; row < expected.rows(); row++) {
            for (int column = 0; column < expected.columns(); column++) {
                largest = Math.max(largest, Math.abs(expected.get(row, column)));
            }
        }
        for (int row = 0; row < expected.rows(); row++) {
            for (int column = 0; column < expected.columns(); column++) {
                double wanted = expected.get(row, column);
                assertThat(factor * actual.get(row, column))
                        .as("%s at row %d, column %d, %s", what, row, column, actual.precision())
                        .isCloseTo(wanted, within(tolerance(actual.precision(), wanted, largest)));
            }
        }
    }

    static void assertNumber(String what, double expected, double actual, Precision precision) {
        assertThat(actual)
                .as("%s, %s", what, precision)
                .isCloseTo(expected, within(tolerance(precision, expected, Math.abs(expected))));
    }
}
