package org.badak.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.data.Dataset;
import org.badak.data.FeatureDataset;
import org.badak.data.ImageDataset;
import org.badak.data.Json;
import org.badak.data.LabelledData;
import org.badak.figure.Figure;
import org.badak.gradient.Learning;
import org.badak.gradient.NumericalGradient;
import org.badak.gradient.SeriesReport;
import org.badak.gradient.ShardEngine;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;
import org.badak.report.Readings;
import org.badak.train.Checkpoint;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluation;
import org.badak.train.Evaluator;
import org.badak.train.FitVerdict;
import org.badak.train.Trainer;
import org.badak.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/// One training run from the first batch to the last file. A run that the user stops ends like one that is
/// complete: its files hold what was trained so far.
final class TrainingRun implements TrainingListener {
    private static final int ALL_AT_ONCE = 1 << 20;
    // what a checkpoint of this run has beside the trainer's
    private static final String METRICS = "metrics";
    private static final String SUMMARISED = "summarised_steps";
    private static final String LARGEST_BOUND = "series_bound";
    private static final String LITERAL_UNITS = "series_literal_units";
    private static final String HELD_HASH = "held_data_sha256";
    private static final String LOSSES = "losses";

    private final TrainingPlan plan;
    private final RunDirectory directory;
    private final Console console;
    private final Parameters parameters;
    private final EarlyStopping stopping;
    private final TrainingDisplay display;
    private final List<String> metrics = new ArrayList<>(); // the lines of metrics.jsonl
    private String heldHash = ""; // of the images that are not trained on
    private final Diagnosis diagnosis;
    private double[] losses = new double[1024]; // of each step
    private @Nullable NumericalGradient series;
    private double largestBound; // of all gradients by series
    private long literalUnits;
    private int steps;
    private int summarised;
    private DoubleSupplier rate = () -> Double.NaN;

    TrainingRun(TrainingPlan plan, RunDirectory directory, Console console) {
        this.plan = plan;
        this.directory = directory;
        this.console = console;
        parameters = plan.network().initialise(plan.precision(), plan.options().seed());
        stopping = plan.stopping().rule(parameters);
        display = new TrainingDisplay(plan, console);
        LabelledData split = plan.data().split();
        diagnosis = new Diagnosis(
                split.train().count(),
                plan.stopping().validation().orElse(split.test()).count(),
                Diagnosis.cures(plan),
                console);
    }

    /// Trains and writes all files.
    BadakCommand.Outcome run() {
        Dataset train = plan.data().split().train();
        Dataset test = plan.data().split().test();
        List<Evaluation> readings;
        boolean stopped;
        Optional<ShardEngine> engine = plan.startEngine(console);
        try (Kernels kernels = KernelChoice.current().kernels(plan.precision(), plan.threads())) {
            Trainer trainer = plan.trainer(parameters, learning(kernels, engine), kernels);
            rate = trainer::learningRate;
            trainer.listen(this);
            plan.stopping()
                    .validation()
                    .ifPresent(held -> trainer.validate(new Evaluator(plan.network(), parameters, kernels, held)));
            if (plan.stopping().endsEarly()) {
                trainer.stopEarly(stopping);
            }
            directory.create(nameOf(plan));
            try {
                display.begin(parameters.count(), kernels);
                directory.resumedFrom().ifPresent(from -> resume(from, trainer));
                directory.writeConfiguration(plan.json());
                trainer.listen(directory.autosave(trainer, this::completed));
                Interruption.onStop(trainer::stop);
                readings = trainer.run(
                        Math.min(plan.steps(), directory.lastStep()) - trainer.steps(),
                        new Evaluator(plan.network(), parameters, kernels, train),
                        new Evaluator(plan.network(), parameters, kernels, test));
                stopped = trainer.isStopped() && trainer.steps() < plan.steps();
                display.end();
                return finish(readings, stopped, trainer, kernels);
            } catch (RuntimeException | Error failed) {
                display.end();
                directory.abandon();
                throw failed;
            }
        } finally {
            engine.ifPresent(ShardEngine::close);
        }
    }

    private static String nameOf(TrainingPlan plan) {
        String name = String.valueOf(Path.of(plan.data().name()).getFileName());
        return name.replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + plan.network().sizes();
    }

    private Learning learning(Kernels kernels, Optional<ShardEngine> engine) {
        Learning made = plan.learning(parameters, kernels, engine);
        series = made instanceof NumericalGradient numerical && numerical.bySeries() ? numerical : null;
        return made;
    }

