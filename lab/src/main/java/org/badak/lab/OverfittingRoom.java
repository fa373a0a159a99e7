package org.badak.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.badak.chapter.Cure;
import org.badak.chapter.OverfittingExperiment;
import org.badak.data.Dataset;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.train.Evaluation;

/// Room 7, over-fitting and its cures: the chapter's seven layers on a few hundred images, plain and with cures, their
/// curves sent as events `overfitting` while they are trained.
final class OverfittingRoom implements Room {
    private static final String EVENT = "overfitting";
    private static final int TEST_IMAGES = 2000;
    private static final int MOST_EPOCHS = 1000;
    private static final int PATIENCE = 100;
    private static final List<String> CURES = List.of("weight-decay", "dropout", "early-stopping");

    private final Material material;
    private final Broadcast broadcast;
    private final Background background = new Background("badak-lab-overfitting");
    private final AtomicLong starts = new AtomicLong();

    OverfittingRoom(Material material, Broadcast broadcast) {
        this.material = material;
        this.broadcast = broadcast;
    }

    @Override
    public String name() {
        return "overfitting";
    }

    /// `do`: start (`images`, `epochs`, `cures`, `decay`, `dropout`) or stop.
    @Override
    public Json.Members answer(Question question) {
        if (question.word("do", List.of("start", "stop")).equals("stop")) {
            background.stop();
            return new Answer().put("running", false).json();
        }
        int images = question.whole("images", 20, 5000);
        int epochs = question.whole("epochs", 1, MOST_EPOCHS);
        List<Cure> cures = cures(question);
        long run = starts.incrementAndGet();
        background.start(
                work -> run(run, images, epochs, cures, work),
                failed -> broadcast.send(
                        EVENT,
                        new Answer()
                                .put("run", run)
                                .put("error", String.valueOf(failed.getMessage()))
                                .json()));
        return new Answer()
                .put("run", run)
                .put("courses", Json.of(cures.stream().map(Cure::name).toList()))
                .json();
    }

    private static List<Cure> cures(Question question) {
        List<Cure> cures = new ArrayList<>();
        cures.add(Cure.none());
        for (String name : question.texts("cures", CURES.size())) {
            cures.add(
                    switch (name) {
                        case "weight-decay" -> Cure.weightDecay(question.number("decay", 0, 1));
                        case "dropout" -> Cure.dropout(question.number("dropout", 0, 0.9));
                        case "early-stopping" -> Cure.earlyStopping(PATIENCE);
                        default ->
                            throw new IllegalArgumentException("cures: expected some of " + CURES + ", found " + name);
                    });
        }
        return cures;
    }

    private void run(long run, int images, int epochs, List<Cure> cures, Background.Work work) {
        LabelledData data = material.preferred();
        int count = Math.min(images, data.train().count() / 2);
        LabelledData few = data.head(count, Math.min(TEST_IMAGES, data.test().count()));
        int[] next =
                new int[Math.min(OverfittingExperiment.VALIDATION, data.train().count() - count)];
        Arrays.setAll(next, i -> count + i);
        Dataset held = data.train().select(next);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            OverfittingExperiment experiment = new OverfittingExperiment(
                    few,
                    held,
                    OverfittingExperiment.NOISE,
                    epochs,
                    OverfittingExperiment.RATE,
                    Math.min(OverfittingExperiment.BATCH, count),
                    kernels);
            for (Cure cure : cures) {
                experiment.run(cure, 1, reading -> {
                    work.requireWanted();
                    broadcast.send(EVENT, event(run, cure, reading));
                });
            }
        }
        broadcast.send(EVENT, new Answer().put("run", run).put("finished", true).json());
    }

    private static Json.Members event(long run, Cure cure, Evaluation reading) {
        return new Answer()
                .put("run", run)
                .put("course", cure.name())
                .put("epoch", reading.epoch())
                .put("train", reading.trainAccuracy())
                .put("test", reading.testAccuracy())
                .put("trainLoss", reading.trainLoss())
                .put("testLoss", reading.testLoss())
                .json();
    }
}
