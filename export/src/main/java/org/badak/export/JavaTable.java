package org.badak.export;

import java.util.List;
import org.badak.tabular.Feature;
import org.badak.tabular.Preparation;
import org.badak.tabular.TargetEncoding;

/// How rows of a table become inputs of an exported network, and its outputs answers: the rules of `badak predict`.
///
/// @param preparation that of the model
/// @param functions which the rules call
record JavaTable(Preparation preparation, JavaFunctions functions) {
    private static final int FEATURES = 50; // of a method, which may have 65,535 bytes of code

    /// The members of the class that take rows.
    String members() {
        StringBuilder source = new StringBuilder();
        source.append("""

                    /** The columns that a row must have, in any order; what is not known is null, empty or one of MISSING. */
                    public static final List<String> COLUMNS = List.of(%s);

                    /** Words that stand for nothing, in lower case. */
                    public static final Set<String> MISSING = Set.of(%s);

                    /**
                     * The inputs of the network for a row.
                     *
                     * @param row cells by the name of their column; numbers with a decimal point
                     * @throws IllegalArgumentException if a column is missing, or a cell of a column of numbers is none
                     */
                    public static float[] inputs(Map<String, String> row) {
                        float[] x = new float[INPUTS];
                """.formatted(
                        JavaText.quoted(preparation.needed()),
                        JavaText.quoted(preparation.missing().stream().sorted().toList())));
        List<Feature> features = preparation.features();
        int parts = (features.size() + FEATURES - 1) / FEATURES;
        for (int part = 0; part < parts; part++) {
            source.append("        inputs").append(part).append("(row, x);\n");
        }
        source.append("        return x;\n    }\n");
        int place = 0;
        for (int part = 0; part < parts; part++) {
            source.append("\n    private static void inputs")
                    .append(part)
                    .append("(Map<String, String> row, float[] x) {\n");
            for (int i = part * FEATURES; i < Math.min((part + 1) * FEATURES, features.size()); i++) {
                source.append("        ")
                        .append(feature(features.get(i), place))
                        .append(";\n");
                place += features.get(i).width();
            }
            source.append("    }\n");
        }
        return source.append(answer()).toString();
    }

    private String feature(Feature feature, int place) {
        return switch (feature) {
            case Feature.Numeric numeric ->
                functions.use("numeric") + "(row, " + JavaText.quoted(numeric.column()) + ", " + numeric.median() + ", "
                        + numeric.mean() + ", " + numeric.deviation() + ", " + numeric.indicator() + ", x, " + place
                        + ")";
            case Feature.Categories categories ->
                functions.use("category") + "(row, " + JavaText.quoted(categories.column()) + ", "
                        + JavaText.quoted(categories.mode()) + ", " + categories.indicator() + ", x, " + place + ", "
                        + JavaText.quoted(categories.values()) + ")";
        };
    }

    private String answer() {
        return switch (preparation.target()) {
            case TargetEncoding.Classes classes -> """

                    /** The most probable label of a row; see inputs. */
                    public static String answer(Map<String, String> row) {
                        return CLASSES.get(classOf(inputs(row)));
                    }

                    /** The probability of each of CLASSES for a row; see inputs. */
                    public static float[] predict(Map<String, String> row) {
                        return predict(inputs(row));
                    }
                """;
            case TargetEncoding.Values values -> """

                    /** The number that is expected for a row, in the units of the table; see inputs. */
                    public static double answer(Map<String, String> row) {
                        return %s + %s * predict(inputs(row))[0];
                    }
                """.formatted(values.mean(), values.deviation());
        };
    }
}
