package org.badak.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.badak.data.Dataset;
import org.badak.data.LabelledData;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluator;
import org.badak.train.Metric;
import org.badak.train.Trainer;

/// Trials on images: the training of `badak train` on the part that is not held out. The test images are not looked at.
final class ImageTrials implements Trials {
    private final TrialOptions options;
    private final LoadedData rest;
    private final Dataset held;
    private final Set<Trainer> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /// @param rest the data without the images held out
    /// @param held the validation part
    ImageTrials(TrialOptions options, LoadedData rest, Dataset held) {
        this.options = options;
        this.rest = rest;
        this.held = held;
    }

    @Override
    public long budget(Map<String, String> values) {
        TrainCommand command = options.command(values);
        command.requireImageOptions();
        command.requireDivision(rest);
        command.check();
        return command.plan(rest, Optional.of(held)).steps();
    }

    @Override
    public void check(Map<String, String> values, long budget) {
        long steps = plan(values, budget).steps();
        assert steps == budget : steps;
    }

    private TrainingPlan plan(Map<String, String> values, long budget) {
        return options.command(values, "iterations", budget).plan(rest, Optional.of(held));
    }

    @Override
    public byte[] sent() {
        return SentData.of(out -> {
            out.writeBoolean(true);
            SentData.write(out, options);
            SentData.write(out, rest.split().train());
            SentData.write(out, held);
        });
    }

    /// The trials that [#sent] has written, behind its first byte. Test images are not among it: an image held out
    /// stands in their place.
    static ImageTrials read(DataInputStream in) throws IOException {
        TrialOptions options = SentData.options(in);
        Dataset train = SentData.dataset(in);
        Dataset held = SentData.dataset(in);
        List<String> names =
                IntStream.range(0, train.classes()).mapToObj(Integer::toString).toList();
        LabelledData split = new LabelledData(train, held.head(1), names, train.name());
        return new ImageTrials(options, new LoadedData(train.name(), split, Map.of()), held);
    }

    @Override
    public Trained train(Map<String, String> values, long budget) {
        TrainingPlan plan = plan(values, budget);
        Parameters parameters =
                plan.network().initialise(plan.precision(), plan.options().seed());
        try (Kernels kernels = KernelChoice.current().kernels(plan.precision(), 1)) {
            Trainer trainer = plan.trainer(parameters, plan.learning(parameters, kernels, Optional.empty()), kernels);
            EarlyStopping rule = plan.stopping().rule(parameters);
            Evaluator validation = new Evaluator(plan.network(), parameters, kernels, held);
            trainer.validate(validation);
            if (plan.stopping().endsEarly()) {
                trainer.stopEarly(rule);
            }
            boolean readsTraining = plan.update().watched() == Metric.TRAIN_LOSS
                    || plan.update().watched() == Metric.TRAIN_ACCURACY;
            boolean watches = plan.stopping().endsEarly()
                    || plan.update().schedule().plateau().isPresent();
            Evaluator unread = new Evaluator(plan.network(), parameters, kernels, held.select(new int[] {0}));
            Evaluator training = readsTraining && watches
                    ? new Evaluator(
                            plan.network(), parameters, kernels, rest.split().train())
                    : unread;
            running.add(trainer);
            try {
                if (stopped) {
                    trainer.stop();
                }
                trainer.run(plan.steps(), training, unread);
            } finally {
                running.remove(trainer);
            }
            Evaluator.Score score = validation.score();
            return new Trained(score.accuracy(), score.loss(), parameters.sha256());
        }
    }

    @Override
    public void stop() {
        stopped = true;
        running.forEach(Trainer::stop);
    }
}
