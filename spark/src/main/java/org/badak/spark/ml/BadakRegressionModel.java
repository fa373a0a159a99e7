package org.badak.spark.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.badak.catalog.SavedModel;

/// A network that [BadakRegressor] has trained. [#transform] appends the number that is predicted, in
/// the label's own unit, in blocks of rows on the executors.
///
/// [#write] makes a folder with Spark's metadata and `model.safetensors`, a model file of Badak's
/// that `badak predict`, `badak serve` and other programs read.
public final class BadakRegressionModel extends RegressionModel<Vector, BadakRegressionModel> implements MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SentOnce content;
    private final double mean; // of the label in training
    private final double deviation;

    /// A model by name.
    ///
    /// @param uid unique name of this stage
    /// @param model of a table with numbers to predict
    /// @throws IllegalArgumentException if it is another
    public BadakRegressionModel(String uid, SavedModel model) {
        this(
                uid,
                new SentOnce(SentModel.of(model)),
                TableInputs.ofTarget(model.inputs(), "mean"),
                TableInputs.ofTarget(model.inputs(), "deviation"));
    }

    private BadakRegressionModel(String uid, SentOnce content, double mean, double deviation) {
        this.uid = uid; // Spark asks for it while it constructs
        this.content = content;
        this.mean = mean;
        this.deviation = deviation;
        super();
    }

    /// The model as Badak's other parts take it: network, parameters, and how a table's rows become
    /// their inputs.
    public SavedModel saved() {
        return content.model().saved();
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public int numFeatures() {
        return content.model().inputs();
    }

    /// Appends what is predicted. A row with features that are missing, not finite or of another
    /// size ends the job with a message that names it.
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        var schema = transformSchema(dataset.schema());
        if (getPredictionCol().isEmpty()) {
            return dataset.toDF();
        }
        var prediction = new BlockPrediction(
                content.on(dataset.sparkSession().sparkContext()),
                getFeaturesCol(),
                schema.fieldIndex(getFeaturesCol()),
                new BlockPrediction.Added(false, false, false, true, mean, deviation),
                new double[0]);
        return dataset.toDF().mapPartitions(prediction, Encoders.row(schema));
    }

    /// The number for one row.
    @Override
    public double predict(Vector features) {
        return mean + deviation * BlockPrediction.outputs(content.model(), features)[0];
    }

    @Override
    public BadakRegressionModel copy(ParamMap extra) {
        return copyValues(new BadakRegressionModel(uid, content, mean, deviation), extra)
                .setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelFolder.Writer(this, saved());
    }

    /// What reads saved models; [#load] is the short form.
    public static MLReader<BadakRegressionModel> read() {
        return new ModelFolder.Reader<>(BadakRegressionModel.class, BadakRegressionModel::new);
    }

    /// Reads a saved model.
    ///
    /// @param folder as Spark names it
    public static BadakRegressionModel load(String folder) {
        return read().load(folder);
    }

    /// The stage and the sizes of its network.
    @Override
    public String toString() {
        return "BadakRegressionModel: uid=" + uid + ", " + saved().network().summary();
    }
}
