package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.Json;
import org.badak.data.Partition;
import org.badak.kernel.Kernels;
import org.badak.report.TableRecord;
import org.badak.tabular.Alignment;
import org.badak.tabular.Encoded;
import org.badak.tabular.Predictions;
import org.badak.tabular.Score;
import org.badak.tabular.Table;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;

/// What models of tables answer: predictions, and how good they are.
///
/// @param saved the model as it was read
/// @param file where from
/// @param reading how CSV files are written
record TableAnswers(SavedModel saved, Path file, CsvReadingOptions reading) {
    private static final int SHOWN = 20;

    /// Whether a model takes rows of tables.
    static boolean takes(SavedModel model) {
        return model.inputs() instanceof Inputs.Table;
    }

    /// Predicts all rows of files.
    BadakCommand.Outcome predict(List<Path> files, ThreadOptions threads, Console console) {
        TableModel model = TableModel.of(saved, file.toString());
        List<Json> predictions = new ArrayList<>();
        try (Kernels kernels = threads.kernels(saved.parameters().precision())) {
            for (Path path : files) {
                Table table = reading.read(path, model.preparation().columns());
                Alignment alignment = Alignment.of(model.preparation(), table);
                Encoded encoded = Encoded.of(
                        model.preparation(),
                        table,
                        alignment,
                        IntStream.range(0, table.count()).toArray());
                Predictions answers = model.predict(kernels, encoded);
                alignment.notes().forEach(note -> console.note(Texts.of("Note: ", "알림: ") + note));
                TableRun.notes(encoded, console);
                for (int row = 0; row < answers.count(); row++) {
                    predictions.add(prediction(table, answers, row));
                    if (predictions.size() <= SHOWN) {
                        console.result(table.place(row) + ": " + text(answers, row));
                    }
                }
            }
        }
        if (predictions.size() > SHOWN) {
            console.result(Texts.of("... and ", "... 그 밖에 ")
                    + Texts.count(predictions.size() - SHOWN)
                    + Texts.of(" more; --json prints them all", "행; --json은 모두 출력합니다"));
        }
        return BadakCommand.Outcome.ok(new ObjectBuilder()
                .put("predictions", new Json.Items(predictions))
                .put("target", model.preparation().target().column())
                .put("model", file.toString())
                .json());
    }

    private static String text(Predictions answers, int row) {
        return switch (answers) {
            case Predictions.Values values -> values.answer(row);
            case Predictions.Classes classes -> {
                double[] all = classes.probabilities().toArray()[row];
                int best = classes.best(row);
                int second = best == 0 ? 1 : 0;
                for (int c = 0; c < all.length; c++) {
                    second = c != best && all[c] > all[second] ? c : second;
                }
                yield String.format(
                        Locale.ROOT,
                        Texts.of("%s  %s  (then %s, %s)", "%s  %s  (다음은 %s, %s)"),
                        classes.answer(row),
                        Texts.percent(all[best]),
                        classes.labels().get(second),
                        Texts.percent(all[second]));
            }
        };
    }

    private static Json prediction(Table table, Predictions answers, int row) {
        ObjectBuilder json = new ObjectBuilder().put("file", table.source()).put("line", table.line(row));
        switch (answers) {
            case Predictions.Values values -> json.put("value", values.values()[row]);
            case Predictions.Classes classes -> {
                ObjectBuilder all = new ObjectBuilder();
                for (int c = 0; c < classes.labels().size(); c++) {
                    all.put(classes.labels().get(c), classes.probabilities().get(row, c));
                }
                json.put("label", classes.answer(row))
                        .put("probability", classes.probability(row))
                        .put("probabilities", all.json());
            }
        }
        return json.json();
    }

    /// Evaluates a file; the one the model was trained on is divided as it was then.
    ///
    /// @param data the file, or empty for that of the training
    /// @param set `test` or `train`
    BadakCommand.Outcome evaluate(
            String data, String set, ThreadOptions threads, FigureOptions figures, Console console) {
        TableModel model = TableModel.of(saved, file.toString());
        String origin = saved.origin().getOrDefault("data", "");
        Path path = Path.of(data.isEmpty() ? origin : data);
        Table table = reading.read(path, model.preparation().columns());
        int[] rows = IntStream.range(0, table.count()).toArray();
        String which = "all";
        double fraction = Double.parseDouble(saved.origin().getOrDefault("test_fraction", "0"));
        if (fraction > 0 && table.sha256().equals(saved.origin().get("data_sha256"))) {
            rows = divided(model, table, fraction, set);
            which = set;
        }
        Score score;
        try (Kernels kernels = threads.kernels(saved.parameters().precision())) {
            score = model.evaluate(kernels, table, rows);
        }
        Alignment.of(model.preparation(), table)
                .notes()
                .forEach(note -> console.note(Texts.of("Note: ", "알림: ") + note));
        console.note(
                switch (which) {
                    case "all" -> Texts.of("Rows: all ", "행: 모두 ") + Texts.count(rows.length) + ", " + path;
                    default ->
                        Texts.of(
                                "Rows: the " + set + " rows of the training run, " + rows.length + " of " + path,
                                "행: 학습 때의 " + set + " 행, " + path + "의 " + rows.length + "행");
                });
        console.result(TableText.headline(score));
        TableText.classes(score, console);
        if (figures.wanted() && score instanceof Score.Classes classes) {
            figures.show("confusion", TableText.confusion(classes), console);
        }
        return BadakCommand.Outcome.ok(new ObjectBuilder()
                .put("score", TableRecord.score(score))
                .put("rows", rows.length)
                .put("set", which)
                .put("data", path.toString())
                .put("model", file.toString())
                .put("parameters_sha256", saved.parameters().sha256())
                .put("figures", figures.json())
                .json());
    }

    private int[] divided(TableModel model, Table table, double fraction, String set) {
        TableTask task = TableTask.of(
                table,
                new TableTask.Choices(
                        model.preparation().target().column(),
                        model.preparation().task(),
                        List.of(),
                        List.of(),
                        Arrays.asList(categories(model)),
                        model.preparation().weight()));
        Partition split = task.divide(fraction, saved.seed());
        return set.equals("test") ? split.held() : split.train();
    }

    private static String[] categories(TableModel model) {
        return model.preparation().features().stream()
                .filter(feature -> feature instanceof org.badak.tabular.Feature.Categories)
                .map(org.badak.tabular.Feature::column)
                .toArray(String[]::new);
    }
}
