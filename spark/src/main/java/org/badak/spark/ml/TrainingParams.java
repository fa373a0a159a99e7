package org.badak.spark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/// What [BadakClassifier] and [BadakRegressor] can be told, besides the columns that Spark's own
/// estimators know too. A setter and, for grids of a cross-validation, the parameter itself:
/// `new ParamGridBuilder().addGrid(classifier.learningRate(), new double[] {0.001, 0.01})`. Values
/// are read by `getOrDefault(estimator.epochs())`; all of them with their defaults are printed by
/// `estimator.explainParams()`.
///
/// Learning is fixed by the rows, the parameters and the seed: the same ones give the same model to
/// the bit, on any number of executors, threads and partitions.
///
/// @param <E> the estimator
public interface TrainingParams<E extends TrainingParams<E>> extends Params {
    /// The objects behind the parameters.
    NetworkParams own();

    @SuppressWarnings("unchecked")
    private <T> E with(Param<T> param, T value) {
        set(param, value);
        return (E) this;
    }

    /// Units of the hidden layers, first to last; none for a linear model. Default: 64, 32.
    default E setHidden(int... units) {
        for (int each : units) {
            if (each < 1) {
                throw new IllegalArgumentException("parameter hidden: expected units from 1, found " + each);
            }
        }
        return with(hidden(), units.clone());
    }

    /// Activation of the hidden layers by its name in the catalog, such as `relu`, `sigmoid`,
    /// `tanh`, `gelu`.
    default E setActivation(String name) {
        return with(activation(), name);
    }

    /// Share of the hidden units that are left out at each step, from 0 to below 1.
    default E setDropout(double share) {
        return with(dropout(), share);
    }

    /// All layers in words, in place of [#setHidden], [#setActivation] and [#setDropout]:
    /// `conv 30 5, relu, maxpool 2, flatten, dense 100, relu, dense 10`.
    default E setLayers(String list) {
        return with(layers(), list);
    }

    /// The shape of one row's features, channels × height × width such as `1x28x28`; images lie in
    /// the vector channel by channel, row by row. Without it they are a vector.
    default E setInputShape(String shape) {
        return with(inputShape(), shape);
    }

    /// How weights start: `he`, `xavier`, `normal:0.01`.
    default E setInitialisation(String name) {
        return with(initialisation(), name);
    }

    /// What is minimised, by its name in the catalog.
    default E setLoss(String name) {
        return with(loss(), name);
    }

    /// The optimizer by its name in the catalog, with options behind a colon: `adam`,
    /// `momentum:momentum=0.95`.
    default E setOptimizer(String text) {
        return with(optimizer(), text);
    }

    /// The learning rate; without it the optimizer's own.
    default E setLearningRate(double rate) {
        return with(learningRate(), rate);
    }

    /// The weight decay; without it the optimizer's own.
    default E setWeightDecay(double rate) {
        return with(weightDecay(), rate);
    }

    /// How the learning rate goes: `constant`, `cosine`, `one-cycle`, …; all but `plateau`.
    default E setSchedule(String text) {
        return with(schedule(), text);
    }

    /// Rows of a step; all where there are fewer.
    default E setBatchSize(int rows) {
        return with(batchSize(), rows);
    }

    /// Times that all rows are gone through.
    default E setEpochs(int times) {
        return with(epochs(), times);
    }

    /// How many steps, in place of epochs; 0 for epochs.
    default E setSteps(long count) {
        return with(steps(), count);
    }

    /// How batches are drawn: `shuffle`, through all rows in a new order each epoch, or
    /// `replacement`.
    default E setSampling(String name) {
        return with(sampling(), name);
    }

    /// Where random numbers begin.
    default E setSeed(long number) {
        return with(seed(), number);
    }

    /// A column of row weights: numbers from 0.
    default E setWeightCol(String column) {
        return with(weightCol(), column);
    }

    /// A column that is true in rows which are held out: their loss is read after every epoch, training
    /// ends when it no longer improves, and the parameters of the best epoch are kept.
    default E setValidationIndicatorCol(String column) {
        return with(validationIndicatorCol(), column);
    }

    /// Epochs without a better loss of the held-out rows after which training ends.
    default E setPatience(int count) {
        return with(patience(), count);
    }

