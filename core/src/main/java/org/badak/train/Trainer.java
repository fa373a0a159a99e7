package org.badak.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.badak.augment.Augmentation;
import org.badak.augment.Augmenter;
import org.badak.data.Batch;
import org.badak.data.BatchLoader;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.gradient.Descent;
import org.badak.gradient.Gradient;
import org.badak.gradient.Learning;
import org.badak.gradient.LocalReport;
import org.badak.gradient.LocalRound;
import org.badak.gradient.LocalSgd;
import org.badak.kernel.Kernels;
import org.badak.layer.BatchNorm;
import org.badak.matrix.ShapeException;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.ReduceOnPlateau;
import org.badak.optimizer.Schedule;

/// The training algorithm: mini-batch, gradient, update, repeat; the whole sets evaluated at the start of every epoch.
///
/// All is fixed by the parameters' first values, the sampler and the data: the same ones give the same bits. Once every
/// batch size has been seen a step allocates nothing.
public final class Trainer {
    /// The most examples of a batch.
    public static final int MOST_BATCH = 1 << 24;

    private final Network network;
    private final Parameters parameters;
    private final Learning learning;
    private final Optimizer optimizer;
    private final Sampler sampler;
    private final Kernels kernels;
    private final Examples examples;
    private final int[] indices;
    private final Descent descent;
    private final List<Parameters> state = new ArrayList<>(); // parameters and memory
    private final List<Evaluation> readings = new ArrayList<>();
    private final List<TrainingListener> listeners = new ArrayList<>();
    private BatchLoader loader;
    private Optional<Augmenter> augmenter = Optional.empty();
    private Schedule schedule = new Schedule.Constant();
    private Metric watched = Metric.TRAIN_LOSS;
    private Clipping clipping = Clipping.NONE;
    private ReduceOnPlateau.State plateau;
    private Optional<Evaluator> validation = Optional.empty();
    private Optional<EarlyStopping> stopping = Optional.empty();
    private long step;
    private long learned; // examples
    private long start = System.nanoTime(); // of the run
    private boolean resumed; // the next run is the rest of one
    private String dataHash = "";
    private boolean ended; // by early stopping
    private volatile boolean stopped;

    /// @param parameters what is trained; the gradient reads them and the optimizer moves them
    /// @param learning how: a gradient, or [LocalSgd], by which a round of steps is one; its engine
    ///     draws and changes the batches then
    /// @param examples what batches are drawn from
    /// @param batch the most rows the sampler draws
    public Trainer(
            Network network,
            Parameters parameters,
            Learning learning,
            Optimizer optimizer,
            Sampler sampler,
            Kernels kernels,
            Examples examples,
            int batch) {
        requireBatch(network, sampler, batch);
        this.network = network;
        this.parameters = parameters;
        if (learning instanceof LocalSgd local) {
            LocalSgd.requireSuitable(local.steps(), sampler);
        }
        this.learning = learning;
        this.optimizer = optimizer;
        this.sampler = sampler;
        this.kernels = kernels;
        this.examples = examples;
        loader = new BatchLoader(examples, kernels, batch, network.takesSparseInput());
        indices = new int[batch];
        plateau = ReduceOnPlateau.State.start(optimizer.learningRate());
        descent = new Descent(optimizer, parameters, kernels);
        state.add(parameters);
        state.addAll(descent.memory());
    }

    /// Checks the size of a batch: that it is not out of range, and that no layer normalises a single number over it,
    /// or over the last one of an epoch: it would be 0 whatever was learned before.
    ///
    /// @throws IllegalArgumentException if it cannot be trained with
    public static void requireBatch(Network network, Sampler sampler, int batch) {
        if (batch < 1 || batch > MOST_BATCH) {
            throw new IllegalArgumentException("batch: expected 1 to " + MOST_BATCH + ", found " + batch);
        }
        for (int i = 0; i < network.layers().size(); i++) {
            if (sampler.fewest() == 1
                    && network.layers().get(i) instanceof BatchNorm
                    && network.shape(i).area() == 1) {
                String found = batch == 1
                        ? "expected at least 2, found 1"
                        : "found " + batch + ", which leaves one example for the last batch of an epoch";
                throw new IllegalArgumentException("batch: " + found + ", and layer " + i
                        + " (batchnorm) normalises each number over the batch: all would be 0; use "
                        + (batch == 1
                                ? "a larger batch, or layernorm"
                                : "another size, layernorm, or batches drawn with replacement"));
            }
        }
    }

    /// Sets the learning rate of every step; returns this trainer. Without a call it is the optimizer's.
    public Trainer schedule(Schedule wanted) {
        schedule = wanted;
        return this;
    }

