package org.badak.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.badak.data.Json;
import org.badak.data.Partition;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.report.TableRecord;
import org.badak.tabular.Score;
import org.badak.tabular.Table;
import org.badak.tabular.TableTask;
import org.badak.tabular.TableTraining;
import org.badak.tabular.Task;
import org.badak.tabular.TrainingSettings;
import org.badak.train.Evaluation;
import org.badak.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/// A run on a table: the training of the command line, with its defaults.
final class TableSession extends Session implements TrainingListener {
    private static final int MARK_EVERY = 20; // steps to a point of the loss curve

    private final TableOrder order;
    private final TableTask task;
    private final TrainingSettings settings;
    private final Partition split;
    private final LossCurve losses = new LossCurve();
    private final List<Evaluation> readings = new ArrayList<>();
    private double deviation = Double.NaN; // of the target in the training rows; NaN for classes
    private @Nullable TableTraining training;
    private @Nullable Answer result;

    /// @param number of the run, counted since the lab was opened
    /// @throws org.badak.data.DataException if the table cannot be learned
    TableSession(long number, TableOrder order) {
        super(number);
        this.order = order;
        task = order.task(order.source().read());
        split = task.divide(TableOrder.TEST_FRACTION, order.seed());
        settings = order.settings(split.train().length, task.target().task());
    }

    @Override
    State trained(RunFolders runs) {
        // steps of a few rows are too short to share between threads
        try (TableRunWriter writer = new TableRunWriter(
                        runs,
                        order,
                        task,
                        record(task, new Partition(split.train(), new int[0])).folderName());
                Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            TableTask saved = writer.task();
            Partition inner = saved.divide(split.train(), 0, settings.seed());
            TableRecord record = record(saved, inner);
            spread(saved.table(), inner.train());
            TableTraining made = new TableTraining(saved, settings, kernels).listen(this);
            lock.lock();
            try {
                training = made;
            } finally {
                lock.unlock();
            }
            if (!begin()) {
                return State.STOPPED;
            }
            saved(writer.begin(record));
            TableTraining.Result trained =
                    made.fit(inner.train(), inner.held(), split.held(), (reading, parameters) -> {
                        evaluated(reading);
                        writer.evaluated(reading, parameters);
                    });
            boolean stopped = trained.readings().getLast().step() < totalSteps();
            Score training = trained.model().evaluate(kernels, saved.table(), split.train());
            Score test = trained.model().evaluate(kernels, saved.table(), split.held());
            TableRecord.Judgement judgement = record.judge(trained, test);
            writer.finish(trained, training, test, judgement, stopped);
            Answer told = new TableResult(saved, trained.model(), split.held(), training, test, judgement)
                    .told(kernels, settings.seed());
            lock.lock();
            try {
                result = told;
            } finally {
                lock.unlock();
            }
            return stopped ? State.STOPPED : State.ENDED;
        }
    }

    private TableRecord record(TableTask of, Partition inner) {
        return new TableRecord(of, settings, split, inner, TableOrder.TEST_FRACTION);
    }

    /// Finds out in which units errors are told.
    private void spread(Table table, int[] rows) {
        if (task.target().task() == Task.REGRESSION) {
            double mean = IntStream.of(rows)
                    .mapToDouble(row -> table.number(row, task.target().column()))
                    .average()
                    .orElse(Double.NaN);
            double squares = IntStream.of(rows)
                    .mapToDouble(row -> Math.pow(table.number(row, task.target().column()) - mean, 2))
                    .sum();
            deviation = Math.sqrt(squares / rows.length);
        }
    }

    private long totalSteps() {
        int batch = Math.min(settings.batch(), split.train().length);
        return settings.epochs() * ((split.train().length + batch - 1) / batch);
    }

    @Override
    public void step(long done, double loss) {
        losses.add(loss);
        if (done % MARK_EVERY == 0) {
            lock.lock();
            try {
                losses.mark(done);
            } finally {
                lock.unlock();
            }
        }
        stepped(done);
    }

    @Override
    public void evaluated(Evaluation reading) {
        lock.lock();
        try {
            readings.add(reading);
        } finally {
            lock.unlock();
        }
    }

    @Override
    void stopTraining() {
        TableTraining running = training;
        if (running == null) {
            state = State.STOPPED;
        } else {
            running.stop();
        }
    }

    @Override
    void changeRate(double wanted) {
        throw new IllegalArgumentException("rate: found " + wanted
                + " for a run on a table, whose rate falls along half a cosine; set it before the start");
    }

    @Override
    int batch() {
        return Math.min(settings.batch(), split.train().length);
    }

    @Override
    void describeTraining(Answer answer, boolean whole) {
        answer.put("kind", "table")
                .put("task", task.target().task() == Task.CLASSIFICATION ? "classification" : "regression")
                .put("target", order.target())
                .put("data", order.source().name())
                .put("iterations", totalSteps())
                .put("rate", settings.optimizer().learningRate())
                .put("losses", losses.newest(Integer.MAX_VALUE)) // a short run is over between two events
                .put("readings", told(readings, true, this::told));
        if (result != null) {
            answer.put("result", result.json());
        }
        if (whole) {
            answer.put("order", order.options(order.source().name()));
        }
    }

    /// Step, epoch, losses, and what is measured in the target's own terms: accuracies, or root mean square errors.
    private Json.Items told(Evaluation reading) {
        boolean classes = task.target().task() == Task.CLASSIFICATION;
        return Answer.numbers(
                (double) reading.step(),
                reading.epoch(),
                reading.trainLoss(),
                reading.testLoss(),
                classes ? reading.trainAccuracy() : deviation * Math.sqrt(reading.trainLoss()),
                classes ? reading.testAccuracy() : deviation * Math.sqrt(reading.testLoss()));
    }

    @Override
    void show(Answer answer, boolean pictures) {
        // all that a table shows is cheap
    }
}
