package org.badak.spark.ml;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.badak.catalog.Catalog;
import org.badak.catalog.Optimizers;
import org.badak.gradient.LocalSgd;
import org.badak.layer.Initialisation;
import org.badak.matrix.Shape;
import org.badak.spark.SparkSettings;
import scala.Function1;

/// The parameters of an estimator as objects of Spark's. Each value is checked when it is set, and
/// a wrong one is told with what would be right. What they mean stands at the setters of
/// [TrainingParams], which is how they are used.
public final class NetworkParams implements Serializable {
    private static final long serialVersionUID = 1L;

    final IntArrayParam hidden;
    final Param<String> activation;
    final DoubleParam dropout;
    final Param<String> layers;
    final Param<String> inputShape;
    final Param<String> initialisation;
    final Param<String> loss;
    final Param<String> optimizer;
    final DoubleParam learningRate;
    final DoubleParam weightDecay;
    final Param<String> schedule;
    final IntParam batchSize;
    final IntParam epochs;
    final LongParam steps;
    final Param<String> sampling;
    final LongParam seed;
    final Param<String> weightCol;
    final Param<String> validationIndicatorCol;
    final IntParam patience;
    final DoubleParam minDelta;
    final Param<String> rowOrder;
    final Param<String> engine;
    final IntParam shards;
    final IntParam localSteps;
    final IntParam threads;
    final IntParam roundTimeout;

    /// @param owner the estimator
    /// @param lossCheck refuses a loss that the estimator cannot learn by
    NetworkParams(TrainingParams<?> owner, Check lossCheck) {
        String uid = owner.uid();
        hidden = new IntArrayParam(owner, "hidden", "units of the hidden layers, first to last; may be empty");
        activation = text(uid, "activation", "of the hidden layers", Catalog::activation);
        dropout = new DoubleParam(
                uid,
                "dropout",
                "share of the hidden units that are left out at each step, from 0 to below 1",
                ParamValidators.inRange(0, 1, true, false));
        layers = text(
                uid,
                "layers",
                "all layers in Badak's words, 'conv 30 5, relu, maxpool 2, flatten, dense 10', in place of hidden,"
                        + " activation and dropout",
                text -> Catalog.layers(text, new Initialisation.He()));
        inputShape = text(
                uid,
                "inputShape",
                "of one row's features, channels x height x width, such as 1x28x28; a vector unless set",
                Shape::parse);
        initialisation =
                text(uid, "initialisation", "how weights start: he, xavier, normal:0.01", Catalog::initialisation);
        loss = text(uid, "loss", "what is minimised", lossCheck);
        optimizer = text(
                uid,
                "optimizer",
                "how parameters are moved, with options behind a colon: adam, momentum:momentum=0.95",
                Optimizers::optimizer);
        learningRate =
                new DoubleParam(uid, "learningRate", "of the optimizer; its own unless set", ParamValidators.gt(0));
        weightDecay =
                new DoubleParam(uid, "weightDecay", "of the optimizer; its own unless set", ParamValidators.gtEq(0));
        schedule = text(
                uid,
                "schedule",
                "of the learning rate: constant, cosine, one-cycle, step, exponential, with options behind a colon",
                text -> NetworkTraining.schedule(text, 1));
        batchSize =
                new IntParam(uid, "batchSize", "rows of a step, at most those that there are", ParamValidators.gtEq(1));
        epochs = new IntParam(uid, "epochs", "times that all rows are gone through", ParamValidators.gtEq(1));
        steps = new LongParam(
                uid, "steps", "how many steps, in place of epochs; 0 for epochs", ParamValidators.gtEq(0));
        sampling = text(uid, "sampling", "how batches are drawn: shuffle, replacement", Catalog::sampler);
        seed = new LongParam(uid, "seed", "of first weights, order of rows, dropout");
        weightCol = new Param<>(uid, "weightCol", "name of a column of row weights; all weigh the same unless set");
        validationIndicatorCol = new Param<>(
                uid, "validationIndicatorCol", "name of a column that is true in rows held out for early stopping");
        patience = new IntParam(
                uid,
                "patience",
                "epochs without a better loss of the held-out rows after which training ends",
                ParamValidators.gtEq(1));
        minDelta = new DoubleParam(
                uid, "minDelta", "what a loss must be better by than the best", ParamValidators.gtEq(0));
        rowOrder = new Param<>(
                uid,
                "rowOrder",
                "in which order rows are numbered: content, which no partitioning changes, or dataframe, as they come",
                ParamValidators.inArray(new String[] {"content", "dataframe"}));
        engine = new Param<>(
                uid,
                "engine",
                "where gradients are computed, with the same result: auto, driver, spark",
                ParamValidators.inArray(new String[] {"auto", "driver", "spark"}));
        shards = new IntParam(
                uid,
                "shards",
                "parts of every batch, at most its rows; the result depends on it, not on who computes them",
                ParamValidators.gtEq(1));
        localSteps = new IntParam(
                uid,
                "localSteps",
                "steps that each shard takes alone before parameters are averaged; 0 to add gradients at every step",
                ParamValidators.inRange(0, LocalSgd.MOST));
        threads = new IntParam(
                uid,
                "threads",
                "of the driver that compute; 0 for its processors, at most 4; changes no result",
                ParamValidators.inRange(0, 1024));
        roundTimeout = new IntParam(
                uid, "roundTimeout", "seconds that a step may take on the executors", ParamValidators.gtEq(1));
        defaults(owner);
    }

    /// The defaults, which stand here and nowhere else.
    private void defaults(TrainingParams<?> owner) {
        owner.setDefault(hidden, new int[] {64, 32});
        owner.setDefault(activation, "relu");
        owner.setDefault(dropout, 0.0);
        owner.setDefault(initialisation, "he");
        owner.setDefault(optimizer, "adam");
        owner.setDefault(schedule, "constant");
        owner.setDefault(batchSize, 128);
        owner.setDefault(epochs, 20);
        owner.setDefault(steps, 0L);
        owner.setDefault(sampling, "shuffle");
        owner.setDefault(seed, 1L);
        owner.setDefault(patience, 10);
        owner.setDefault(minDelta, 0.0);
        owner.setDefault(rowOrder, "content");
        owner.setDefault(engine, "auto");
        owner.setDefault(shards, 4);
        owner.setDefault(localSteps, 0);
        owner.setDefault(threads, 0);
        owner.setDefault(roundTimeout, (int) SparkSettings.DEADLINE.toSeconds());
    }

    /// Refuses a text that means nothing.
    @FunctionalInterface
    interface Check extends Consumer<String>, Serializable {}

    private static Param<String> text(String uid, String name, String doc, Check check) {
        return new Param<>(uid, name, doc, new Meaning(name, check));
    }

    /// Whether a text means something; if not, says why and not only that.
    private record Meaning(String name, Check check) implements Function1<String, Object>, Serializable {
        @Override
        public Object apply(String text) {
            try {
                check.accept(text);
                return true;
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("parameter " + name + ": " + wrong.getMessage(), wrong);
            }
        }
    }
}