    /// Sets the metric whose plateaus lower the learning rate, if the schedule has a
    /// [Schedule#plateau], and end training, if there is [#stopEarly]; returns this trainer. Without a
    /// call it is [Metric#TRAIN_LOSS]: a test set that steers training measures nothing any more.
    public Trainer watch(Metric metric) {
        watched = metric;
        return this;
    }

    /// Bounds the gradients; returns this trainer. Without a call they are not bounded.
    public Trainer clip(Clipping wanted) {
        clipping = wanted;
        return this;
    }

    /// Evaluates a validation part too; returns this trainer. Without a call its readings are NaN.
    public Trainer validate(Evaluator evaluator) {
        validation = Optional.of(evaluator);
        return this;
    }

    /// Lets [#run] end when the watched metric, see [#watch], no longer improves, and leave the best
    /// parameters in place of the last whatever ended it; returns this trainer.
    public Trainer stopEarly(EarlyStopping rule) {
        stopping = Optional.of(rule);
        return this;
    }

    /// Changes the images of every batch before they are learned; returns this trainer. Without a call they are learned
    /// as they are. Evaluations always read them as they are.
    ///
    /// @param augmentations applied in this order
    /// @param seed the run's seed: what is drawn is a pure function of it, the step and the image's row
    /// @throws ShapeException if the examples are not images
    public Trainer augment(List<Augmentation> augmentations, long seed) {
        augmenter = Optional.of(new Augmenter(augmentations, seed, examples.shape(), kernels));
        loader =
                new BatchLoader(examples, kernels, indices.length); // dense, for changed pixels are not the stored ones
        return this;
    }

    /// Adds a listener; returns this trainer.
    public Trainer listen(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /// Steps done so far.
    public long steps() {
        return step;
    }

    /// Examples learned from by this trainer, as often as they were drawn; those of a run before a [#resume] are not
    /// among them.
    public long examplesLearned() {
        return learned;
    }

    /// The learning rate of the next step.
    public double learningRate() {
        return schedule.rate(plateau.rate(), step);
    }

    /// The optimizer's memory: for each of its [Optimizer#slotNames] numbers of the parameters' shapes,
    /// which start at zero. Part of a checkpoint.
    public List<Parameters> memory() {
        return descent.memory();
    }

    /// Where the lowering of the learning rate on plateaus stands. Part of a checkpoint.
    public ReduceOnPlateau.State plateau() {
        return plateau;
    }

    /// All readings since the run began, before an interruption too.
    public List<Evaluation> readings() {
        return List.copyOf(readings);
    }

    /// Seconds since the run began, without those of interruptions.
    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /// Whether the next step, if any, begins an epoch.
    public boolean endsEpoch() {
        return step % sampler.stepsPerEpoch() == 0;
    }

    /// What fixes a run besides data and first parameters, in words by name.
    public Map<String, String> configuration() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("network", RunDescription.of(network));
        words.put("precision", parameters.precision().toString());
        words.put("gradient", learning.name());
        words.put("optimizer", optimizer.toString());
        words.put("schedule", schedule.toString());
        words.put("clipping", clipping.toString());
        words.put("sampler", sampler.toString());
        words.put("batch", Integer.toString(indices.length));
        words.put("augmentation", augmenter.map(Augmenter::description).orElse("nothing"));
        boolean watching = schedule.plateau().isPresent() || stopping.isPresent();
        words.put("watched", watching ? watched.label() : "nothing");
        words.put("early stopping", stopping.map(EarlyStopping::description).orElse("none"));
        return words;
    }

    /// Goes on from where another trainer stood, or this one earlier: the next [#run] is the rest of its run. To be
    /// called on a trainer that is set up as that one was, with schedule, clipping and early stopping.
    ///
    /// @throws org.badak.data.DataException if anything that fixes the run differs, or the data; nothing is changed
    public void resume(Checkpoint checkpoint) {
        RunDescription.requireSame(checkpoint, configuration(), dataHash());
        try {
            checkpoint.requireFit("", parameters);
            memoryByName().forEach((name, numbers) -> checkpoint.requireFit(Checkpoint.STATE + name + ".", numbers));
            checkpoint.requireNoOther(parameters.slots(), optimizer.slotNames());
            stopping.ifPresent(checkpoint::resume);
        } catch (IllegalArgumentException misfit) {
            throw RunDescription.unfit(checkpoint, String.valueOf(misfit.getMessage()));
        }
        checkpoint.load("", parameters);
        memoryByName().forEach((name, numbers) -> checkpoint.load(Checkpoint.STATE + name + ".", numbers));
        plateau = checkpoint.plateau();
        step = checkpoint.step();
        start = System.nanoTime() - (long) (checkpoint.seconds() * 1e9);
        readings.clear();
        readings.addAll(checkpoint.readings());
        resumed = true;
    }

