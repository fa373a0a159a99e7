package org.badak.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Precision;
import org.badak.tabular.CsvFile;
import org.badak.tabular.Predictions;
import org.badak.tabular.TableModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The estimators among Spark's own stages.
@ExtendWith(SharedSpark.class)
class PipelineTest {
    private static final String[] MEASURES = {"height", "width", "petals", "scent"};
    private static final List<String> NAMES = List.of("rose", "tulip", "violet");
    private static Dataset<Row> garden;

    @BeforeAll
    static void plant(SparkSession spark) {
        Flowers flowers = Flowers.of(120);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < flowers.count(); i++) {
            double[] each = flowers.measures()[i];
            rows.add(RowFactory.create(each[0], each[1], each[2], each[3], NAMES.get(flowers.kinds()[i])));
        }
        StructType schema = new StructType();
        for (String measure : MEASURES) {
            schema = schema.add(measure, DataTypes.DoubleType);
        }
        garden = spark.createDataFrame(rows, schema.add("kind", DataTypes.StringType))
                .coalesce(1)
                .cache();
    }

    private static StringIndexer indexer() {
        return new StringIndexer().setInputCol("kind").setOutputCol("label").setStringOrderType("alphabetAsc");
    }

    private static VectorAssembler assembler(String output) {
        return new VectorAssembler().setInputCols(MEASURES).setOutputCol(output);
    }

    private static BadakClassifier classifier() {
        return new BadakClassifier().setHidden(8).setBatchSize(30).setEpochs(15).setLearningRate(0.02);
    }

    @Test
    void pipelineIsSavedAndLoadedInAnotherSession(SparkSession spark, @TempDir Path folder) throws Exception {
        String planned = folder.resolve("planned").toString();
        classifier()
                .setProbabilityCol("chances")
                .setThresholds(new double[] {0.4, 0.3, 0.3})
                .save(planned);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            indexer(),
            assembler("measured"),
            new StandardScaler()
                    .setInputCol("measured")
                    .setOutputCol("features")
                    .setWithMean(true),
            BadakClassifier.load(planned), // the estimator, saved and loaded too
            new IndexToString().setInputCol("prediction").setOutputCol("answer").setLabels(NAMES.toArray(String[]::new))
        });
        PipelineModel model = pipeline.fit(garden);
        List<Row> answers =
                model.transform(garden).select("kind", "answer", "chances").collectAsList();
        assertThat(answers.stream()
                        .filter(row -> row.getString(0).equals(row.getString(1)))
                        .count())
                .isGreaterThan(100);
        String trained = folder.resolve("trained").toString();
        model.save(trained);
        SparkSession other = spark.newSession();
        SparkSession.setActiveSession(other);
        try {
            PipelineModel loaded = PipelineModel.load(trained);
            Dataset<Row> again = other.createDataFrame(garden.collectAsList(), garden.schema())
                    .coalesce(1);
            assertThat(loaded.transform(again)
                            .select("kind", "answer", "chances")
                            .collectAsList())
                    .isEqualTo(answers);
            BadakClassificationModel before = (BadakClassificationModel) model.stages()[3];
            BadakClassificationModel after = (BadakClassificationModel) loaded.stages()[3];
            assertThat(after.uid()).isEqualTo(before.uid());
            assertThat(after.getThresholds()).containsExactly(0.4, 0.3, 0.3);
            assertThat(after.getProbabilityCol()).isEqualTo("chances");
            assertThat(after.saved().origin()).isEqualTo(before.saved().origin());
        } finally {
            SparkSession.setActiveSession(spark);
        }
        try (var files = Files.walk(folder.resolve("trained"))) {
            Path file = files.filter(each -> each.endsWith("model.safetensors"))
                    .findFirst()
                    .orElseThrow();
            SavedModel saved = ModelFile.read(file); // what badak predict and badak serve read
            assertThat(saved.classNames()).isEqualTo(NAMES);
            assertThat(saved.parameters().sha256())
                    .isEqualTo(((BadakClassificationModel) model.stages()[3])
                            .saved()
                            .parameters()
                            .sha256());
        }
    }

    @Test
    void folderIsOverwrittenOnlyIfItIsSaidSo(@TempDir Path folder) throws Exception {
        BadakClassificationModel model =
                fitted(assembler("features"), classifier().setEpochs(1));
        String place = folder.resolve("model").toString();
        model.save(place);
        assertThatThrownBy(() -> model.save(place)).hasMessageContaining("already exists");
        model.write().overwrite().save(place);
        assertThat(BadakClassificationModel.load(place).saved().parameters().sha256())
                .isEqualTo(model.saved().parameters().sha256());
        assertThatThrownBy(() -> BadakRegressionModel.load(place)).hasMessageContaining("BadakClassificationModel");
    }

    private static BadakClassificationModel fitted(VectorAssembler assembler, BadakClassifier classifier) {
        return classifier.fit(assembler.transform(indexer().fit(garden).transform(garden)));
    }

    @Test
    void modelOfNamedColumnsTakesACsvFile(@TempDir Path folder) throws Exception {
        VectorAssembler assembler = assembler("features");
        BadakClassificationModel model = fitted(assembler, classifier());
        List<String> predicted = new ArrayList<>();
        for (Row row : model.transform(assembler.transform(garden))
                .select("prediction")
                .collectAsList()) {
            predicted.add(NAMES.get((int) row.getDouble(0)));
        }
        assertThat(answers(model.saved(), folder)).isEqualTo(predicted);
    }

    @Test
    void regressorLearnsNumbersInTheirUnitAndItsModelTakesACsvFile(@TempDir Path folder) throws Exception {
        Dataset<Row> priced = assembler("features")
                .transform(garden.withColumn("price", functions.expr("5000 + 1000 * (height - scent)")));
        BadakRegressionModel model = new BadakRegressor()
                .setLabelCol("price")
                .setHidden(16)
                .setBatchSize(30)
                .setEpochs(60)
                .setLearningRate(0.01)
                .fit(priced);
        List<Row> rows = model.transform(priced)
                .select("features", "price", "prediction")
                .collectAsList();
        double squares = 0;
        for (Row row : rows) {
            squares += Math.pow(row.getDouble(1) - row.getDouble(2), 2) / rows.size();
            assertThat(model.predict(row.getAs(0))).isEqualTo(row.getDouble(2));
        }
        assertThat(Math.sqrt(squares)).isLessThan(150); // the deviation of the prices is some 1,100
        List<String> told = answers(model.saved(), folder);
        for (int i = 0; i < told.size(); i++) {
            assertThat(Double.parseDouble(told.get(i)))
                    .isCloseTo(rows.get(i).getDouble(2), org.assertj.core.data.Offset.offset(1e-2));
        }
        model.save(folder.resolve("regressor").toString());
        BadakRegressionModel loaded =
                BadakRegressionModel.load(folder.resolve("regressor").toString());
        assertThat(loaded.transform(priced).select("prediction").collectAsList())
                .isEqualTo(model.transform(priced).select("prediction").collectAsList());
    }

    /// What the model says of the garden as a CSV file.
    private static List<String> answers(SavedModel model, Path folder) throws Exception {
        List<String> lines = new ArrayList<>(List.of(String.join(",", MEASURES)));
        for (Row row : garden.collectAsList()) {
            lines.add(row.getDouble(0) + "," + row.getDouble(1) + "," + row.getDouble(2) + "," + row.getDouble(3));
        }
        Path file = folder.resolve("garden.csv");
        Files.write(file, lines);
        List<String> answers = new ArrayList<>();
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            int[] rows = new int[lines.size() - 1];
            java.util.Arrays.setAll(rows, i -> i);
            Predictions predictions = TableModel.of(model, "the model").predict(kernels, CsvFile.read(file), rows);
            for (int row : rows) {
                answers.add(predictions.answer(row));
            }
        }
        return answers;
    }

    @Test
    void crossValidatorChoosesAmongLearningRates() {
        BadakClassifier classifier = classifier().setEpochs(10);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(classifier.learningRate(), new double[] {1e-7, 0.03})
                .build();
        CrossValidatorModel chosen = new CrossValidator()
                .setEstimator(classifier)
                .setEstimatorParamMaps(grid)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setNumFolds(2)
                .setSeed(1)
                .setParallelism(2)
                .fit(assembler("features").transform(indexer().fit(garden).transform(garden)));
        assertThat(chosen.avgMetrics()[1]).isGreaterThan(0.8).isGreaterThan(chosen.avgMetrics()[0]);
        BadakClassificationModel best = (BadakClassificationModel) chosen.bestModel();
        BadakClassifier parent = (BadakClassifier) best.parent();
        assertThat(parent.getOrDefault(parent.learningRate())).isEqualTo(0.03);
    }
}
