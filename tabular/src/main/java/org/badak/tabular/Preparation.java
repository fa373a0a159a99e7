package org.badak.tabular;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.badak.data.DataException;

/// How rows of a table become inputs of a network and targets: fitted on training rows only, stored in
/// the model file, applied to any table with the same columns.
///
/// @param columns names of all columns of the table it was fitted on, in their order
/// @param headed whether the file named them; else columns are recognised by their position
/// @param missing words that stand for nothing, in lower case
/// @param target how the target is encoded
/// @param features how the columns that are learned from are encoded
/// @param left names of the columns that are left out, with the reason
/// @param weight name of the column of what each row weighs; empty where all weigh the same
public record Preparation(
        List<String> columns,
        boolean headed,
        Set<String> missing,
        TargetEncoding target,
        List<Feature> features,
        Map<String, String> left,
        String weight) {
    /// The most values of a category that become inputs; rarer ones are treated as values never seen.
    public static final int MOST_VALUES = Column.WORDS;
    /// The share of training rows in which a column must be missing to get an indicator.
    public static final double INDICATOR_SHARE = 0.05;

    private static final String EMPTY = "empty in the training rows";
    private static final String CONSTANT = "constant in the training rows";

    /// Copies the lists.
    public Preparation {
        columns = List.copyOf(columns);
        missing = Set.copyOf(missing);
        features = List.copyOf(features);
        left = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(left));
    }

    /// Learns from training rows how to prepare rows.
    ///
    /// @param task what is learned
    /// @param rows the training rows
    /// @throws DataException if nothing is left to learn from
    public static Preparation fit(TableTask task, int[] rows) {
        Table table = task.table();
        List<Feature> features = new ArrayList<>();
        Map<String, String> left = new java.util.LinkedHashMap<>();
        for (Column column : task.columns()) {
            if (column.index() == task.target().column()) {
                continue;
            }
            if (column.index() == task.weight()) {
                left.put(column.name(), "weight");
            } else if (task.ignored().contains(column.name())) {
                left.put(column.name(), "ignored");
            } else if (!column.type().isFeature()) {
                left.put(column.name(), column.type().word());
            } else if (column.type() == ColumnType.NUMERIC) {
                numeric(table, column, rows, features, left);
            } else {
                categories(table, column, rows, features, left);
            }
        }
        if (features.isEmpty()) {
            throw new DataException(
                    "cannot learn from the table: no column is left to learn from",
                    table.source(),
                    told(left, Locale.ENGLISH),
                    "at least one column of numbers or categories besides the target",
                    "add columns that tell something; --categorical and --numeric force the type of one");
        }
        return new Preparation(
                table.names(),
                table.dialect().headed(),
                table.missingWords(),
                TargetEncoding.fit(table, task.rows(), rows, task.target()),
                features,
                left,
                task.weight() < 0 ? "" : table.names().get(task.weight()));
    }

    private static void numeric(
            Table table, Column column, int[] rows, List<Feature> features, Map<String, String> left) {
        Moments present = Moments.of(table, rows, column.index());
        int missing = rows.length - present.count();
        // with the median in m of n rows: mean and squares of the whole from those of its parts
        double share = (double) missing / rows.length;
        double apart = present.median() - present.mean();
        double mean = present.mean() + share * apart;
        double variance = (1 - share) * present.deviation() * present.deviation() + share * (1 - share) * apart * apart;
        if (!(variance > 0) || !(present.deviation() > 0)) {
            left.put(column.name(), present.count() == 0 ? EMPTY : CONSTANT);
            return;
        }
        features.add(new Feature.Numeric(
                column.name(), present.median(), mean, Math.sqrt(variance), share >= INDICATOR_SHARE));
    }

    private static void categories(
            Table table, Column column, int[] rows, List<Feature> features, Map<String, String> left) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        for (int row : rows) {
            if (table.isMissing(row, column.index())) {
                missing++;
            } else {
                counts.merge(table.cell(row, column.index()), 1, Integer::sum);
            }
        }
        if (counts.size() < 2) {
            left.put(column.name(), counts.isEmpty() ? EMPTY : CONSTANT);
            return;
        }
        List<String> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_VALUES)
                .map(Map.Entry::getKey)
                .toList();
        features.add(new Feature.Categories(
                column.name(),
                List.copyOf(new TreeSet<>(frequent)),
                frequent.getFirst(),
                missing >= INDICATOR_SHARE * rows.length));
    }

    /// Number of inputs that a row becomes.
    public int width() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /// Names of the inputs, for readers.
    public List<String> inputNames() {
        return features.stream().flatMap(feature -> feature.names().stream()).toList();
    }

    /// Names of the columns that a table must have for a prediction.
    public List<String> needed() {
        return features.stream().map(Feature::column).toList();
    }

    /// The columns that are left out, in words: `id (identifier), same (constant)`; in Korean for Korean readers.
    public String leftInWords(Locale locale) {
        return told(left, locale);
    }

    private static String told(Map<String, String> left, Locale locale) {
        return String.join(
                ", ",
                left.entrySet().stream()
                        .map(column -> column.getKey() + " (" + reason(column.getValue(), locale) + ")")
                        .toList());
    }

    /// A reason for which a column is left out, in Korean for Korean readers, else in English.
    ///
    /// @param word as in [#left], where it is English as in model files
    public static String reason(String word, Locale locale) {
        if (!locale.getLanguage().equals("ko")) {
            return word;
        }
        return switch (word) {
            case "weight" -> "가중치";
            case "ignored" -> "제외하도록 지정";
            case EMPTY -> "훈련 행에서 비어 있음";
            case CONSTANT -> "훈련 행에서 모두 같음";
            default -> ColumnType.of(word).map(type -> type.word(locale)).orElse(word);
        };
    }

    /// What is learned.
    public Task task() {
        return switch (target) {
            case TargetEncoding.Classes classes -> Task.CLASSIFICATION;
            case TargetEncoding.Values values -> Task.REGRESSION;
        };
    }
}