    Parameters parameters() {
        return parameters;
    }

    Optional<EarlyStopping> stopping() {
        return stopping;
    }

    Map<String, Parameters> memoryByName() {
        Map<String, Parameters> named = new LinkedHashMap<>();
        for (int i = 0; i < optimizer.slots(); i++) {
            named.put(optimizer.slotNames().get(i), descent.memory().get(i));
        }
        return named;
    }

    /// The SHA-256 of the training examples, see [Examples#sha256], computed at the first call.
    public String dataHash() {
        if (dataHash.isEmpty()) {
            dataHash = examples.sha256(kernels);
        }
        return dataHash;
    }

    /// Mini-batch, gradient, update: one step; with [LocalSgd] a round of one.
    ///
    /// @return the mini-batch's mean loss before the update
    /// @throws TrainingException if the loss or the gradient is not finite; the parameters are left as they were
    ///     before the step
    public double step() {
        return switch (learning) {
            case Gradient gradient -> step(gradient);
            case LocalSgd local -> round(local, 1);
        };
    }

    private double step(Gradient gradient) {
        int rows = sampler.draw(step, indices);
        Batch batch = loader.load(indices, 0, rows);
        if (augmenter.isPresent()) {
            augmenter.get().apply(batch.x(), step);
        }
        gradient.at(step + 1);
        double loss = gradient.compute(batch);
        if (!Double.isFinite(loss)) {
            throw diverged("the loss of a batch of " + rows + " is " + loss + firstNonFinite(gradient));
        }
        String unmoved = descent.move(gradient.result(), clipping, learningRate(), step + 1);
        if (!unmoved.isEmpty()) {
            throw diverged("the loss of a batch of " + rows + " is " + loss + ", but " + unmoved);
        }
        step++;
        learned += rows;
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).step(step, loss);
        }
        return loss;
    }

    /// Several steps of every shard, and the mean of all.
    ///
    /// @return the mean loss of the last step's batch
    private double round(LocalSgd local, int steps) {
        long first = step;
        double[] rates = new double[steps];
        for (int i = 0; i < steps; i++) {
            rates[i] = schedule.rate(plateau.rate(), first + i);
        }
        LocalReport report = local.advance(new LocalRound(first, rates, optimizer, clipping), state);
        double[] losses = report.losses();
        if (!report.failure().isEmpty()) {
            throw diverged(first + losses.length, report.failure());
        }
        step += steps;
        learned += report.rows();
        for (int i = 0; i < steps; i++) {
            for (TrainingListener listener : listeners) {
                listener.step(first + i + 1, losses[i]);
            }
        }
        return losses[steps - 1];
    }

    /// Asks [#run] to end after the present step or round, as if that had been its last. From any
    /// thread.
    public void stop() {
        stopped = true;
    }

    /// Whether [#stop] was called.
    public boolean isStopped() {
        return stopped;
    }

    /// Whether [#stopEarly] ended [#run].
    public boolean endedEarly() {
        return ended;
    }

    /// Runs steps and evaluates all sets at the start of every epoch and at the end.
    ///
    /// @param steps how many more, at least 1, or 0 after [#resume]; fewer are done after [#stop], or with
    ///     [#stopEarly]
    /// @param train evaluates the training examples
    /// @param test evaluates the test examples
    /// @return all readings since the run began, after [#resume] those before the interruption too, the last
    ///     one after the last step; with [#stopEarly] the parameters are those of the best one
    /// @throws IllegalArgumentException if there are too few steps, or the validation part is watched and
    ///     there is none
    public List<Evaluation> run(long steps, Evaluator train, Evaluator test) {
        if (steps < (resumed ? 0 : 1)) {
            throw new IllegalArgumentException("iterations: expected at least 1, found " + steps);
        }
        if (watched.readsValidation() && validation.isEmpty()) {
            throw new IllegalArgumentException("watched metric: expected one of the sets there are, found "
                    + watched.label() + ", but there is no validation part; give the trainer one or watch another");
        }
        requireFurther(steps);
        if (!resumed) {
            start = System.nanoTime();
            readings.clear();
        }
        resumed = false;
        ended = false;
        try {
            for (long left = steps; left > 0 && !stopped; ) {
                if (endsEpoch()) {
                    evaluate(train, test);
                    if (ended) {
                        return readings();
                    }
                }
                left -= advance(left);
            }
            for (TrainingListener listener : listeners) {
                listener.ending(step);
            }
            evaluate(train, test);
            ended = false;
            return readings();
        } finally {
            stopping.ifPresent(EarlyStopping::restore);
        }
    }

    /// The next step; with [LocalSgd] the next round.
    ///
    /// @param most steps, at least 1: with so many a round ends early
    /// @return how many steps it was
    /// @throws TrainingException as [#step()]
    public int advance(long most) {
        return switch (learning) {
            case Gradient gradient -> {
                step(gradient);
                yield 1;
            }
            case LocalSgd local -> {
                int steps = (int) Math.min(most, local.left(step, sampler.stepsPerEpoch()));
                round(local, steps);
                yield steps;
            }
        };
    }

    /// Checks that a run which is resumed can go on: with [LocalSgd] not where it has ended within a
    /// round, for it has averaged there, as one that is longer would not have.
    ///
    /// @param steps how many more
    /// @throws DataException if it cannot
    public void requireFurther(long steps) {
        boolean goesOn = resumed && steps > 0;
        if (goesOn && learning instanceof LocalSgd local && !local.begins(step, sampler.stepsPerEpoch())) {
            throw new DataException(
                    "cannot train the run further: it has ended within a round of local steps",
                    "checkpoint of step " + step,
                    step % sampler.stepsPerEpoch() + " steps since the epoch began",
                    "a multiple of the " + local.steps() + " steps of a round, as in a run that is longer",
                    "begin a new run with more steps");
        }
    }

    private void evaluate(Evaluator train, Evaluator test) {
        Evaluator.Score trainScore = train.score();
        Evaluator.Score testScore = test.score();
        Optional<Evaluator.Score> validationScore = validation.map(Evaluator::score);
        Evaluation evaluation = new Evaluation(
                step,
                (double) step / sampler.stepsPerEpoch(),
                trainScore.accuracy(),
                testScore.accuracy(),
                trainScore.loss(),
                testScore.loss(),
                validationScore.map(Evaluator.Score::accuracy).orElse(Double.NaN),
                validationScore.map(Evaluator.Score::loss).orElse(Double.NaN),
                seconds());
        readings.add(evaluation);
        ReduceOnPlateau.State before = plateau;
        plateau = schedule.plateau()
                .map(rule -> rule.next(before, watched.of(evaluation), watched.goal()))
                .orElse(before);
        ended = stopping.map(rule -> rule.evaluated(step, watched.of(evaluation)))
                .orElse(false);
        for (TrainingListener listener : listeners) {
            listener.evaluated(evaluation);
        }
    }

    private static String firstNonFinite(Gradient gradient) {
        String where = gradient.firstNonFinite();
        return where.isEmpty() ? "" : "; first in " + where;
    }

    private TrainingException diverged(String what) {
        return diverged(step + 1, what);
    }

    private TrainingException diverged(long at, String what) {
        String since = at == step + 1 ? "this step" : "step " + (step + 1) + ", with which its round began";
        return told(new TrainingException(
                at,
                "training diverged at step " + at + ": " + what + ". Network " + network.summary()
                        + ", learning rate " + schedule.rate(plateau.rate(), at - 1) + ". Parameters are as before "
                        + since + "; a smaller learning rate usually helps." + saved()));
    }

    private TrainingException told(TrainingException failure) {
        listeners.forEach(listener -> listener.diverged(failure));
        return failure;
    }

    /// Tells the listeners of a checkpoint that was saved.
    void checkpointed(long saved, Path file) {
        listeners.forEach(listener -> listener.checkpointed(saved, file));
    }

    /// Checks that the parameters can serve: a step that was too large has made numbers of them that the next one
    /// cannot compute with.
    ///
    /// @throws TrainingException if one is not finite
    void requireFinite() {
        for (int i = 0; i < parameters.tensors().size(); i++) {
            if (!kernels.allFinite(parameters.tensor(i))) {
                throw told(new TrainingException(
                        step,
                        "training diverged at step " + step + ": its update has made elements of "
                                + parameters.slots().get(i).name() + " that are not finite. Network "
                                + network.summary() + ", learning rate " + learningRate()
                                + "; a smaller learning rate usually helps." + saved()));
            }
        }
    }

    private String saved() {
        StringBuilder text = new StringBuilder();
        for (TrainingListener listener : listeners) {
            String saved = listener.saved();
            text.append(saved.isEmpty() ? "" : " The last good checkpoint is " + saved + ".");
        }
        return text.toString();
    }
}