    @Override
    public void step(long step, double loss) {
        if (steps == losses.length) {
            losses = Arrays.copyOf(losses, Math.min(2 * losses.length + 1, losses.length + ALL_AT_ONCE));
        }
        losses[steps] = loss;
        steps++;
        if (series != null) {
            SeriesReport report = series.series();
            largestBound = Math.max(largestBound, report.bound());
            literalUnits += report.literalUnits();
        }
        display.step(step, loss);
    }

    /// A checkpoint with what this run keeps beside the trainer.
    private Checkpoint completed(Checkpoint bare) {
        Map<String, String> facts = new LinkedHashMap<>(ModelFile.metadata(saved(parameters, bare.step())));
        facts.put(METRICS, String.join("\n", metrics));
        facts.put(SUMMARISED, Integer.toString(summarised));
        facts.put(LARGEST_BOUND, Double.toString(largestBound));
        facts.put(LITERAL_UNITS, Long.toString(literalUnits));
        facts.put(HELD_HASH, heldHash());
        Checkpoint more = bare.with(facts).with(LOSSES, Arrays.copyOf(losses, steps));
        return plan.stopping().endsEarly() ? more : more.with(stopping);
    }

    /// Goes on from a checkpoint that [#completed] made.
    private void resume(Checkpoint from, Trainer trainer) {
        trainer.resume(from);
        trainer.requireFurther(plan.steps() - from.step()); // before a file is written
        if (!heldHash().equals(from.notes().get(HELD_HASH))) {
            throw new DataException(
                    "cannot resume: the test or validation images are not those that the run began with",
                    directory.folder().toString(),
                    heldHash(),
                    String.valueOf(from.notes().get(HELD_HASH)),
                    "give it the data of the run, or begin a new run");
        }
        if (!plan.stopping().endsEarly()) {
            from.resume(stopping);
        }
        losses = from.series(LOSSES);
        steps = losses.length;
        summarised = Integer.parseInt(from.notes().getOrDefault(SUMMARISED, "0"));
        largestBound = Double.parseDouble(from.notes().getOrDefault(LARGEST_BOUND, "0"));
        literalUnits = Long.parseLong(from.notes().getOrDefault(LITERAL_UNITS, "0"));
        from.notes().getOrDefault(METRICS, "").lines().forEach(metrics::add);
        directory.write(
                "metrics.jsonl",
                String.join("", metrics.stream().map(line -> line + "\n").toList()));
        display.resume(from.readings(), trainer.steps());
        from.readings().forEach(diagnosis::evaluated);
        diagnosis.tell();
    }

    private String heldHash() {
        if (heldHash.isEmpty()) {
            heldHash = plan.data().split().test().sha256()
                    + plan.stopping().validation().map(Dataset::sha256).orElse("");
        }
        return heldHash;
    }

    @Override
    public void evaluated(Evaluation reading) {
        if (!plan.stopping().endsEarly()) {
            stopping.evaluated(reading.step(), plan.stopping().metric().of(reading));
        }
        double batchLoss = Arrays.stream(losses, summarised, steps).average().orElse(Double.NaN);
        summarised = steps;
        ObjectBuilder line = new ObjectBuilder()
                .put("step", reading.step())
                .put("epoch", reading.epoch())
                .put("train_accuracy", reading.trainAccuracy())
                .put("test_accuracy", reading.testAccuracy())
                .put("train_loss", reading.trainLoss())
                .put("test_loss", reading.testLoss())
                .put("learning_rate", rate.getAsDouble());
        if (plan.stopping().validation().isPresent()) {
            line.put("validation_accuracy", reading.validationAccuracy())
                    .put("validation_loss", reading.validationLoss());
        }
        if (reading.step() > 0) {
            line.put("batch_loss", batchLoss);
        }
        diagnosis.evaluated(reading, line);
        line.put("parameters_hash", HexFormat.of().toHexDigits(parameters.quickHash()));
        metrics.add(line.put("seconds", reading.seconds()).json().toString());
        directory.append("metrics.jsonl", metrics.getLast());
        display.evaluated(reading);
        diagnosis.tell();
    }

