package org.badak.lab;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.badak.data.Json;
import org.badak.figure.Figure;
import org.badak.figure.report.Section;
import org.badak.figure.report.Words;
import org.badak.kernel.KernelChoice;
import org.badak.model.Parameters;
import org.badak.report.TableRecord;
import org.badak.report.TableReport;
import org.badak.tabular.Preparation;
import org.badak.tabular.Score;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.train.Evaluation;
import org.badak.train.GapWatch;
import org.jspecify.annotations.Nullable;

/// Writes the folder of a run of the lab on a table, with the files of the command line's, and the table itself where a
/// page has handed it in.
final class TableRunWriter implements AutoCloseable {
    private final TableOrder order;
    private final RunFiles files;
    private final TableTask task;
    private final long begun = System.nanoTime();
    private @Nullable TableRecord record;
    private @Nullable GapWatch watch;
    private Json.Members configuration = new Answer().json();

    /// Makes the folder, and saves the table in it unless it has a file of its own.
    ///
    /// @param first the task as the table was handed in
    /// @param folderName a part of the folder's name
    TableRunWriter(RunFolders runs, TableOrder order, TableTask first, String folderName) {
        this.order = order;
        files = RunFiles.create(runs, folderName);
        if (order.source().path().isPresent()) {
            task = first;
        } else {
            String name = order.source().name();
            files.write(name, order.source().content());
            Tables.Source kept = new Tables.Source(
                    name,
                    java.util.Optional.of(files.file(name)),
                    new byte[0],
                    order.source().encoding());
            task = order.task(kept.read());
        }
    }

    /// What is learned, from the table where the run finds it again.
    TableTask task() {
        return task;
    }

    /// Writes the configuration.
    ///
    /// @return the folder's name
    String begin(TableRecord made) {
        record = made;
        watch = new GapWatch(made::gap, opening -> {});
        Answer json = new Answer();
        made.configuration(Preparation.fit(task, made.inner().train())).forEach(json::put);
        json.put("test_fraction", made.testFraction())
                .put("validation", 0.0)
                .put("folds", 0L)
                .put("seed", made.settings().seed())
                .put("kernels", KernelChoice.current().set().name())
                .put("java", Runtime.version().toString())
                .put("made_by", "badak lab");
        configuration = json.json();
        files.configuration(order.options(task.table().source()), configuration);
        return files.name();
    }

    /// Adds a reading.
    void evaluated(Evaluation reading, Parameters parameters) {
        GapWatch watching = Objects.requireNonNull(watch);
        watching.evaluated(reading);
        Answer line = new Answer();
        TableRecord.metrics(reading).forEach(line::put);
        putGap(line, watching);
        line.put("parameters_hash", HexFormat.of().toHexDigits(parameters.quickHash()));
        files.append("metrics.jsonl", line.json());
    }

    private static void putGap(Answer json, GapWatch watching) {
        watching.opening()
                .ifPresent(opening ->
                        json.put("gap_opened_at_step", opening.reading().step()));
    }

    /// Writes the model, the curves, the report and, as the last, what the run came to.
    ///
    /// @param stopped whether the page ended it
    void finish(
            TableTraining.Result trained,
            Score training,
            Score test,
            TableRecord.Judgement judgement,
            boolean stopped) {
        TableRecord made = Objects.requireNonNull(record);
        String hash = trained.model().parameters().sha256();
        double seconds = Clock.since(begun);
        files.model(trained.model().saved(made.settings().seed(), trained.step(), made.origin()));
        Figure curve = TableRecord.curve(trained.readings());
        files.write("curve.svg", curve.svg());
        files.write("curve.png", curve.png());
        files.write(
                "report.html",
                new TableReport(task, trained, training, List.of(test), true, seconds)
                        .html(
                                configuration,
                                curve,
                                List.of(
                                        new Section.Property(Words.same("parameters_sha256"), hash),
                                        new Section.Property(
                                                Words.same("java"),
                                                Runtime.version().toString()))));
        Answer result = new Answer();
        made.outcome(training).forEach(result::put);
        result.put("test", TableRecord.score(test))
                .put("verdict", judgement.verdict().word());
        putGap(result, Objects.requireNonNull(watch));
        files.write(
                "result.json",
                result.put("seconds", seconds)
                                .put("parameters_sha256", hash)
                                .put("stopped", stopped)
                                .put("run", files.name())
                                .json()
                        + "\n");
    }

    /// Releases the folder.
    @Override
    public void close() {
        files.close();
    }
}
