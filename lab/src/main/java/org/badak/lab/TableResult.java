package org.badak.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.badak.data.Json;
import org.badak.kernel.Kernels;
import org.badak.report.TableRecord;
import org.badak.tabular.Importance;
import org.badak.tabular.Predictions;
import org.badak.tabular.Score;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;

/// What a run on a table came to, for the page: how good the test rows are, which were taken for what, and which
/// columns
/// the model relies on.
///
/// @param task what was learned
/// @param model what came of it
/// @param tested rows of the test
/// @param training score of the training rows
/// @param test score of the test rows
/// @param judgement of the distance between them
record TableResult(
        TableTask task, TableModel model, int[] tested, Score training, Score test, TableRecord.Judgement judgement) {
    private static final int MOST_CLASSES = 30; // of a confusion matrix on the page
    private static final int MOST_POINTS = 400; // rows in the figure of predictions
    private static final int MOST_MEASURED = 2000; // rows that tell which columns matter
    private static final int MOST_COLUMNS = 20;
    private static final int DEALINGS = 5;

    /// All of it.
    ///
    /// @param seed by which columns are dealt out
    Answer told(Kernels kernels, long seed) {
        Answer answer = new Answer()
                .put("count", test.count())
                .put("train", training.headline())
                .put("test", test.headline())
                .put("verdict", judgement.verdict().word())
                .put("sentenceEn", judgement.verdict().sentence(judgement.gap(), Locale.ENGLISH))
                .put("sentenceKo", judgement.verdict().sentence(judgement.gap(), Locale.KOREAN));
        switch (test) {
            case Score.Classes classes -> {
                answer.put("correct", classes.confusion().correct())
                        .put("macroF1", classes.confusion().macroF1())
                        .put("loss", classes.loss());
                if (classes.labels().size() <= MOST_CLASSES) {
                    answer.put("labels", Json.of(classes.labels()))
                            .put("confusion", RunsRoom.table(classes.confusion().table()));
                }
            }
            case Score.Values values ->
                answer.put("rmse", values.errors().rootMeanSquaredError())
                        .put("mae", values.errors().meanAbsoluteError())
                        .put("points", points(kernels));
        }
        List<Importance> columns = Importance.of(
                model,
                kernels,
                task.table(),
                Arrays.copyOf(tested, Math.min(tested.length, MOST_MEASURED)),
                DEALINGS,
                seed);
        return answer.put(
                "importance",
                new Json.Items(columns.stream()
                        .limit(MOST_COLUMNS)
                        .<Json>map(each -> new Answer()
                                .put("column", each.column())
                                .put("drop", each.drop())
                                .json())
                        .toList()));
    }

    /// Truth and prediction of some test rows, evenly.
    private Json points(Kernels kernels) {
        int every = Math.max(1, (tested.length + MOST_POINTS - 1) / MOST_POINTS);
        int[] rows = new int[(tested.length + every - 1) / every];
        Arrays.setAll(rows, i -> tested[i * every]);
        List<Json> points = new ArrayList<>();
        if (model.predict(kernels, task.table(), rows) instanceof Predictions.Values predicted) {
            for (int i = 0; i < rows.length; i++) {
                points.add(Answer.numbers(
                        task.table().number(rows[i], task.target().column()),
                        predicted.values()[i]));
            }
        }
        return new Json.Items(points);
    }
}
