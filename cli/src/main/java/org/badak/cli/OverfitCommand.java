package org.badak.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.badak.chapter.Cure;
import org.badak.chapter.OverfittingExperiment;
import org.badak.chapter.OverfittingExperiment.Course;
import org.badak.data.Dataset;
import org.badak.data.LabelNoise;
import org.badak.data.LabelledData;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.optimizer.Sgd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `badak overfit`: over-fitting on purpose, and what weight decay, dropout and early stopping do about it.
@Command(
        name = "overfit",
        header = "Shows over-fitting and its cures.",
        description = {
            "Trains a network of seven layers on 300 images, some with wrong labels as in real data, until it knows them"
                    + " by heart, then again with weight decay, dropout and early stopping,",
            "and shows training and test accuracy of each over the epochs, and what each cure is worth."
        })
final class OverfitCommand extends BadakCommand {
    private static final int MOST_EPOCHS = 100_000;
    private static final int MOST_SEEDS = 1000;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "" + OverfittingExperiment.IMAGES,
            description = "Train on the first N images. Default: ${DEFAULT-VALUE}.")
    private int images = OverfittingExperiment.IMAGES;

    @Option(
            names = "--noise",
            paramLabel = "SHARE",
            defaultValue = "" + OverfittingExperiment.NOISE,
            description = "Share of the images to train with, and of those for validation, that get a wrong label; 0"
                    + " for none, as in the book. Test labels stay right. Default: ${DEFAULT-VALUE}.")
    private double noise = OverfittingExperiment.NOISE;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "" + OverfittingExperiment.EPOCHS,
            description = "Epochs to train. Default: ${DEFAULT-VALUE}.")
    private int epochs = OverfittingExperiment.EPOCHS;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            defaultValue = "" + OverfittingExperiment.RATE,
            description = "Learning rate at the start; it falls to 0 along half a cosine. Default: ${DEFAULT-VALUE}.")
    private double rate = OverfittingExperiment.RATE;

    @Option(
            names = "--weight-decay",
            paramLabel = "RATE",
            defaultValue = "" + OverfitReport.WEIGHT_DECAY,
            description = "Strength of the weight decay. Default: ${DEFAULT-VALUE}.")
    private double weightDecay = OverfitReport.WEIGHT_DECAY;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            defaultValue = "" + OverfitReport.DROPOUT,
            description = "Share of the units that each hidden layer drops. Default: ${DEFAULT-VALUE}.")
    private double dropout = OverfitReport.DROPOUT;

    @Option(
            names = "--validation",
            paramLabel = "N",
            defaultValue = "" + OverfittingExperiment.VALIDATION,
            description = "The next N images say when to stop; only early stopping uses them. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int validation = OverfittingExperiment.VALIDATION;

    @Option(
            names = "--early-stopping",
            paramLabel = "PATIENCE",
            defaultValue = "" + OverfitReport.PATIENCE,
            description = "Stop after so many epochs without a better validation accuracy. Default: ${DEFAULT-VALUE}.")
    private int patience = OverfitReport.PATIENCE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The first seed. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Repeat with so many seeds and show the means. Default: ${DEFAULT-VALUE}.")
    private int seeds = 5;

    @Mixin
    private ThreadOptions threads = new ThreadOptions();

    @Mixin
    private FigureOptions figures = new FigureOptions();

    /// Made by picocli.
    OverfitCommand() {}

    @Override
    Outcome run(Console console) {
        require("--images", images, Integer.MAX_VALUE, "try --images 300");
        require("--epochs", epochs, MOST_EPOCHS, "try --epochs 400");
        require("--seeds", seeds, MOST_SEEDS, "try --seeds 5");
        require("--validation", validation, Integer.MAX_VALUE, "try --validation 300");
        NetworkOptions.checked("--noise", () -> new LabelNoise(noise, seed));
        NetworkOptions.checked("--lr", () -> new Sgd(rate));
        List<Cure> cures = List.of(
                Cure.none(),
                NetworkOptions.checked("--weight-decay", () -> Cure.weightDecay(weightDecay)),
                NetworkOptions.checked("--dropout", () -> Cure.dropout(dropout)),
                NetworkOptions.checked("--early-stopping", () -> Cure.earlyStopping(patience)));
        threads.threads();
        LoadedData loaded = data.load(console);
        LabelledData split = loaded.split();
        if ((long) images + validation > split.train().count()) {
            throw UsageException.of(
                    "--images and --validation",
                    images + " and " + validation,
                    "at most " + split.train().count() + " together, the training images",
                    "use fewer");
        }
        long begun = System.nanoTime();
        List<List<Course>> courses = train(cures, split, console);
        List<CureResult> results = new ArrayList<>();
        for (int i = 0; i < cures.size(); i++) {
            results.add(new CureResult(cures.get(i), courses.get(i), courses.getFirst()));
        }
        OverfitReport report = new OverfitReport(
                loaded.name(),
                images,
                validation,
                new LabelNoise(noise, seed),
                rate,
                epochs,
                results,
                (System.nanoTime() - begun) / 1e9);
        report.print(console);
        figures.show("overfit", report.figure(), console);
        figures.write("overfit.html", report.html(), console);
        return Outcome.ok(report.json().put("figures", figures.json()).json());
    }

    /// One course for each cure and seed; the threads share them out, each course runs on one.
    private List<List<Course>> train(List<Cure> cures, LabelledData split, Console console) {
        LabelledData few = split.head(images, split.test().count());
        Dataset held = held(split.train(), images, validation);
        List<List<Course>> courses = new ArrayList<>();
        LiveLine line = new LiveLine(console);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads.threads())) {
            List<List<Future<Course>>> running = new ArrayList<>();
            for (Cure cure : cures) {
                List<Future<Course>> each = new ArrayList<>();
                for (int i = 0; i < seeds; i++) {
                    each.add(workers.submit(course(few, held, cure, seed + i)));
                }
                running.add(each);
            }
            int done = 0;
            for (List<Future<Course>> each : running) {
                List<Course> finished = new ArrayList<>();
                for (Future<Course> future : each) {
                    done++;
                    line.show(Texts.of("Training ", "학습 중 ") + done + "/" + cures.size() * seeds + " ...");
                    finished.add(finished(future));
                }
                courses.add(finished);
            }
        } finally {
            line.clear();
        }
        return courses;
    }

    /// The images behind those to train with.
    static Dataset held(Dataset all, int images, int validation) {
        int[] next = new int[validation];
        Arrays.setAll(next, i -> images + i);
        return all.select(next);
    }

    private Callable<Course> course(LabelledData few, Dataset held, Cure cure, long own) {
        return () -> {
            try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
                return new OverfittingExperiment(few, held, noise, epochs, rate, OverfittingExperiment.BATCH, kernels)
                        .run(cure, own);
            }
        };
    }

    private static Course finished(Future<Course> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException told ? told : new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", interrupted);
        }
    }

    private static void require(String option, int value, int most, String remedy) {
        if (value < 1 || value > most) {
            throw UsageException.of(option, value, "1 to " + most, remedy);
        }
    }
}
