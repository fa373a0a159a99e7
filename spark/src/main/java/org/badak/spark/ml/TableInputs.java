package org.badak.spark.ml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.StructField;
import org.badak.catalog.Inputs;
import org.badak.data.Json;
import scala.Option;

/// What a model file says of its inputs, in the words of `badak-tabular`, so that `badak predict` and
/// `badak serve` take a CSV file or rows by their columns' names: each feature is a column of numbers
/// that are taken as they are, and an empty cell counts as the column's mean in training.
final class TableInputs {
    private TableInputs() {}

    /// The names of the features, if all have one, as those of a VectorAssembler do; else none.
    static List<String> names(StructField features) {
        Option<Attribute[]> attributes =
                AttributeGroup.fromStructField(features).attributes();
        List<String> names = new ArrayList<>();
        if (attributes.isDefined()) {
            for (Attribute attribute : attributes.get()) {
                if (attribute.name().isDefined()) {
                    names.add(attribute.name().get());
                }
            }
        }
        boolean all = attributes.isDefined() && names.size() == attributes.get().length;
        return all && names.stream().distinct().count() == names.size() ? names : List.of();
    }

    /// Names for features that have none: `x0`, `x1`, ….
    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("x" + i);
        }
        return names;
    }

    /// A table with classes to predict.
    static Inputs classes(List<String> names, float[] x, String label, List<String> classNames) {
        Map<String, Json> target = new LinkedHashMap<>();
        target.put("labels", Json.of(classNames));
        return table(names, x, label, target);
    }

    /// A table with numbers to predict, mean + deviation · output.
    static Inputs values(List<String> names, float[] x, String label, double mean, double deviation) {
        Map<String, Json> target = new LinkedHashMap<>();
        target.put("mean", Json.of(mean));
        target.put("deviation", Json.of(deviation));
        return table(names, x, label, target);
    }

    private static Inputs table(List<String> names, float[] x, String label, Map<String, Json> meaning) {
        String target = unlike(names, label);
        List<String> columns = new ArrayList<>(names);
        columns.add(target);
        Map<String, Json> told = new LinkedHashMap<>();
        told.put("column", Json.of(target));
        told.putAll(meaning);
        List<Json> features = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            features.add(feature(names.get(i), mean(x, i, names.size())));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("version", Json.of(1L));
        members.put("columns", Json.of(columns));
        members.put("headed", Json.Word.TRUE);
        members.put("missing", Json.of(List.of("")));
        members.put("target", new Json.Members(told));
        members.put("features", new Json.Items(features));
        members.put("left", new Json.Members(new LinkedHashMap<>()));
        return new Inputs.Table(names.size(), new Json.Members(members));
    }

    private static Json feature(String name, double mean) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("column", Json.of(name));
        members.put("indicator", Json.Word.FALSE);
        members.put("median", Json.of(mean));
        members.put("mean", Json.of(0.0));
        members.put("deviation", Json.of(1.0));
        return new Json.Members(members);
    }

    private static double mean(float[] x, int column, int columns) {
        int rows = x.length / columns;
        double sum = 0;
        for (int i = column; i < x.length; i += columns) {
            sum += x[i];
        }
        return sum / rows;
    }

    private static String unlike(List<String> names, String wanted) {
        String name = wanted;
        while (names.contains(name)) {
            name += "_";
        }
        return name;
    }

    /// What a file's table says of its numbers to predict.
    ///
    /// @param name `mean` or `deviation`
    static double ofTarget(Inputs inputs, String name) {
        if (inputs instanceof Inputs.Table(long columns, Json.Members preparation)
                && preparation.values().get("target") instanceof Json.Members target
                && target.values().get(name) instanceof Json.Numeral(String digits)) {
            return Double.parseDouble(digits);
        }
        throw new IllegalArgumentException("model: expected a table with the " + name
                + " of the numbers to predict, found none: it is not a model of BadakRegressor");
    }
}
