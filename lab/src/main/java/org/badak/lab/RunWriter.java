package org.badak.lab;

import java.util.DoubleSummaryStatistics;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.Optimizers;
import org.badak.catalog.SavedModel;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.report.Readings;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluation;
import org.badak.train.Evaluator;
import org.badak.train.Metric;
import org.badak.train.Trainer;
import org.badak.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/// Writes the folder of a run of the lab, with the files of the command line's: `badak evaluate`, `badak predict`,
/// `badak verify` and `badak train --config` take it like any other. Locked from its beginning until it is closed.
final class RunWriter implements TrainingListener, AutoCloseable {
    private static final Metric BEST_BY = Metric.TEST_ACCURACY; // as the command line where nothing is validated

    private final RunFolders runs;
    private DoubleSummaryStatistics losses = new DoubleSummaryStatistics(); // since the last reading
    private DoubleSupplier rate = () -> Double.NaN;
    private @Nullable RunFiles files;
    private @Nullable Parameters parameters;
    private @Nullable EarlyStopping best;

    RunWriter(RunFolders runs) {
        this.runs = runs;
    }

    /// Makes the folder and writes the configuration.
    ///
    /// @return the folder's name
    String begin(TrainingSession session, Trainer trainer, int threads) {
        TrainingOrder order = session.order();
        Network network = session.network();
        LabelledData data = session.data();
        parameters = session.parameters();
        best = EarlyStopping.never(session.parameters(), BEST_BY.goal());
        rate = trainer::learningRate;
        RunFiles made = RunFiles.create(runs, order.data() + "-" + network.sizes());
        files = made;
        Answer record = new Answer()
                .put("data", order.data())
                .put("data_origin", data.origin())
                .put("train_count", data.train().count())
                .put("test_count", data.test().count())
                .put("network", network.sizes())
                .put(
                        "layers",
                        Json.of(network.layers().stream().map(Catalog::text).toList()))
                .put("initialisation", order.initialisation())
                .put("loss", Catalog.text(network.loss()))
                .put("optimizer", order.optimizer())
                .put("optimizer_options", Optimizers.text(order.rule()))
                .put("learning_rate", order.rate())
                .put("batch", order.batch())
                .put("sampling", "replacement")
                .put("iterations", order.iterations())
                .put("gradient", "backprop")
                .put("precision", "float32")
                .put("seed", order.seed())
                .put("threads", threads)
                .put("kernels", KernelChoice.current().set().name())
                .put("java", Runtime.version().toString())
                .put("made_by", "badak lab");
        made.configuration(order.options(), record.json());
        return made.name();
    }

    @Override
    public void step(long step, double loss) {
        losses.accept(loss);
    }

    @Override
    public void evaluated(Evaluation reading) {
        Parameters now = Objects.requireNonNull(parameters);
        Objects.requireNonNull(best).evaluated(reading.step(), BEST_BY.of(reading));
        Answer line = new Answer()
                .put("step", reading.step())
                .put("epoch", reading.epoch())
                .put("train_accuracy", Json.of(reading.trainAccuracy()))
                .put("test_accuracy", Json.of(reading.testAccuracy()))
                .put("train_loss", Json.of(reading.trainLoss()))
                .put("test_loss", Json.of(reading.testLoss()))
                .put("learning_rate", Json.of(rate.getAsDouble()));
        if (losses.getCount() > 0) {
            line.put("batch_loss", Json.of(losses.getAverage()));
        }
        line.put("parameters_hash", HexFormat.of().toHexDigits(now.quickHash()));
        losses = new DoubleSummaryStatistics();
        files().append("metrics.jsonl", line.put("seconds", reading.seconds()).json());
    }

    /// Keeps a learning rate that was set by hand, before a step uses it: `badak verify` sees from then on that the
    /// run does not follow from its configuration alone, also where it is killed.
    void steered(TrainingSession.RateChange change) {
        files().append(
                        "steering.jsonl",
                        new Answer()
                                .put("step", change.step())
                                .put("learning_rate", change.rate())
                                .json());
    }

    /// Writes the model, the report and, as the last, what the run came to.
    void finish(TrainingSession session, Trainer trainer, Kernels kernels) {
        EarlyStopping kept = Objects.requireNonNull(best);
        long bestStep = kept.state().bestStep();
        Evaluation last = session.readings().getLast();
        Dataset test = session.data().test();
        files().model(new SavedModel(
                session.network(),
                kept.best(),
                new Inputs.Images(test.shape().height(), test.shape().width()),
                session.data().classNames(),
                session.order().seed(),
                bestStep,
                origin(session.order())));
        Readings tested = Readings.of(new Evaluator(session.network(), session.parameters(), kernels, test), test);
        files().write("report.html", new RunPage(session, tested, files().folder()).html());
        Answer result = new Answer()
                .put("train_accuracy", Json.of(last.trainAccuracy()))
                .put("test_accuracy", Json.of(last.testAccuracy()))
                .put("train_loss", Json.of(last.trainLoss()))
                .put("test_loss", Json.of(last.testLoss()))
                .put("iterations", last.step())
                .put("seconds", last.seconds())
                .put("seed", session.order().seed())
                .put("parameters_sha256", session.parameters().sha256())
                .put("train_data_sha256", trainer.dataHash())
                .put("held_data_sha256", test.sha256())
                .put("data", session.order().data())
                .put("best_iteration", bestStep)
                .put("best_chosen_by", BEST_BY.label());
        if (!session.rateChanges().isEmpty()) {
            result.put(
                    "learning_rate_changes",
                    new Json.Items(session.rateChanges().stream()
                            .<Json>map(change -> Answer.numbers((double) change.step(), change.rate()))
                            .toList()));
        }
        files().write(
                        "result.json",
                        result.put("stopped", last.step() < session.order().iterations())
                                        .json() + "\n");
    }

    private RunFiles files() {
        return Objects.requireNonNull(files);
    }

    private static Map<String, String> origin(TrainingOrder order) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("data", order.data());
        origin.put("learning_rate", Double.toString(order.rate()));
        origin.put("batch", Integer.toString(order.batch()));
        origin.put("sampling", "replacement");
        return origin;
    }

    /// Releases the folder.
    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
    }
}
