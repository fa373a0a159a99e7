package org.badak.spark.ml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.badak.catalog.Catalog;
import org.badak.catalog.Optimizers;
import org.badak.data.Examples;
import org.badak.data.Sampler;
import org.badak.gradient.EngineGradient;
import org.badak.gradient.Learning;
import org.badak.gradient.LocalSgd;
import org.badak.gradient.ProcessEngine;
import org.badak.gradient.ShardEngine;
import org.badak.gradient.ShardWork;
import org.badak.gradient.ShardedGradient;
import org.badak.gradient.Shards;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.loss.Loss;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.optimizer.Goal;
import org.badak.optimizer.Optimizer;
import org.badak.optimizer.Schedule;
import org.badak.spark.SparkEngine;
import org.badak.train.EarlyStopping;
import org.badak.train.Evaluator;
import org.badak.train.Trainer;
import org.badak.train.TrainingException;

/// What an estimator does between the collected rows and the model: network, trainer, steps. The
/// same training whatever the rows are labelled with.
///
/// @param params of the estimator
record NetworkTraining(TrainingParams<?> params) {
    private static final int MOST_THREADS_BY_DEFAULT = 4; // as badak train: steps are too short to share between more

    /// What came out.
    ///
    /// @param parameters the trained ones
    /// @param step at which they were reached
    record Result(Parameters parameters, long step) {}

    /// The names of the columns that are read, for [CollectedRows#of].
    String[] columns(String features, String label) {
        return new String[] {features, label, optional(params.weightCol()), optional(params.validationIndicatorCol())};
    }

    /// The rows of a DataFrame.
    CollectedRows collect(Dataset<?> dataset, String features, String label, boolean classes) {
        return CollectedRows.of(
                dataset,
                columns(features, label),
                classes,
                value(params.rowOrder()).equals("content"));
    }

    /// The network for rows of a size.
    ///
    /// @throws IllegalArgumentException if layers, shape and sizes do not fit
    Network network(int features, int outputs, Loss loss) {
        Shape shape =
                params.isDefined(params.inputShape()) ? Shape.parse(value(params.inputShape())) : Shape.flat(features);
        if (shape.size() != features) {
            throw new IllegalArgumentException("parameter inputShape: expected a shape of the " + features
                    + " features of a row, found " + shape + ", which are " + shape.size());
        }
        Initialisation start = Catalog.initialisation(value(params.initialisation()));
        Network network = new Network(
                shape,
                params.isDefined(params.layers())
                        ? Catalog.layers(value(params.layers()), start)
                        : usual(outputs, start),
                loss);
        if (network.outputs() != outputs) {
            throw new IllegalArgumentException(
                    "parameter layers: expected " + outputs + " outputs of the last layer, found " + network.outputs()
                            + "; end the list with dense " + outputs);
        }
        return network;
    }

    private List<Layer> usual(int outputs, Initialisation start) {
        double dropout = (double) params.getOrDefault(params.dropout());
        List<Layer> layers = new ArrayList<>();
        for (int units : params.getOrDefault(params.hidden())) {
            layers.add(new Dense(units, start));
            layers.add(Catalog.activation(value(params.activation())));
            if (dropout > 0) {
                layers.add(new Dropout(dropout));
            }
        }
        layers.add(new Dense(outputs, start));
        return layers;
    }

    /// Rows of a step.
    int batch(int rows) {
        return Math.min(rows, (int) params.getOrDefault(params.batchSize()));
    }

    /// The seed of everything.
    long seed() {
        return (long) params.getOrDefault(params.seed());
    }

