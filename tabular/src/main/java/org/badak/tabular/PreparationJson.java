package org.badak.tabular;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.data.Json;

/// A [Preparation] as JSON, as model files hold it, and back. Reading checks everything: a file may
/// come from a stranger.
final class PreparationJson {
    private static final long VERSION = 1;

    private PreparationJson() {}

    static Json.Members write(Preparation preparation) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("version", Json.of(VERSION));
        members.put("columns", Json.of(preparation.columns()));
        members.put("headed", Json.of(preparation.headed()));
        members.put("missing", Json.of(preparation.missing().stream().sorted().toList()));
        members.put("target", target(preparation.target()));
        members.put(
                "features",
                new Json.Items(preparation.features().stream()
                        .<Json>map(PreparationJson::feature)
                        .toList()));
        Map<String, Json> left = new LinkedHashMap<>();
        preparation.left().forEach((column, reason) -> left.put(column, Json.of(reason)));
        members.put("left", new Json.Members(left));
        if (!preparation.weight().isEmpty()) {
            members.put("weight", Json.of(preparation.weight()));
        }
        return new Json.Members(members);
    }

    private static Json target(TargetEncoding target) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("column", Json.of(target.column()));
        switch (target) {
            case TargetEncoding.Classes classes -> members.put("labels", Json.of(classes.labels()));
            case TargetEncoding.Values values -> {
                members.put("mean", Json.of(values.mean()));
                members.put("deviation", Json.of(values.deviation()));
            }
        }
        return new Json.Members(members);
    }

    private static Json feature(Feature feature) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("column", Json.of(feature.column()));
        members.put("indicator", Json.of(feature.indicator()));
        switch (feature) {
            case Feature.Numeric numeric -> {
                members.put("median", Json.of(numeric.median()));
                members.put("mean", Json.of(numeric.mean()));
                members.put("deviation", Json.of(numeric.deviation()));
            }
            case Feature.Categories categories -> {
                members.put("values", Json.of(categories.values()));
                members.put("mode", Json.of(categories.mode()));
            }
        }
        return new Json.Members(members);
    }

    /// @throws DataException where the object is not one that [#write] makes
    static Preparation read(Json.Members object, String where) {
        Fields fields = new Fields(object, where + ", table");
        if (fields.number("version") != VERSION) {
            throw fields.error("version", String.valueOf(object.values().get("version")), "1");
        }
        List<String> columns = fields.texts("columns");
        if (new HashSet<>(columns).size() < columns.size()) {
            throw fields.error("columns", "a name twice", "a name of its own for each column");
        }
        Fields target = fields.object("target");
        TargetEncoding encoding = target.object.values().containsKey("labels")
                ? new TargetEncoding.Classes(target.column(columns), target.texts("labels"))
                : new TargetEncoding.Values(
                        target.column(columns), target.number("mean"), target.positive("deviation"));
        List<Feature> features = new ArrayList<>();
        for (Fields feature : fields.objects("features")) {
            String column = feature.column(columns);
            boolean indicator = feature.truth("indicator");
            features.add(
                    feature.object.values().containsKey("values")
                            ? new Feature.Categories(column, feature.texts("values"), feature.text("mode"), indicator)
                            : new Feature.Numeric(
                                    column,
                                    feature.number("median"),
                                    feature.number("mean"),
                                    feature.positive("deviation"),
                                    indicator));
        }
        Map<String, String> left = new LinkedHashMap<>();
        Fields reasons = fields.object("left");
        for (String column : reasons.object.values().keySet()) {
            left.put(column, reasons.text(column));
        }
        boolean weighted = object.values().containsKey("weight");
        if (weighted && !columns.contains(fields.text("weight"))) {
            throw fields.wrong("weight", "one of the table's columns, " + Table.some(columns));
        }
        return new Preparation(
                columns,
                fields.truth("headed"),
                new HashSet<>(fields.texts("missing")),
                encoding,
                features,
                left,
                weighted ? fields.text("weight") : "");
    }

    /// The members of an object, with messages that say where they stand.
    private record Fields(Json.Members object, String where) {
        Json member(String name, String expected) {
            Json value = object.values().get(name);
            if (value == null) {
                throw error(name, "nothing", expected);
            }
            return value;
        }

        String text(String name) {
            if (member(name, "a text") instanceof Json.Text(String value)) {
                return value;
            }
            throw wrong(name, "a text");
        }

        boolean truth(String name) {
            Json value = member(name, "true or false");
            if (value != Json.Word.TRUE && value != Json.Word.FALSE) {
                throw wrong(name, "true or false");
            }
            return value == Json.Word.TRUE;
        }

        double number(String name) {
            if (member(name, "a number") instanceof Json.Numeral(String digits)
                    && Double.isFinite(Double.parseDouble(digits))) {
                return Double.parseDouble(digits);
            }
            throw wrong(name, "a finite number");
        }

        double positive(String name) {
            double value = number(name);
            if (!(value > 0)) {
                throw wrong(name, "a number above 0");
            }
            return value;
        }

        List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            for (Json item : items(name)) {
                if (!(item instanceof Json.Text(String value))) {
                    throw wrong(name, "an array of texts");
                }
                texts.add(value);
            }
            return texts;
        }

        List<Fields> objects(String name) {
            List<Fields> objects = new ArrayList<>();
            for (Json item : items(name)) {
                if (!(item instanceof Json.Members members)) {
                    throw wrong(name, "an array of objects");
                }
                objects.add(new Fields(members, where + ", " + name + " " + objects.size()));
            }
            return objects;
        }

        Fields object(String name) {
            if (member(name, "an object") instanceof Json.Members members) {
                return new Fields(members, where + ", " + name);
            }
            throw wrong(name, "an object");
        }

        String column(List<String> columns) {
            if (!columns.contains(text("column"))) {
                throw wrong("column", "one of the table's columns, " + Table.some(columns));
            }
            return text("column");
        }

        private List<Json> items(String name) {
            if (member(name, "an array") instanceof Json.Items(List<Json> values)) {
                return values;
            }
            throw wrong(name, "an array");
        }

        private DataException wrong(String name, String expected) {
            return error(name, Table.shortened(String.valueOf(object.values().get(name))), expected);
        }

        DataException error(String name, String found, String expected) {
            return new DataException(
                    "cannot use the model file: its table preparation is damaged",
                    where + ", " + name,
                    found,
                    expected,
                    "use a file that badak train wrote: runs/<name>/model.safetensors");
        }
    }
}
