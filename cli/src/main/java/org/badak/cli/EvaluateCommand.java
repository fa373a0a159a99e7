package org.badak.cli;

import java.util.List;
import java.util.Locale;
import org.badak.catalog.SavedModel;
import org.badak.catalog.Suggestion;
import org.badak.data.Dataset;
import org.badak.kernel.Kernels;
import org.badak.report.Readings;
import org.badak.train.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak evaluate`: how well a trained model does.
@Command(
        name = "evaluate",
        header = "Evaluates a trained model.",
        description = {
            "Evaluates a model: accuracy, loss, precision, recall and F1 of each class, top 3, log loss, ROC AUC,"
                    + " confusion matrix, most confident mistakes.",
            "A model of a table: on the test rows of the table that it was trained on, or all rows of another CSV file.",
            "On the test examples of the data that it was trained on, unless --data names others: of those all, if they"
                    + " have no test part."
        })
final class EvaluateCommand extends BadakCommand {
    private static final int MISTAKES = 20;
    private static final List<String> SETS = List.of("test", "train");

    @Mixin
    private ModelArgument argument = new ModelArgument();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private CsvReadingOptions reading = new CsvReadingOptions();

    @Option(
            names = "--set",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Which images: test or train. Default: ${DEFAULT-VALUE}.")
    private String set = "test";

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    EvaluateCommand() {}

    @Override
    Outcome run(Console console) {
        if (!SETS.contains(set)) {
            throw new UsageException("--set: " + Suggestion.unknown("set", set, SETS));
        }
        threads.threads();
        SavedModel model = argument.read(console);
        if (TableAnswers.takes(model)) {
            return new TableAnswers(model, argument.file(), reading)
                    .evaluate(data.named(), set, threads, figures, console);
        }
        data.setDefault(model);
        LoadedData loaded = data.load(console);
        Dataset images =
                set.equals("test") ? loaded.split().test() : loaded.split().train();
        argument.requireFit(model, loaded);
        Evaluator.Score score;
        Readings readings;
        try (Kernels kernels = threads.kernels(model.parameters().precision())) {
            Evaluator evaluator = new Evaluator(model.network(), model.parameters(), kernels, images);
            score = evaluator.score();
            readings = Readings.of(evaluator, images);
        }
        console.result(String.format(
                Locale.ROOT,
                Texts.of("Accuracy %s (%,d of %,d), loss %.6f", "정확도 %s (%3$,d장 중 %2$,d장), 손실 %4$.6f"),
                Texts.percent(score.accuracy()),
                score.correct(),
                score.count(),
                score.loss()));
        ClassTable classes = new ClassTable(readings.classes(model.classNames()));
        classes.print(console);
        if (figures.wanted()) {
            figures.show("confusion", readings.confusion(model.classNames()), console);
            if (Readings.arePictures(images)) {
                figures.show("mistakes", readings.grid(images, model.classNames(), MISTAKES), console);
            }
        }
        return Outcome.ok(new ObjectBuilder()
                .put("accuracy", score.accuracy())
                .put("loss", score.loss())
                .put("count", score.count())
                .put("correct", score.correct())
                .put("metrics", classes.figures().json())
                .put("data", loaded.name())
                .put("set", loaded.split().isWhole() ? "all" : set)
                .put("model", argument.file().toString())
                .put("parameters_sha256", model.parameters().sha256())
                .put("figures", figures.json())
                .json());
    }
}
