package org.badak.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.badak.data.DataException;
import org.badak.data.Partition;
import org.jspecify.annotations.Nullable;

/// What is to be learned from a table: its columns, the target, and the rows that have one.
///
/// @param table the table
/// @param columns what its columns are taken for
/// @param target what is predicted
/// @param ignored names of the columns that are left out on demand
/// @param weight column of what each row weighs, from 0; -1 where all weigh the same
/// @param rows the rows whose target is not missing, ascending
/// @param strata class of each of those rows, for stratified divisions; all 0 for regression
/// @param classes number of strata
public record TableTask(
        Table table,
        List<Column> columns,
        Target target,
        Set<String> ignored,
        int weight,
        int[] rows,
        int[] strata,
        int classes) {
    /// What a user demands of a task; what is left open is found out from the table.
    ///
    /// @param target name or number of the column to predict, or empty
    /// @param task classification or regression, or null
    /// @param ignored names or numbers of columns to leave out
    /// @param numeric names or numbers of columns that are numeric whatever they look like
    /// @param categorical names or numbers of columns that are categorical whatever they look like
    /// @param weight name or number of the column of what each row weighs, or empty
    public record Choices(
            String target,
            @Nullable Task task,
            List<String> ignored,
            List<String> numeric,
            List<String> categorical,
            String weight) {
        /// Rows that all weigh the same.
        public Choices(
                String target,
                @Nullable Task task,
                List<String> ignored,
                List<String> numeric,
                List<String> categorical) {
            this(target, task, ignored, numeric, categorical, "");
        }

        /// Finds out everything.
        public static final Choices OPEN = new Choices("", null, List.of(), List.of(), List.of());

        /// Looks at all columns of a table, as these choices demand.
        ///
        /// @throws DataException if a column is not there
        public List<Column> columns(Table table) {
            return Column.of(table, names(table, numeric, "--numeric"), names(table, categorical, "--categorical"));
        }

        private static Set<String> names(Table table, List<String> texts, String option) {
            Set<String> names = new HashSet<>();
            for (String text : texts) {
                names.add(table.names().get(table.column(text, option)));
            }
            return names;
        }
    }

    /// Finds out what is to be learned.
    ///
    /// @throws DataException if a column is not there, or cannot be what it should be
    public static TableTask of(Table table, Choices choices) {
        Set<String> ignored = Choices.names(table, choices.ignored(), "--ignore");
        List<Column> columns = choices.columns(table);
        int weight = choices.weight().isEmpty() ? -1 : table.column(choices.weight(), "--weight");
        List<Column> candidates = columns.stream()
                .filter(column -> !ignored.contains(column.name()) && column.index() != weight)
                .toList();
        if (candidates.isEmpty()) {
            throw new DataException(
                    "cannot learn from the table: all columns are ignored",
                    table.source(),
                    "--ignore " + String.join(",", choices.ignored()),
                    "a target and at least one other column",
                    "ignore fewer columns");
        }
        Target target;
        if (choices.target().isEmpty()) {
            target = Target.choose(table, candidates, "", choices.task());
        } else {
            target = Target.choose(table, columns, choices.target(), choices.task());
        }
        if (weight == target.column()) {
            throw new DataException(
                    "cannot weigh rows by what is to be predicted",
                    table.source() + ", column " + (weight + 1) + " ("
                            + table.names().get(weight) + ")",
                    "the same column for --weight and as the target, " + target.reason(),
                    "two columns",
                    "name the column to predict with --target");
        }
        int[] rows = new int[table.count()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (!table.isMissing(row, target.column())) {
                rows[count++] = row;
            }
        }
        rows = Arrays.copyOf(rows, count);
        List<String> labels = new ArrayList<>();
        int[] strata = new int[count];
        if (target.task() == Task.CLASSIFICATION) {
            for (int i = 0; i < count; i++) {
                String label = TargetEncoding.label(table, rows[i], target.column());
                if (!labels.contains(label)) {
                    labels.add(label);
                }
                strata[i] = labels.indexOf(label);
            }
        }
        return new TableTask(table, columns, target, ignored, weight, rows, strata, Math.max(1, labels.size()));
    }

    /// Number of rows that are left out because their target is missing.
    public int withoutTarget() {
        return table.count() - rows.length;
    }

    /// Divides the rows: stratified by class, or at random for regression.
    ///
    /// @param fraction of rows held out
    /// @return rows of the table
    /// @throws DataException if one part would have no rows
    public Partition divide(double fraction, long seed) {
        Partition places = Partition.of(strata, classes, fraction, seed);
        if (places.held().length == 0 && fraction > 0) {
            throw new DataException(
                    "cannot divide the table: no row is left to hold out",
                    table.source(),
                    rows.length + " rows with a target, of which " + NumberText.of(100 * fraction)
                            + " % are to be held out, and at least one of each class is to be learned from",
                    "at least one row in each part",
                    "use a table with more rows, another fraction, or another target");
        }
        return rowsOf(places);
    }

    /// k divisions, in each of which another k-th of the rows is held out.
    ///
    /// @throws DataException if there are fewer rows than folds
    public List<Partition> folds(int folds, long seed) {
        return folds(rows, folds, seed);
    }

    /// k divisions of some rows, in each of which another k-th of them is held out.
    ///
    /// @param some rows of the table
    /// @throws DataException if there are fewer rows than folds
    public List<Partition> folds(int[] some, int folds, long seed) {
        if (folds < 2 || folds > some.length) {
            throw new DataException(
                    "cannot divide the table into folds",
                    table.source(),
                    folds + " folds of " + some.length + " rows with a target",
                    "2 to " + some.length + " folds",
                    "try 5");
        }
        return Partition.folds(strata(some), classes, folds, seed).stream()
                .map(places -> new Partition(picked(some, places.train()), picked(some, places.held())))
                .toList();
    }

    /// Divides some rows again, those to learn from into training and validation.
    ///
    /// @param some rows of the table
    public Partition divide(int[] some, double fraction, long seed) {
        Partition places = Partition.of(strata(some), classes, fraction, seed);
        return new Partition(picked(some, places.train()), picked(some, places.held()));
    }

    private int[] strata(int[] some) {
        int[] labels = new int[some.length];
        for (int i = 0; i < some.length; i++) {
            labels[i] = strata[Arrays.binarySearch(rows, some[i])];
        }
        return labels;
    }

    private Partition rowsOf(Partition places) {
        return new Partition(picked(rows, places.train()), picked(rows, places.held()));
    }

    private static int[] picked(int[] from, int[] places) {
        int[] rows = new int[places.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from[places[i]];
        }
        return rows;
    }
}
