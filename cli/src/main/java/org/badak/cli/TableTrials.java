package org.badak.cli;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.badak.data.Partition;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.tabular.Score;
import org.badak.tabular.TableModel;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.TrainingSettings;

/// Trials on a table: the training of `badak train` on the rows that are not held out. The test rows are not looked at.
final class TableTrials implements Trials {
    private final TrialOptions options;
    private final TableTask task;
    private final Partition parts;
    private final Set<TableTraining> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /// @param parts rows to learn from, and the validation part
    TableTrials(TrialOptions options, TableTask task, Partition parts) {
        this.options = options;
        this.task = task;
        this.parts = parts;
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
        return command.settings(parts.train().length, task.target().task());
    }

    @Override
    public Trained train(Map<String, String> values, long budget) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TrainCommand command = options.command(values, "epochs", budget);
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
                model = training.fit(parts.train(), parts.held(), new int[0], (reading, parameters) -> {})
                        .model();
            } finally {
                running.remove(training);
            }
            Score score = model.evaluate(kernels, task.table(), parts.held());
            double loss = switch (score) {
                case Score.Classes classes -> classes.loss();
                case Score.Values numbers -> numbers.errors().rootMeanSquaredError();
            };
            return new Trained(score.headline(), loss, model.parameters().sha256());
        }
    }

    @Override
    public void stop() {
        stopped = true;
        running.forEach(TableTraining::stop);
    }
}
