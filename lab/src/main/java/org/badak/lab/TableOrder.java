package org.badak.lab;

import java.util.List;
import java.util.Locale;
import org.badak.catalog.Named;
import org.badak.catalog.Optimizers;
import org.badak.data.Json;
import org.badak.tabular.Column;
import org.badak.tabular.Table;
import org.badak.tabular.TableTask;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;

/// What the page wants to have learned from a table, in the words of `badak train FILE.csv`: the same words give the
/// same bits.
///
/// @param source the table
/// @param target name of the column to predict
/// @param hidden units of the hidden layers, first to last
/// @param optimizer name
/// @param rate learning rate at the beginning
/// @param epochs times that all rows are gone through
/// @param seed of the run
record TableOrder(
        Tables.Source source,
        String target,
        List<Integer> hidden,
        String optimizer,
        double rate,
        int epochs,
        int seed) {
    /// Share of the rows to test with, as the command line by default.
    static final double TEST_FRACTION = 0.2;

    private static final String DEFAULT_RULE = "adamw"; // with the weight decay of the defaults
    private static final int MOST_CHARACTERS = 1000;
    private static final int MOST_EPOCHS = 1_000_000;
    private static final int MOST_COLUMNS = 200; // that are told

    /// Reads an order.
    ///
    /// @throws IllegalArgumentException if a part of it is wrong
    static TableOrder of(Question question, Tables tables) {
        return new TableOrder(
                tables.source(question.text("data", MOST_CHARACTERS)),
                question.text("target", MOST_CHARACTERS),
                TrainingOrder.hidden(question.text("hidden", MOST_CHARACTERS)),
                question.word("optimizer", Named.names(Optimizers.OPTIMIZERS)),
                question.number("rate", 1e-9, 1e6),
                question.whole("epochs", 1, MOST_EPOCHS),
                question.whole("seed", 0, Integer.MAX_VALUE));
    }

    /// Tells what a table is taken for, and how it would be learned: `data`; `target`, empty for the one that is found
    /// by itself.
    static Json.Members look(Question question, Tables tables) {
        Table table = tables.source(question.text("data", MOST_CHARACTERS)).read();
        TableTask task = task(table, question.text("target", MOST_CHARACTERS));
        int training = task.divide(TEST_FRACTION, 1).train().length;
        TrainingSettings defaults = TrainingSettings.of(training, task.target().task(), 1);
        Answer answer = new Answer()
                .put("data", question.text("data", MOST_CHARACTERS))
                .put("rows", table.count())
                .put("columnCount", table.columns())
                .put("dialectEn", table.dialect().inWords(Locale.ENGLISH))
                .put("dialectKo", table.dialect().inWords(Locale.KOREAN))
                .put("target", table.names().get(task.target().column()))
                .put("task", task.target().task() == Task.CLASSIFICATION ? "classification" : "regression")
                .put("classes", task.classes())
                .put("reasonEn", task.target().reason(Locale.ENGLISH))
                .put("reasonKo", task.target().reason(Locale.KOREAN))
                .put("without", task.withoutTarget())
                .put("hidden", text(defaults.hidden()))
                .put("optimizer", DEFAULT_RULE)
                .put("rate", defaults.optimizer().learningRate())
                .put("epochs", defaults.epochs())
                .put("batch", defaults.batch());
        return answer.put(
                        "columns",
                        new Json.Items(task.columns().stream()
                                .limit(MOST_COLUMNS)
                                .<Json>map(TableOrder::told)
                                .toList()))
                .json();
    }

    private static Json told(Column column) {
        return new Answer()
                .put("name", column.name())
                .put("type", column.type().word())
                .put("missing", column.missing())
                .put("distinct", column.distinct())
                .put("contentEn", column.content(Locale.ENGLISH))
                .put("contentKo", column.content(Locale.KOREAN))
                .json();
    }

    private static String text(List<Integer> hidden) {
        return String.join(", ", hidden.stream().map(String::valueOf).toList());
    }

    private static TableTask task(Table table, String target) {
        return TableTask.of(table, new TableTask.Choices(target, null, List.of(), List.of(), List.of()));
    }

    /// What is to be learned.
    ///
    /// @throws org.badak.data.DataException if the target cannot be one
    TableTask task(Table table) {
        return task(table, target);
    }

    /// The defaults for tables, and what was ordered in place of them.
    ///
    /// @param rows training rows
    TrainingSettings settings(int rows, Task task) {
        TrainingSettings defaults = TrainingSettings.of(rows, task, seed);
        TrainingSettings chosen = new TrainingSettings(
                hidden,
                defaults.activation(),
                defaults.initialisation(),
                defaults.batch(),
                epochs,
                defaults.optimizer(),
                defaults.patience(),
                seed);
        return optimizer.equals(DEFAULT_RULE)
                ? chosen.withAdamW(rate, defaults.optimizer().decay().rate())
                : chosen.with(Optimizers.optimizer(optimizer + ":learning-rate=" + rate));
    }

    /// The options of `badak train` that give this run again.
    ///
    /// @param file where the table is
    Json.Members options(String file) {
        Answer options = new Answer()
                .put("data", file)
                .put("target", target)
                .put("hidden", hidden.isEmpty() ? "none" : text(hidden).replace(" ", ""));
        if (!optimizer.equals(DEFAULT_RULE)) {
            options.put("optimizer", optimizer);
        }
        if (!source.encoding().isEmpty()) {
            options.put("encoding", source.encoding());
        }
        return options.put("lr", rate).put("epochs", epochs).put("seed", seed).json();
    }
}
