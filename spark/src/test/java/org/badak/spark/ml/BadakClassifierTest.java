package org.badak.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.badak.catalog.Catalog;
import org.badak.catalog.Optimizers;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.FeatureDataset;
import org.badak.data.Sampler;
import org.badak.data.WeightedExamples;
import org.badak.gradient.ShardedGradient;
import org.badak.gradient.Shards;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.train.Trainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedSpark.class)
class BadakClassifierTest {
    private static final Flowers FLOWERS = Flowers.of(90);
    private static Dataset<Row> frame;

    @BeforeAll
    static void collect(SparkSession spark) {
        frame = FLOWERS.frame(spark).cache();
    }

    private static BadakClassifier small() {
        return new BadakClassifier()
                .setHidden(7)
                .setBatchSize(20)
                .setSteps(12)
                .setSeed(3)
                .setOptimizer("adam")
                .setLearningRate(0.02)
                .setShards(3)
                .setEngine("driver");
    }

    private static String hash(BadakClassificationModel model) {
        return model.saved().parameters().sha256();
    }

    @ParameterizedTest
    @CsvSource({"spark,false", "driver,false", "spark,true", "driver,true"})
    void fitHasTheBitsOfOneProcess(String engine, boolean weighted) {
        BadakClassifier classifier =
                small().setRowOrder("dataframe").setDropout(0.2).setEngine(engine);
        if (weighted) {
            classifier.setWeightCol("weight");
        }
        assertThat(hash(classifier.fit(frame))).isEqualTo(inOneProcess(weighted));
    }

