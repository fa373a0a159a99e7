package org.badak.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.badak.catalog.Inputs;
import org.badak.data.DataException;
import org.badak.data.Json;
import org.badak.server.Refusal;
import org.badak.server.Request;
import org.badak.tabular.Alignment;
import org.badak.tabular.CsvFile;
import org.badak.tabular.CsvOptions;
import org.badak.tabular.Encoded;
import org.badak.tabular.Preparation;
import org.badak.tabular.Table;

/// The body of `/predict`: rows in JSON, a CSV file, or a PNG image.
final class RowsInput {
    private static final String WHAT = "the body is not what the model takes";

    private final LoadedModel model;
    private final int mostRows;

    /// @param mostRows examples of one request
    RowsInput(LoadedModel model, int mostRows) {
        this.model = model;
        this.mostRows = mostRows;
    }

    /// Reads the examples in a request.
    ///
    /// @throws Refusal 415 for another content type, 413 if too long, 400 if it is not what the model takes
    /// @throws IOException if the client went away
    Examples read(Request request) throws IOException {
        Examples examples = switch (model.saved().inputs()) {
            case Inputs.Images images -> {
                request.requireType("image/png", "application/json");
                if (request.contentType().equals("image/png")) {
                    float[] x = new float[model.predictor().inputs()];
                    List<String> notes = new ArrayList<>();
                    PngInput.read(request.body(), images, invert(request), x, 0, notes);
                    yield new Examples(1, x, notes);
                }
                yield numbers(request, "0 to 1: pixels divided by 255", 1);
            }
            case Inputs.Features features -> {
                request.requireType("application/json");
                yield numbers(
                        request,
                        features.bytes() ? "0 to 1: bytes divided by 255" : "numbers",
                        features.bytes() ? 1 : Float.MAX_VALUE);
            }
            case Inputs.Table table -> {
                request.requireType("application/json", "text/csv");
                yield encode(model, request.contentType().equals("text/csv") ? csv(request) : json(request));
            }
        };
        return examples;
    }

    private static boolean invert(Request request) {
        String invert = request.query().getOrDefault("invert", "false");
        if (!invert.equals("true") && !invert.equals("false")) {
            throw new Refusal(
                    400,
                    "the parameters of the address are malformed",
                    "the address, invert",
                    invert,
                    "true or false",
                    "leave it out for light ink on black");
        }
        return invert.equals("true");
    }

    /// Rows of numbers: `[...]` for one, `[[...], [...]]` for several.
    private Examples numbers(Request request, String range, double most) throws IOException {
        int inputs = model.predictor().inputs();
        JsonCursor json = new JsonCursor(request.text(), WHAT);
        Numbers numbers = json.numbers(DataType.FP64);
        json.end();
        int rows = numbers.shape().size() == 1 ? 1 : numbers.shape().getFirst();
        if (rows > mostRows) {
            throw TensorInputs.tooMany(rows, mostRows);
        }
        if (rows == 0 || numbers.count() != (long) rows * inputs) {
            throw json.fault(
                    "",
                    rows + (rows == 1 ? " row of " : " rows of ") + (rows == 0 ? 0 : numbers.count() / rows)
                            + " numbers",
                    "rows of " + inputs + " numbers: " + model.saved().inputs().text(),
                    "send [...] for one example, [[...], [...]] for several");
        }
        float[] x = new float[numbers.count()];
        for (int i = 0; i < x.length; i++) {
            double value = numbers.get(i);
            if (most == 1 && (value < 0 || value > most)) {
                throw json.fault(
                        ", row " + i / inputs + ", number " + i % inputs,
                        Double.toString(value),
                        range,
                        "divide by 255");
            }
            x[i] = (float) value;
        }
        return new Examples(rows, x, List.of());
    }

    private Table csv(Request request) throws IOException {
        Preparation preparation = preparation(model);
        try {
            Table table = CsvFile.read("the body", request.body(), options(preparation), preparation.columns());
            if (table.count() > mostRows) {
                throw TensorInputs.tooMany(table.count(), mostRows);
            }
            return table;
        } catch (DataException bad) {
            throw refusal(bad);
        }
    }

    private static CsvOptions options(Preparation preparation) {
        CsvOptions all = CsvOptions.DETECTED;
        return new CsvOptions(
                all.separator(), all.quote(), all.header(), all.decimal(), "UTF-8", preparation.missing());
    }