    private BadakCommand.Outcome finish(List<Evaluation> readings, boolean stopped, Trainer trainer, Kernels kernels) {
        long bestStep = stopping.state().bestStep();
        Evaluation best = readings.stream()
                .filter(each -> each.step() == bestStep)
                .findFirst()
                .orElse(readings.getLast());
        // what the parameters are now: early stopping restores the best
        Evaluation last = plan.stopping().endsEarly() ? best : readings.getLast();
        directory.write("model.safetensors", saved(stopping.best(), bestStep));
        FitVerdict verdict = FitVerdict.of(
                readings,
                last,
                plan.data().split().train().count(),
                plan.data().split().test().count(),
                plan.network().outputs());
        String hash = parameters.sha256();
        Dataset test = plan.data().split().test();
        Readings tested = Readings.of(new Evaluator(plan.network(), parameters, kernels, test), test);
        ClassTable classes = new ClassTable(tested.classes(plan.data().classNames()));
        TrainingReport report =
                new TrainingReport(plan, readings, last, Arrays.copyOf(losses, steps), parameters, tested);
        Figure curve = report.accuracy();
        directory.write("curve.svg", curve.svg());
        directory.write("curve.png", curve.png());
        directory.write("report.html", report.html(verdict, hash));
        String sentence = verdict.sentence(last, Texts.locale());
        console.result("");
        console.result(sentence);
        diagnosis.finish(verdict);
        console.result(Texts.of("Test ", "시험 ") + Texts.of(tested.unit()) + ": " + classes.summary());
        if (stopped) {
            console.result(Texts.of("Stopped at step ", "중단한 단계: ") + Texts.count(last.step()) + " / "
                    + Texts.count(plan.steps())
                    + Texts.of(": the files hold what was trained so far.", ". 여기까지 학습한 결과를 저장했습니다."));
        }
        if (plan.stopping().endsEarly()) {
            console.result(display.ending(trainer.endedEarly(), readings.getLast(), best));
        }
        console.result(String.format(
                Locale.ROOT,
                Texts.of("%s steps in %.1f s, parameters %s...", "%s단계, %.1f초, 매개변수 %s..."),
                Texts.count(readings.getLast().step()),
                readings.getLast().seconds(),
                hash.substring(0, 16)));
        ObjectBuilder members = new ObjectBuilder();
        if (series != null) {
            console.result(String.format(
                    Locale.ROOT,
                    Texts.of(
                            "Series: error of every gradient at most %.1e, literal evaluation of %s units in all",
                            "급수: 모든 기울기의 오차 %.1e 이하, 모두 합해 유닛 %s개는 정의대로 계산"),
                    largestBound,
                    Texts.count(literalUnits)));
            members.put("series_bound", largestBound).put("series_literal_units", literalUnits);
        }
        console.result(Texts.of("Run: ", "결과 폴더: ") + directory.folder());
        diagnosis.put(members);
        Json.Members result = members.put("train_accuracy", last.trainAccuracy())
                .put("test_accuracy", last.testAccuracy())
                .put("train_loss", last.trainLoss())
                .put("test_loss", last.testLoss())
                .put("iterations", readings.getLast().step())
                .put("seconds", readings.getLast().seconds())
                .put("seed", plan.options().seed())
                .put("parameters_sha256", hash)
                .put("train_data_sha256", trainer.dataHash())
                .put("held_data_sha256", heldHash())
                .put("run", directory.folder().toString())
                .put("data", plan.data().name())
                .put("best_test_accuracy", best.testAccuracy())
                .put("best_iteration", bestStep)
                .put("best_chosen_by", plan.stopping().metric().label())
                .put("ended_early", trainer.endedEarly())
                .put("verdict", verdict.word())
                .put("test_metrics", classes.figures().json())
                .put("stopped", stopped)
                .json();
        directory.writeResult(result);
        return BadakCommand.Outcome.ok(result);
    }

    private SavedModel saved(Parameters which, long step) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("data", plan.data().name());
        origin.putAll(plan.data().facts());
        origin.put("learning_rate", Double.toString(plan.update().optimizer().learningRate()));
        origin.put("batch", Integer.toString(plan.batch()));
        origin.put("sampling", plan.sampler().name());
        if (!plan.augmentations().isEmpty()) {
            origin.put("augmentation", AugmentOptions.text(plan.augmentations()));
        }
        origin.put("badak", Version.number());
        return new SavedModel(
                plan.network(),
                which,
                switch (plan.data().split().train()) {
                    case ImageDataset images -> new Inputs.Images(images.rows(), images.columns());
                    case FeatureDataset numbers -> new Inputs.Features(numbers.shape(), numbers.bytes());
                },
                plan.data().classNames(),
                plan.options().seed(),
                step,
                origin);
    }
}
