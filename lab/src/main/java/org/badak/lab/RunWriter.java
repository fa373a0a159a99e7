package org.badak.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.Optimizers;
import org.badak.catalog.SavedModel;
import org.badak.data.Dataset;
import org.badak.data.DurableFile;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.model.Network;
import org.badak.train.Evaluation;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;
import org.badak.train.TrainingListener;

/// Writes the folder of a run of the lab, with the files of the command line's: `badak evaluate`, `badak predict` and
/// `badak train --config` take it like any other.
final class RunWriter implements TrainingListener {
    private final RunFolders runs;
    private Path folder = Path.of("");
    private double batchLosses;
    private long batches;
    private Runnable rateMarked = () -> {};
    private double rate;

    RunWriter(RunFolders runs) {
        this.runs = runs;
    }

    /// Makes the folder and writes the configuration.
    ///
    /// @return the folder's name
    String begin(TrainingOrder order, Network network, LabelledData data, Trainer trainer, int threads) {
        try {
            folder = runs.create(order.data() + "-" + network.sizes());
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
            write(
                    "config.json",
                    "{\n\"command\":\"train\",\n\"options\":{" + lines(order.options()) + "},\n" + lines(record.json())
                            + "\n}\n");
            rateMarked = () -> rate = trainer.learningRate();
            return String.valueOf(folder.getFileName());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String lines(Json.Members members) {
        return members.values().entrySet().stream()
                .map(member -> Json.of(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",\n"));
    }

    @Override
    public void step(long step, double loss) {
        batchLosses += loss;
        batches++;
    }

    @Override
    public void evaluated(Evaluation reading) {
        rateMarked.run();
        Answer line = new Answer()
                .put("step", reading.step())
                .put("epoch", reading.epoch())
                .put("train_accuracy", reading.trainAccuracy())
                .put("test_accuracy", reading.testAccuracy())
                .put("train_loss", reading.trainLoss())
                .put("test_loss", reading.testLoss())
                .put("learning_rate", rate);
        if (batches > 0) {
            line.put("batch_loss", batchLosses / batches);
        }
        batchLosses = 0;
        batches = 0;
        try {
            Files.write(
                    folder.resolve("metrics.jsonl"),
                    List.of(line.put("seconds", reading.seconds()).json().toString()),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Writes the model, the report and, as the last, what the run came to.
    void finish(TrainingSession session, Kernels kernels) {
        Evaluation last = session.readings().getLast();
        Dataset test = session.data().test();
        try {
            ModelFile.write(
                    folder.resolve("model.safetensors"),
                    new SavedModel(
                            session.network(),
                            session.parameters(),
                            new Inputs.Images(
                                    test.shape().height(), test.shape().width()),
                            session.data().classNames(),
                            session.order().seed(),
                            last.step(),
                            Map.of("data", session.order().data(), "made_by", "badak lab")));
            Readings tested = Readings.of(
                    new Evaluator(session.network(), session.parameters(), kernels, test),
                    session.network().outputs());
            RunFolder run = new RunFolder(folder);
            write("report.html", new RunPage(session, tested, run).html());
            Answer result = new Answer()
                    .put("train_accuracy", last.trainAccuracy())
                    .put("test_accuracy", last.testAccuracy())
                    .put("train_loss", last.trainLoss())
                    .put("test_loss", last.testLoss())
                    .put("iterations", last.step())
                    .put("seconds", last.seconds())
                    .put("seed", session.order().seed())
                    .put("parameters_sha256", session.parameters().sha256())
                    .put("data", session.order().data());
            if (!session.rateChanges().isEmpty()) {
                result.put(
                        "learning_rate_changes",
                        new Json.Items(session.rateChanges().stream()
                                .<Json>map(change -> Answer.numbers((double) change.step(), change.rate()))
                                .toList()));
            }
            write(
                    "result.json",
                    result.put("stopped", last.step() < session.order().iterations())
                                    .json() + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void write(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        DurableFile.write(folder.resolve(name), out -> out.write(bytes));
    }
}
