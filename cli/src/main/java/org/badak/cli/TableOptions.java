package org.badak.cli;

import java.util.List;
import org.badak.catalog.Suggestion;
import org.badak.tabular.TableTask;
import org.badak.tabular.Task;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say what is learned from a table. Without them it is found out.
final class TableOptions {
    private static final List<String> TASKS = List.of("classification", "regression");
    private static final int MOST_FOLDS = 1000;

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "CSV: the column to predict, by name or number (from 1; -1 is the last). Default: one called"
                    + " class, target, label, species, outcome, response or y; else the last.")
    private String target = "";

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "CSV: classification or regression. Default: found out from the target.")
    private String task = "";

    @Option(
            names = "--ignore",
            paramLabel = "COLUMN[,COLUMN...]",
            split = ",",
            description = "CSV: columns to leave out, by name or number.")
    private List<String> ignored = List.of();

    @Option(
            names = "--weight",
            paramLabel = "COLUMN",
            description = "CSV: the column of what each row counts in loss and metrics, by name or number; positive"
                    + " numbers.")
    private String weight = "";

    @Option(
            names = "--numeric",
            paramLabel = "COLUMN[,COLUMN...]",
            split = ",",
            description = "CSV: columns that are numbers, whatever they look like.")
    private List<String> numeric = List.of();

    @Option(
            names = "--categorical",
            paramLabel = "COLUMN[,COLUMN...]",
            split = ",",
            description = "CSV: columns that are categories, whatever they look like.")
    private List<String> categorical = List.of();

    @Option(
            names = "--test-fraction",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Share of the rows or examples, by class, to test with, where there is no test part."
                    + " Default: ${DEFAULT-VALUE}.")
    private double testFraction = 0.2;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of the training rows or images, by class, that is held out and chooses the best"
                    + " parameters. Default: ${DEFAULT-VALUE}.")
    private double validation;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description = "CSV: measure by K-fold cross-validation; the model saved is then trained on all rows.")
    private @Nullable Integer folds;

    /// Made by picocli.
    TableOptions() {}

    /// What is demanded of the columns.
    TableTask.Choices choices() {
        Task demanded = null;
        if (!task.isEmpty()) {
            if (!TASKS.contains(task)) {
                throw new UsageException("--task: " + Suggestion.unknown("task", task, TASKS));
            }
            demanded = task.equals("regression") ? Task.REGRESSION : Task.CLASSIFICATION;
        }
        return new TableTask.Choices(target, demanded, ignored, numeric, categorical, weight);
    }

    /// Share of rows to test with.
    double testFraction() {
        return testFraction;
    }

    /// Share of training rows that says when to end.
    double validation() {
        return validation;
    }

    /// Number of folds; 0 for none.
    int folds() {
        return folds == null ? 0 : folds;
    }

    /// Checks what does not depend on data.
    void check() {
        if (!(testFraction > 0 && testFraction < 1)) {
            throw UsageException.of("--test-fraction", testFraction, "above 0 and below 1", "try 0.2");
        }
        if (!(validation >= 0 && validation < 1)) {
            throw UsageException.of("--validation", validation, "from 0 to below 1", "try 0.15");
        }
        if (folds != null && (folds < 2 || folds > MOST_FOLDS)) {
            throw UsageException.of("--folds", folds, "2 to " + MOST_FOLDS, "try --folds 5");
        }
        if (!task.isEmpty()) {
            choices();
        }
    }
}