    /// Trains.
    ///
    /// @param context what may compute gradients
    /// @param held examples held out for early stopping
    Result run(SparkContext context, Network network, Examples examples, Optional<Examples> held) {
        int batch = batch(examples.count());
        Shards shards = new Shards(Math.min(batch, (int) params.getOrDefault(params.shards())));
        Sampler sampler = Catalog.sampler(value(params.sampling())).make(examples.count(), batch, seed());
        shards.requireSuitable(network, sampler, batch);
        Parameters parameters = network.initialise(Precision.FLOAT32, seed());
        ShardWork work = new ShardWork(network, examples, sampler, batch, List.of(), shards, seed());
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, threads())) {
            if (!isOnExecutors(context, network, batch, shards)) {
                Learning learning = isLocal()
                        ? local(shards, new ProcessEngine(work, kernels), kernels)
                        : new ShardedGradient(shards, network, parameters, kernels, seed());
                return new Steps(work, parameters, learning, kernels, held).run();
            }
            Duration deadline = Duration.ofSeconds((int) params.getOrDefault(params.roundTimeout()));
            try (SparkEngine engine = SparkEngine.on(JavaSparkContext.fromSparkContext(context), work, deadline)) {
                Learning learning = isLocal()
                        ? local(shards, engine, kernels)
                        : new EngineGradient(shards, engine, parameters, kernels);
                return new Steps(work, parameters, learning, kernels, held).run();
            }
        }
    }

    private int localSteps() {
        return (int) params.getOrDefault(params.localSteps());
    }

    private boolean isLocal() {
        return localSteps() > 0;
    }

    private Learning local(Shards shards, ShardEngine engine, Kernels kernels) {
        return new LocalSgd(shards, localSteps(), engine, kernels);
    }

    private boolean isOnExecutors(SparkContext context, Network network, int batch, Shards shards) {
        return switch (value(params.engine())) {
            case "driver" -> false;
            case "spark" -> true;
            default ->
                RoundEstimate.of(RoundEstimate.executors(context), network, batch, shards)
                        .averaged(localSteps(), optimizer().slots())
                        .paysOnExecutors();
        };
    }

    private int threads() {
        int given = (int) params.getOrDefault(params.threads());
        return given > 0 ? given : Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS_BY_DEFAULT);
    }

    private Optimizer optimizer() {
        StringBuilder text = new StringBuilder(value(params.optimizer()));
        append(text, params.learningRate(), "learning-rate");
        append(text, params.weightDecay(), "weight-decay");
        return Optimizers.optimizer(text.toString());
    }

    private void append(StringBuilder text, Param<Object> param, String option) {
        if (params.isDefined(param)) {
            text.append(text.indexOf(":") < 0 ? ':' : ',')
                    .append(option)
                    .append('=')
                    .append(params.getOrDefault(param));
        }
    }

    /// The schedule of a name.
    ///
    /// @throws IllegalArgumentException if there is none, or it needs readings that nobody takes
    static Schedule schedule(String text, long steps) {
        Schedule schedule = Optimizers.schedule(text, steps);
        if (schedule.plateau().isPresent()) {
            throw new IllegalArgumentException(
                    "expected a schedule that goes by steps, found " + text + ", which goes by readings; try cosine");
        }
        return schedule;
    }

    private String value(Param<String> param) {
        return params.getOrDefault(param);
    }

    private String optional(Param<String> param) {
        return params.isDefined(param) ? value(param) : "";
    }

    /// The steps of one training.
    private final class Steps {
        private final ShardWork work;
        private final Parameters parameters;
        private final Kernels kernels;
        private final Trainer trainer;
        private final long steps;
        private final Optional<Evaluator> held;
        private final EarlyStopping stopping;

        Steps(ShardWork work, Parameters parameters, Learning learning, Kernels kernels, Optional<Examples> held) {
            this.work = work;
            this.parameters = parameters;
            this.kernels = kernels;
            Network network = work.network();
            long wanted = (long) params.getOrDefault(params.steps());
            steps = wanted > 0
                    ? wanted
                    : (int) params.getOrDefault(params.epochs())
                            * work.sampler().stepsPerEpoch();
            trainer = new Trainer(
                            network,
                            parameters,
                            learning,
                            optimizer(),
                            work.sampler(),
                            kernels,
                            work.examples(),
                            work.batch())
                    .schedule(schedule(value(params.schedule()), steps));
            this.held = held.map(examples -> new Evaluator(network, parameters, kernels, examples));
            stopping =
                    new EarlyStopping(parameters, Goal.MINIMUM, (int) params.getOrDefault(params.patience()), (double)
                            params.getOrDefault(params.minDelta()));
        }

        Result run() {
            while (trainer.steps() < steps) {
                trainer.advance(steps - trainer.steps());
                boolean read = trainer.endsEpoch() || trainer.steps() == steps;
                if (read && held.isPresent()) {
                    double loss = held.orElseThrow().score().loss();
                    if (stopping.evaluated(trainer.steps(), loss)) {
                        break;
                    }
                }
            }
            stopping.restore();
            requireFinite();
            return new Result(parameters, held.isPresent() ? stopping.state().bestStep() : trainer.steps());
        }

        /// The update of the last step is judged by nobody else.
        private void requireFinite() {
            for (int i = 0; i < parameters.tensors().size(); i++) {
                if (!kernels.allFinite(parameters.tensor(i))) {
                    throw new TrainingException(
                            trainer.steps(),
                            "training diverged at step " + trainer.steps() + ": elements of "
                                    + parameters.slots().get(i).name() + " are not finite. Network "
                                    + work.network().summary() + ", learning rate " + trainer.learningRate()
                                    + "; a smaller learning rate usually helps.");
                }
            }
        }
    }
}