    /// Rows as objects by the names of columns, or as arrays in the order of the training table; one alone or several.
    private Table json(Request request) throws IOException {
        JsonCursor json = new JsonCursor(request.text(), WHAT);
        List<Json> rows = new ArrayList<>();
        if (json.peek() == '{') {
            rows.add(json.value());
        } else {
            json.array(i -> {
                if (i >= mostRows) {
                    throw TensorInputs.tooMany(i + 1, mostRows);
                }
                rows.add(json.value());
            });
        }
        json.end();
        if (rows.isEmpty()) {
            throw json.fault("", "no rows", "one row at least", "send an object for each row");
        }
        return switch (rows.getFirst()) {
            case Json.Members first -> byName(rows);
            case Json.Items first -> byPosition(rows);
            default -> byPosition(List.of(new Json.Items(rows))); // one row without an array around it
        };
    }

    private Table byName(List<Json> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            if (!(rows.get(row) instanceof Json.Members(Map<String, Json> members))) {
                throw unlike(row, rows.get(row), "an object, as the first row");
            }
            names.addAll(members.keySet());
        }
        List<String> order = List.copyOf(names);
        List<String[]> cells = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            String[] line = new String[order.size()];
            Map<String, Json> members = ((Json.Members) rows.get(row)).values();
            for (int column = 0; column < line.length; column++) {
                line[column] = cell(members.getOrDefault(order.get(column), Json.Word.NULL), row, order.get(column));
            }
            cells.add(line);
        }
        return Table.of("the body", order, cells, true, missing(model));
    }

    private Table byPosition(List<Json> rows) {
        List<String[]> cells = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (!(rows.get(row) instanceof Json.Items(List<Json> items))) {
                throw unlike(row, rows.get(row), "an array, as the first row");
            }
            if (row > 0 && items.size() != cells.getFirst().length) {
                throw unlike(row, rows.get(row), cells.getFirst().length + " values, as the first row");
            }
            String[] line = new String[items.size()];
            for (int column = 0; column < line.length; column++) {
                line[column] = cell(items.get(column), row, Integer.toString(column));
            }
            cells.add(line);
        }
        List<String> names = IntStream.rangeClosed(1, cells.getFirst().length)
                .mapToObj(i -> "column_" + i)
                .toList();
        return Table.of("the body", names, cells, false, missing(model));
    }

    private static Refusal unlike(int row, Json found, String expected) {
        return new Refusal(
                400,
                WHAT,
                "the body, [" + row + "]",
                found instanceof Json.Items(List<Json> items) ? items.size() + " values" : found.toString(),
                expected,
                "write all rows alike");
    }

    private static String cell(Json value, int row, String column) {
        return switch (value) {
            case Json.Text(String text) -> text.strip();
            case Json.Numeral(String digits) -> text(Double.parseDouble(digits));
            case Json.Word word -> word == Json.Word.NULL ? "" : word.toString();
            case Json.Items items -> throw nested(row, column, "an array");
            case Json.Members members -> throw nested(row, column, "an object");
        };
    }

    private static Refusal nested(int row, String column, String found) {
        return new Refusal(
                400,
                WHAT,
                "the body, [" + row + "]." + column,
                found,
                "a number, a string, true, false or null",
                "send the cell alone");
    }

    /// A number as a cell: whole ones without a point, as labels have them.
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /// Rows of a table as inputs.
    ///
    /// @throws Refusal 400 if a column is missing, or a cell is not what the column holds
    static Examples encode(LoadedModel model, Table table) {
        Preparation preparation = preparation(model);
        try {
            Alignment alignment = Alignment.of(preparation, table);
            Encoded encoded = Encoded.of(
                    preparation,
                    table,
                    alignment,
                    IntStream.range(0, table.count()).toArray());
            int width = preparation.width();
            float[] x = new float[Math.multiplyExact(table.count(), width)];
            for (int row = 0; row < table.count(); row++) {
                for (int i = 0; i < width; i++) {
                    x[row * width + i] = (float) encoded.x().get(row, i);
                }
            }
            List<String> notes = new ArrayList<>(alignment.notes());
            notes.addAll(encoded.notes());
            return new Examples(table.count(), x, notes);
        } catch (DataException bad) {
            throw refusal(bad);
        }
    }

    /// Words that stand for nothing, as in the training table.
    static Set<String> missing(LoadedModel model) {
        return preparation(model).missing();
    }

    private static Preparation preparation(LoadedModel model) {
        return model.table().orElseThrow().preparation();
    }

    /// What the readers of tables say, without the options of the command line.
    private static Refusal refusal(DataException bad) {
        return new Refusal(
                400,
                bad.what(),
                bad.where(),
                bad.found(),
                bad.expected(),
                bad.remedy().contains("--") ? "write the rows as the training table has them" : bad.remedy());
    }
}