    /// What the loss of the held-out rows must be better by than the best to be an improvement.
    default E setMinDelta(double difference) {
        return with(minDelta(), difference);
    }

    /// How rows are numbered, for the draws of batches: `content`, by a hash of what stands in
    /// them, so that the model does not depend on partitions or on the order in which they come;
    /// or `dataframe`, partition by partition as they come, which is the order of a file that is
    /// read in one, but that a DataFrame does not promise.
    default E setRowOrder(String order) {
        return with(rowOrder(), order);
    }

    /// Where gradients are computed: `driver`, in the driver's process; `spark`, in rounds on the
    /// executors; `auto`, where it is expected to be quicker, by the model of docs/scaling.md.
    /// Either gives the same bits.
    default E setEngine(String name) {
        return with(engine(), name);
    }

    /// Into how many parts every batch is divided; where there are fewer rows, as many as rows. The
    /// gradients of parts are rounded on their own, so that the result depends on their number,
    /// but not on who computes them.
    default E setShards(int count) {
        return with(shards(), count);
    }

    /// How many steps each shard takes alone before the parameters of all are averaged (local SGD, see
    /// [org.badak.gradient.LocalSgd]): another training, that needs the network less often; 0, the
    /// default, to add the gradients of every step.
    default E setLocalSteps(int count) {
        return with(localSteps(), count);
    }

    /// Threads of the driver that compute; 0 for its processors, at most 4. Changes no result.
    default E setThreads(int count) {
        return with(threads(), count);
    }

    /// Seconds that a step may take on the executors before training fails.
    default E setRoundTimeout(int seconds) {
        return with(roundTimeout(), seconds);
    }

    /// See [#setHidden].
    default IntArrayParam hidden() {
        return own().hidden;
    }

    /// See [#setActivation].
    default Param<String> activation() {
        return own().activation;
    }

    /// See [#setDropout].
    default DoubleParam dropout() {
        return own().dropout;
    }

    /// See [#setLayers].
    default Param<String> layers() {
        return own().layers;
    }

    /// See [#setInputShape].
    default Param<String> inputShape() {
        return own().inputShape;
    }

    /// See [#setInitialisation].
    default Param<String> initialisation() {
        return own().initialisation;
    }

    /// See [#setLoss].
    default Param<String> loss() {
        return own().loss;
    }

    /// See [#setOptimizer].
    default Param<String> optimizer() {
        return own().optimizer;
    }

    /// See [#setLearningRate].
    default DoubleParam learningRate() {
        return own().learningRate;
    }

    /// See [#setWeightDecay].
    default DoubleParam weightDecay() {
        return own().weightDecay;
    }

    /// See [#setSchedule].
    default Param<String> schedule() {
        return own().schedule;
    }

    /// See [#setBatchSize].
    default IntParam batchSize() {
        return own().batchSize;
    }

    /// See [#setEpochs].
    default IntParam epochs() {
        return own().epochs;
    }

    /// See [#setSteps].
    default LongParam steps() {
        return own().steps;
    }

    /// See [#setSampling].
    default Param<String> sampling() {
        return own().sampling;
    }

    /// See [#setSeed].
    default LongParam seed() {
        return own().seed;
    }

    /// See [#setWeightCol].
    default Param<String> weightCol() {
        return own().weightCol;
    }

    /// See [#setValidationIndicatorCol].
    default Param<String> validationIndicatorCol() {
        return own().validationIndicatorCol;
    }

    /// See [#setPatience].
    default IntParam patience() {
        return own().patience;
    }

    /// See [#setMinDelta].
    default DoubleParam minDelta() {
        return own().minDelta;
    }

    /// See [#setRowOrder].
    default Param<String> rowOrder() {
        return own().rowOrder;
    }

    /// See [#setEngine].
    default Param<String> engine() {
        return own().engine;
    }

    /// See [#setShards].
    default IntParam shards() {
        return own().shards;
    }

    /// See [#setLocalSteps].
    default IntParam localSteps() {
        return own().localSteps;
    }

    /// See [#setThreads].
    default IntParam threads() {
        return own().threads;
    }

    /// See [#setRoundTimeout].
    default IntParam roundTimeout() {
        return own().roundTimeout;
    }
}