    /// The same training without a DataFrame.
    private static String inOneProcess(boolean weighted) {
        Examples plain = new FeatureDataset("flowers", Shape.flat(4), false, 3, FLOWERS.x(), FLOWERS.kinds());
        Examples examples = weighted ? new WeightedExamples(plain, FLOWERS.weights()) : plain;
        Network network = new Network(
                4,
                Catalog.layers("dense 7, relu, dropout 0.2, dense 3", new Initialisation.He()),
                new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT32, 3);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Trainer trainer = new Trainer(
                    network,
                    parameters,
                    new ShardedGradient(new Shards(3), network, parameters, kernels, 3),
                    Optimizers.optimizer("adam:learning-rate=0.02"),
                    new Sampler.Shuffle(90, 20, 3),
                    kernels,
                    examples,
                    20);
            for (int i = 0; i < 12; i++) {
                trainer.step();
            }
        }
        return parameters.sha256();
    }

    @ParameterizedTest
    @CsvSource({"spark,12", "driver,0", "auto,0"}) // local[2] has no executors but the driver
    void engineIsWhereGradientsAreComputed(String engine, int expected, SparkSession spark) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        SparkListener counter = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                if (job.properties().getProperty("spark.job.description", "").startsWith("Badak, round")) {
                    rounds.incrementAndGet();
                }
            }
        };
        spark.sparkContext().addSparkListener(counter);
        small().setEngine(engine).fit(frame);
        spark.sparkContext().listenerBus().waitUntilEmpty();
        spark.sparkContext().removeSparkListener(counter);
        assertThat(rounds).hasValue(expected);
    }

    @Test
    void shardsThatStepAloneGiveTheSameBitsOnEitherEngine() {
        String expected = hash(small().setLocalSteps(4).fit(frame));
        assertThat(hash(small().setLocalSteps(4).setEngine("spark").fit(frame))).isEqualTo(expected);
        assertThat(hash(small().fit(frame))).isNotEqualTo(expected);
    }

    @Test
    void neitherPartitionsNorTheOrderOfRowsChangeABit(SparkSession spark) {
        String expected = hash(small().fit(frame));
        assertThat(hash(small().fit(FLOWERS.backwards(spark)))).isEqualTo(expected);
        assertThat(hash(small().fit(frame.repartition(3)))).isEqualTo(expected);
        assertThat(hash(small().setRowOrder("dataframe").fit(FLOWERS.backwards(spark))))
                .isNotEqualTo(hash(small().setRowOrder("dataframe").fit(frame)));
    }

    @Test
    void threadsAndLearningRateAndSeedAreWhatTheyAreCalled() {
        String expected = hash(small().fit(frame));
        assertThat(hash(small().setThreads(2).fit(frame))).isEqualTo(expected);
        List<UnaryOperator<BadakClassifier>> changes = List.of(
                each -> each.setLearningRate(0.03),
                each -> each.setWeightDecay(0.1),
                each -> each.setSchedule("cosine"),
                each -> each.setSeed(4),
                each -> each.setShards(4),
                each -> each.setSampling("replacement"),
                each -> each.setActivation("tanh"),
                each -> each.setInitialisation("xavier"),
                each -> each.setLoss("smoothed-cross-entropy:0.1"),
                each -> each.setSteps(0).setEpochs(2),
                each -> each.setLayers("dense 6, relu, dense 3"));
        List<String> hashes = new ArrayList<>(List.of(expected));
        for (UnaryOperator<BadakClassifier> change : changes) {
            hashes.add(hash(change.apply(small()).fit(frame)));
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void imagesAreConvolvedInTheShapeThatIsTold(SparkSession spark) {
        BadakClassificationModel model = small().setInputShape("1x2x2")
                .setLayers("conv 3 2, relu, flatten, dense 3")
                .fit(frame);
        assertThat(model.saved().network().sizes()).isEqualTo("1x2x2-3-3");
        assertThatThrownBy(() -> small().setInputShape("1x3x3").fit(frame))
                .hasMessageContaining("4 features of a row, found 1x3x3");
        assertThatThrownBy(() -> small().setLayers("dense 5").fit(frame))
                .hasMessageContaining("expected 3 outputs of the last layer, found 5");
    }

    @Test
    void heldOutRowsEndTrainingAndTheBestParametersStay() {
        BadakClassifier stopping = small().setSteps(0)
                .setEpochs(60)
                .setLearningRate(0.2)
                .setValidationIndicatorCol("mark")
                .setPatience(4);
        BadakClassificationModel stopped = stopping.fit(frame);
        long best = stopped.saved().step();
        assertThat(best).isBetween(1L, 250L); // of 60 epochs of 4 steps, or few more
        BadakClassificationModel only =
                small().setLearningRate(0.2).setSteps(best).fit(frame.where("not mark"));
        assertThat(hash(stopped)).isEqualTo(hash(only));
    }

    @Test
    void blocksOfRowsGetTheNumbersOfSingleRows(SparkSession spark) {
        Flowers many = Flowers.of(600); // more than two blocks
        BadakClassificationModel model = small().fit(frame).setThresholds(new double[] {0.2, 0.5, 0.3});
        List<Row> rows = model.transform(many.frame(spark)).collectAsList();
        assertThat(rows).hasSize(600);
        int byThreshold = 0;
        for (Row row : rows) {
            Vector features = row.getAs("features");
            Vector raw = row.getAs("rawPrediction");
            assertThat(raw).isEqualTo(model.predictRaw(features));
            Vector probability = row.getAs("probability");
            assertThat(probability).isEqualTo(model.predictProbability(features));
            double prediction = row.<Double>getAs("prediction");
            assertThat(prediction).isEqualTo(model.predict(features));
            byThreshold += prediction == probability.argmax() ? 0 : 1;
        }
        assertThat(byThreshold).isPositive();
    }

    @Test
    void sparseVectorsAreDenseOnesWithZeros(SparkSession spark) {
        List<Row> dense = new ArrayList<>();
        List<Row> sparse = new ArrayList<>();
        Flowers many = Flowers.of(600); // more than two blocks
        for (int i = 0; i < many.count(); i++) {
            double[] all = many.measures()[i];
            all[i / 7 % 4] = 0;
            dense.add(RowFactory.create(i, Vectors.dense(all), many.kinds()[i], 1.0, false));
            sparse.add(RowFactory.create(i, Vectors.dense(all).toSparse(), many.kinds()[i], 1.0, false));
        }
        Dataset<Row> one = Flowers.frame(spark, dense);
        Dataset<Row> other = Flowers.frame(spark, sparse);
        BadakClassificationModel model = small().fit(one);
        assertThat(hash(small().fit(other))).isEqualTo(hash(model));
        assertThat(model.transform(other).select("probability").collectAsList())
                .isEqualTo(model.transform(one).select("probability").collectAsList());
    }

    @Test
    void columnsWithoutANameAreLeftOut() {
        BadakClassificationModel model =
                small().setProbabilityCol("").setPredictionCol("kind").fit(frame);
        assertThat(model.transform(frame).columns())
                .containsExactly("id", "features", "label", "weight", "mark", "rawPrediction", "kind");
        model.setRawPredictionCol("").setPredictionCol("");
        assertThat(model.transform(frame).columns()).containsExactly("id", "features", "label", "weight", "mark");
    }

    @Test
    void copyAndExplanationKnowEveryParameter() {
        BadakClassifier original = small().setWeightCol("weight");
        BadakClassifier same = original.copy(ParamMap.empty());
        assertThat(same.uid()).isEqualTo(original.uid());
        assertThat(same.explainParams()).isEqualTo(original.explainParams());
        assertThat(original.explainParams())
                .contains("weightCol: name of a column of row weights", "(current: weight)")
                .contains("seed: of first weights, order of rows, dropout (default: 1, current: 3)")
                .contains("featuresCol", "thresholds", "probabilityCol");
        for (Param<?> param : original.params()) {
            assertThat(param.doc()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "activation|relo|relu",
                "optimizer|adam:beta3=1|beta3",
                "loss|huber|softmax-cross-entropy",
                "schedule|plateau|try cosine",
                "layers|dense|dense",
                "sampling|sorted|shuffle",
                "inputShape|2x2|1x28x28",
                "engine|flink|engine",
                "rowOrder|none|rowOrder"
            })
    void wordThatMeansNothingIsRefusedWhenItIsSet(String name, String value, String told) {
        assertThatThrownBy(() -> small().set(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void numberOutOfRangeIsRefusedWhenItIsSet(int wrong) {
        assertThatThrownBy(() -> small().setEpochs(wrong)).hasMessageContaining("epochs");
        assertThatThrownBy(() -> small().setHidden(5, wrong)).hasMessageContaining("found " + wrong);
        assertThatThrownBy(() -> small().setShards(wrong)).hasMessageContaining("shards");
        assertThatThrownBy(() -> small().setLearningRate(wrong)).hasMessageContaining("learningRate");
    }

    @Test
    void rowThatCannotBeLearnedIsNamed(SparkSession spark) {
        Vector good = Vectors.dense(1, 2);
        refused(spark, good, Double.NaN, "column label, partition 0, row 2", "found:    NaN");
        refused(spark, good, 1.5, "column label, partition 0, row 2", "found:    1.5", "StringIndexer");
        refused(spark, good, -1, "found:    -1.0");
        refused(spark, Vectors.dense(1, Double.NaN), 1, "column features, number 1, partition 0, row 2", "NaN");
        refused(spark, Vectors.dense(1e300, 1), 1, "number 0", "1.0E300", "float32");
        refused(spark, Vectors.sparse(2, new int[] {1}, new double[] {Double.POSITIVE_INFINITY}), 1, "number 1");
        refused(spark, Vectors.dense(1, 2, 3), 1, "a vector of 3 numbers", "2, as in the row before");
        assertThatThrownBy(() -> small().setWeightCol("weighed").fit(frame.withColumn("weighed", functions.lit(-2))))
                .hasMessageContainingAll("column weighed, partition 0, row 0", "found:    -2.0");
        refused(spark, null, 1, "column features, partition 0, row 2", "null", "Imputer");
    }

    private static void refused(SparkSession spark, Vector third, double label, String... told) {
        Vector good = Vectors.dense(0, 1);
        Dataset<Row> bad = Flowers.frame(spark, new Vector[] {good, good, third}, new double[] {0, 1, label});
        assertThatThrownBy(() -> small().fit(bad))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(told);
    }

    @Test
    void labelsThatAreNoClassesAreRefused(SparkSession spark) {
        Vector[] two = {Vectors.dense(0), Vectors.dense(1)};
        assertThatThrownBy(() -> small().fit(Flowers.frame(spark, two, new double[] {0, 123_456})))
                .hasMessageContainingAll("found:    123457 classes", "setClasses");
        assertThatThrownBy(() -> small().setClasses(3).fit(Flowers.frame(spark, two, new double[] {0, 3})))
                .hasMessageContainingAll("found:    label 3", "expected: 0 to 2");
        assertThat(small().setClasses(5)
                        .fit(Flowers.frame(spark, two, new double[] {0, 3}))
                        .numClasses())
                .isEqualTo(5);
        assertThatThrownBy(() -> small().fit(frame.limit(0))).hasMessageContaining("found:    no row");
        assertThatThrownBy(() -> small().fit(frame.drop("label"))).hasMessageContaining("label");
    }

    @Test
    void divergenceIsToldWithTheLearningRate() {
        assertThatThrownBy(
                        () -> small().setOptimizer("sgd").setLearningRate(1e30).fit(frame))
                .hasMessageContainingAll("training diverged at step", "1.0E30");
    }

    @Test
    void rowThatCannotBePredictedIsNamed(SparkSession spark) {
        BadakClassificationModel model = small().fit(frame);
        Dataset<Row> shorter = Flowers.frame(spark, new Vector[] {Vectors.dense(1, 2)}, new double[] {0});
        assertThatThrownBy(() -> model.transform(shorter).collectAsList())
                .rootCause()
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("column features, partition 0, row 0", "2 numbers", "4, as in training");
        Dataset<Row> infinite = Flowers.frame(
                spark,
                Collections.nCopies(3, Vectors.dense(1, 2, Double.NaN, 4)).toArray(Vector[]::new),
                new double[3]);
        assertThatThrownBy(() -> model.transform(infinite).collectAsList())
                .rootCause()
                .hasMessageContainingAll("row 0", "NaN as number 2");
        assertThatThrownBy(() -> model.predict(Vectors.dense(1, 2))).hasMessageContaining("expected 4 numbers");
    }
}
