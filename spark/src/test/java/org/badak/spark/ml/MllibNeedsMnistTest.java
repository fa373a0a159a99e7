package org.badak.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.badak.data.DataLocations;
import org.badak.data.DataSplit;
import org.badak.data.ImageDataset;
import org.badak.data.MnistSource;
import org.badak.kernel.KernelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/// Beside MLlib's MultilayerPerceptronClassifier, on MNIST with the chapter's network (784-50-10,
/// sigmoid, softmax): seconds of `fit` and accuracy on the test set, for docs/spark-ml.md. On
/// demand, in one Spark of two threads, one after the other: `-Dbadak.spark.mllib=tune` fits each
/// setting that was tried once, `=compare` the chosen ones in turns.
@ExtendWith(SharedSpark.class)
class MllibNeedsMnistTest {
    private static final String CHOICE = "badak.spark.mllib";

    /// A way to learn.
    ///
    /// @param name in tables
    /// @param estimator with all that is set
    private record Setting(String name, Predictor<?, ?, ?> estimator) {}

    /// What came of it.
    ///
    /// @param seconds of `fit` on the clock
    /// @param processor seconds that all threads of the process computed meanwhile
    /// @param accuracy on the test set
    private record Result(double seconds, double processor, double accuracy) {}

    private static Setting lbfgs(int iterations, int block) {
        return new Setting(
                "MLlib, l-bfgs, blocks of " + block + ", " + iterations + " iterations",
                new MultilayerPerceptronClassifier()
                        .setLayers(new int[] {784, 50, 10})
                        .setSeed(1)
                        .setMaxIter(iterations)
                        .setBlockSize(block));
    }

    private static Setting descent(int iterations, double step) {
        return new Setting(
                "MLlib, gd, step " + step + ", blocks of 128, " + iterations + " iterations",
                new MultilayerPerceptronClassifier()
                        .setLayers(new int[] {784, 50, 10})
                        .setSeed(1)
                        .setSolver("gd")
                        .setStepSize(step)
                        .setMaxIter(iterations));
    }

    private static BadakClassifier chapter() {
        return new BadakClassifier().setHidden(50).setActivation("sigmoid").setSeed(1);
    }

    private static Setting adam(long steps, double rate, int batch, String engine) {
        return new Setting(
                "Badak, adam, rate " + rate + ", batches of " + batch + ", " + steps + " steps, engine " + engine,
                chapter()
                        .setInitialisation("xavier")
                        .setLearningRate(rate)
                        .setBatchSize(batch)
                        .setSteps(steps)
                        .setShards(2)
                        .setEngine(engine));
    }

    @Test
    @EnabledIfSystemProperty(named = CHOICE, matches = "tune")
    void settingsThatWereTried(SparkSession spark) {
        Dataset<Row> train = frame(spark, data().train());
        Dataset<Row> test = frame(spark, data().test());
        List<Setting> settings = new ArrayList<>();
        for (double rate : new double[] {0.003, 0.01, 0.03}) {
            for (long steps : new long[] {100, 200, 300}) {
                settings.add(adam(steps, rate, 100, "driver"));
            }
        }
        for (int iterations : new int[] {20, 30, 40}) {
            settings.add(lbfgs(iterations, 128));
        }
        for (int block : new int[] {1024, 8192}) {
            settings.add(lbfgs(20, block));
        }
        for (double step : new double[] {0.03, 1, 5}) {
            settings.add(descent(30, step));
        }
        for (Setting setting : settings) {
            System.out.println(line(setting.name, List.of(fit(setting, train, test))));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = CHOICE, matches = "compare")
    void chosenSettingsInTurns(SparkSession spark) {
        Dataset<Row> train = frame(spark, data().train());
        Dataset<Row> test = frame(spark, data().test());
        List<Setting> settings = List.of(adam(200, 0.01, 100, "driver"), lbfgs(20, 128));
        Map<String, List<Result>> all = new TreeMap<>();
        System.out.println("Spark " + spark.version() + ", Java " + Runtime.version() + ", "
                + KernelChoice.current().set().name() + " kernels, BLAS "
                + dev.ludovic.netlib.blas.JavaBLAS.getInstance().getClass().getSimpleName());
        for (int turn = 0; turn < 3; turn++) {
            for (Setting setting : settings) {
                Result result = fit(setting, train, test);
                System.out.println("turn " + turn + ": " + line(setting.name, List.of(result)));
                all.computeIfAbsent(setting.name, name -> new ArrayList<>()).add(result);
            }
        }
        all.forEach((name, results) -> System.out.println(line(name, results)));
    }

    /// Medians: seconds, seconds of the processor, accuracy.
    private static String line(String name, List<Result> results) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f |",
                name,
                median(results.stream().mapToDouble(Result::seconds)),
                median(results.stream().mapToDouble(Result::processor)),
                100 * results.getFirst().accuracy);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Result fit(Setting setting, Dataset<Row> train, Dataset<Row> test) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = System.nanoTime();
        long computed = system.getProcessCpuTime();
        Transformer model = setting.estimator.fit(train);
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor = (system.getProcessCpuTime() - computed) / 1e9;
        double accuracy = new MulticlassClassificationEvaluator()
                .setMetricName("accuracy")
                .evaluate(model.transform(test));
        return new Result(seconds, processor, accuracy);
    }

    private static DataSplit data() {
        return MnistSource.mnist().load(DataLocations.ofEnvironment());
    }

    /// Images as Spark's users have them: sparse vectors of the pixels divided by 255, cached in two
    /// partitions.
    private static Dataset<Row> frame(SparkSession spark, ImageDataset images) {
        spark.conf().set("spark.sql.codegen.wholeStage", true); // as usual, unlike the other tests here
        spark.conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            double[] pixels = new double[images.features()];
            for (int j = 0; j < pixels.length; j++) {
                pixels[j] = Byte.toUnsignedInt(images.pixels()[i * pixels.length + j]) / 255.0;
            }
            rows.add(RowFactory.create(Vectors.dense(pixels).compressed(), (double) images.label(i)));
        }
        StructType schema = new StructType().add("features", new VectorUDT()).add("label", DataTypes.DoubleType);
        Dataset<Row> frame = spark.createDataFrame(rows, schema).coalesce(2).cache();
        assertThat(frame.count()).isEqualTo(images.count());
        return frame;
    }
}
