package org.badak.spark.ml;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.badak.catalog.Catalog;
import org.badak.catalog.SavedModel;
import org.badak.data.Examples;
import org.badak.data.ValueExamples;
import org.badak.kernel.Kernels;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SumOfSquaredError;
import org.badak.matrix.FloatMatrix;
import org.badak.model.Network;

/// Learns numbers from a DataFrame, as a stage of Spark's ML pipelines; [BadakClassifier] with
/// another label. The label may have any unit: it is standardised while the network learns, by mean
/// and standard deviation of the rows that are learned, and predictions come back in its unit.
public final class BadakRegressor extends Regressor<Vector, BadakRegressor, BadakRegressionModel>
        implements TrainingParams<BadakRegressor>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final NetworkParams own;

    /// With the defaults.
    public BadakRegressor() {
        this(Identifiable.randomUID("badakRegressor"));
    }

    /// With the defaults and a name.
    ///
    /// @param uid unique name of this stage
    public BadakRegressor(String uid) {
        this.uid = uid; // Spark asks for it while it constructs
        super();
        own = new NetworkParams(this, BadakRegressor::loss);
        setDefault(own.loss, "mean-squared-error");
    }

    /// The loss of a name, if it judges numbers.
    private static Loss loss(String text) {
        Loss loss = Catalog.loss(text);
        if (loss instanceof MeanSquaredError || loss instanceof SumOfSquaredError || loss instanceof Huber) {
            return loss;
        }
        throw new IllegalArgumentException(
                "expected mean-squared-error, sum-of-squared-error or huber:1 for numbers, found " + text);
    }

    @Override
    public NetworkParams own() {
        return own;
    }

    @Override
    public String uid() {
        return uid;
    }

    /// Learns; called by [#fit], which checks the columns.
    ///
    /// @throws org.badak.data.DataException if a row cannot be used; names it
    @Override
    public BadakRegressionModel train(Dataset<?> dataset) {
        NetworkTraining training = new NetworkTraining(this);
        CollectedRows rows = training.collect(dataset, getFeaturesCol(), getLabelCol(), false);
        double mean = Kernels.mean(rows.learned().labels(), rows.learned().count());
        double deviation = deviation(rows.learned().labels(), mean);
        Network network = training.network(rows.features(), 1, loss(getOrDefault(own.loss)));
        Examples examples = examples(rows.learned(), rows.features(), mean, deviation);
        Optional<Examples> held = rows.held().count() == 0
                ? Optional.empty()
                : Optional.of(examples(rows.held(), rows.features(), mean, deviation));
        NetworkTraining.Result result = training.run(dataset.sparkSession().sparkContext(), network, examples, held);
        List<String> told = TableInputs.names(dataset.schema().apply(getFeaturesCol()));
        List<String> columns = told.isEmpty() ? TableInputs.numbered(rows.features()) : told;
        return new BadakRegressionModel(
                uid,
                new SavedModel(
                        network,
                        result.parameters(),
                        TableInputs.values(columns, rows.learned().x(), getLabelCol(), mean, deviation),
                        List.of(),
                        training.seed(),
                        result.step(),
                        rows.origin()));
    }

    private static Examples examples(CollectedRows.Part part, int features, double mean, double deviation) {
        FloatMatrix inputs = FloatMatrix.zeros(part.count(), features);
        FloatMatrix values = FloatMatrix.zeros(part.count(), 1);
        for (int row = 0; row < part.count(); row++) {
            System.arraycopy(part.x(), row * features, inputs.data(), inputs.index(row, 0), features);
            values.data()[values.index(row, 0)] = (float) ((part.labels()[row] - mean) / deviation);
        }
        Examples plain = new ValueExamples("the DataFrame", inputs, values);
        return part.weighted(plain);
    }

    /// The standard deviation; 1 where all values are the same.
    private static double deviation(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(sum / values.length);
        return deviation > 0 ? deviation : 1;
    }

    @Override
    public BadakRegressor copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /// What reads saved estimators; [#load] is the short form.
    public static MLReader<BadakRegressor> read() {
        return new DefaultParamsReader<>();
    }

    /// Reads a saved estimator.
    ///
    /// @param folder as Spark names it
    public static BadakRegressor load(String folder) {
        return read().load(folder);
    }
}
