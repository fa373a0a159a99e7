package org.badak.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.tabular.Score;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.TrainingSettings;

/// Trials on a table: the training of `badak train` on the rows that are not held out, once or for each of several
/// folds, whose mean then counts. The test rows are not looked at.
final class TableTrials implements Trials {
    private final TrialOptions options;
    private final TableTask task;
    private final Path file;
    private final List<Part> parts;
    private final Set<TableTraining> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /// What one training of a trial takes.
    ///
    /// @param train rows to learn from
    /// @param validation rows that say when to end, or none
    /// @param scored rows that say how good it is
    record Part(int[] train, int[] validation, int[] scored) {}

    /// @param parts one, or a part for each fold
    /// @param file that the table was read from
    TableTrials(TrialOptions options, TableTask task, List<Part> parts, Path file) {
        this.options = options;
        this.task = task;
        this.file = file;
        this.parts = List.copyOf(parts);
    }

    @Override
    public long budget(Map<String, String> values) {
        TrainCommand command = options.command(values);
        command.check();
        command.requireTableOptions(task.table().source());
        command.requireClasses(task);
        return settings(command).epochs();
    }

    @Override
    public void check(Map<String, String> values, long budget) {
        long epochs = settings(options.command(values, "epochs", budget)).epochs();
        assert epochs == budget : epochs;
    }

    private TrainingSettings settings(TrainCommand command) {
        return command.settings(parts.getFirst().train().length, task.target().task());
    }

    @Override
    public Trained train(Map<String, String> values, long budget) {
        TrainCommand command = options.command(values, "epochs", budget);
        List<Trained> each = new ArrayList<>();
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            for (Part part : parts) {
                each.add(train(command, part, kernels));
            }
        }
        return new Trained(
                each.stream().mapToDouble(Trained::headline).sum() / each.size(),
                each.stream().mapToDouble(Trained::loss).sum() / each.size(),
                each.stream().map(Trained::hash).collect(Collectors.joining(" ")));
    }

    private Trained train(TrainCommand command, Part part, Kernels kernels) {
        TableTraining training = new TableTraining(task, settings(command), kernels);
        if (command.isBalanced()) {
            training.balanced();
        }
        running.add(training);
        TableModel model;
        try {
            if (stopped) {
                training.stop();
            }
            model = training.fit(part.train(), part.validation(), new int[0], (reading, parameters) -> {})
                    .model();
        } finally {
            running.remove(training);
        }
        Score score = model.evaluate(kernels, task.table(), part.scored());
        double loss = switch (score) {
            case Score.Classes classes -> classes.loss();
            case Score.Values numbers -> numbers.errors().rootMeanSquaredError();
        };
        return new Trained(score.headline(), loss, model.parameters().sha256());
    }

    @Override
    public byte[] sent() {
        return SentData.of(out -> {
            out.writeBoolean(false);
            SentData.write(out, options);
            SentData.write(out, Files.readAllBytes(file));
            out.writeUTF(task.table().sha256());
            out.writeInt(parts.size());
            for (Part each : parts) {
                SentData.write(out, each.train());
                SentData.write(out, each.validation());
                SentData.write(out, each.scored());
            }
        });
    }

    /// The trials that [#sent] has written, behind its first byte: the file is read again, by the same options.
    static TableTrials read(DataInputStream in) throws IOException {
        TrialOptions options = SentData.options(in);
        Path file = Files.createTempFile("badak-table-", ".csv");
        try {
            Files.write(file, SentData.bytes(in));
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            TableTask task = options.command(Map.of()).task(file, new Console(nowhere, nowhere, Terminal.NONE));
            String found = task.table().sha256();
            String expected = in.readUTF();
            if (!found.equals(expected)) {
                throw new IOException("table: expected the SHA-256 " + expected + ", found " + found
                        + ": the file has changed since the search began");
            }
            List<Part> parts = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                parts.add(new Part(SentData.numbers(in), SentData.numbers(in), SentData.numbers(in)));
            }
            return new TableTrials(options, task, parts, file);
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        running.forEach(TableTraining::stop);
    }
}
