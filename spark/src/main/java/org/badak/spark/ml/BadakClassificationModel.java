package org.badak.spark.ml;

import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.badak.catalog.SavedModel;
import scala.Tuple3;

/// A network that [BadakClassifier] has trained. [#transform] appends the outputs of the last
/// layer (`rawPrediction`), the probabilities of the classes and the class, in blocks of rows on the
/// executors; columns whose name is set to an empty text are left out.
///
/// [#write] makes a folder with Spark's metadata and `model.safetensors`, a model file of Badak's
/// that `badak predict`, `badak serve` and other programs read.
public final class BadakClassificationModel extends ProbabilisticClassificationModel<Vector, BadakClassificationModel>
        implements MLWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final SentOnce content;

    /// A model by name.
    ///
    /// @param uid unique name of this stage
    /// @param model whose outputs are classes
    public BadakClassificationModel(String uid, SavedModel model) {
        this(uid, new SentOnce(SentModel.of(model)));
    }

    private BadakClassificationModel(String uid, SentOnce content) {
        this.uid = uid; // Spark asks for it while it constructs
        this.content = content;
        super();
    }

    /// The model as Badak's other parts take it: network, parameters, names of the classes.
    public SavedModel saved() {
        return content.model().saved();
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public int numClasses() {
        return content.model().outputs();
    }

    @Override
    public int numFeatures() {
        return content.model().inputs();
    }

    /// Appends what is predicted. A row with features that are missing, not finite or of another
    /// size ends the job with a message that names it.
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        var schema = arranged(transformSchema(dataset.schema()), dataset.schema());
        var added = new BlockPrediction.Added(
                !getRawPredictionCol().isEmpty(),
                !getProbabilityCol().isEmpty(),
                !getPredictionCol().isEmpty(),
                false,
                0,
                1);
        if (added.count() == 0) {
            return dataset.toDF();
        }
        var prediction = new BlockPrediction(
                content.on(dataset.sparkSession().sparkContext()),
                getFeaturesCol(),
                schema.fieldIndex(getFeaturesCol()),
                added,
                isDefined(thresholds()) ? getThresholds() : new double[0]);
        return dataset.toDF().mapPartitions(prediction, Encoders.row(schema));
    }

    /// With the new columns in the order of Spark's own models.
    private StructType arranged(StructType schema, StructType before) {
        StructType arranged = before;
        for (String name : List.of(getRawPredictionCol(), getProbabilityCol(), getPredictionCol())) {
            arranged = name.isEmpty() ? arranged : arranged.add(schema.apply(name));
        }
        return arranged;
    }

    /// The outputs of the last layer for one row.
    @Override
    public Vector predictRaw(Vector features) {
        return new DenseVector(BlockPrediction.outputs(content.model(), features));
    }

    /// Overwrites outputs with probabilities.
    @Override
    public Vector raw2probabilityInPlace(Vector rawPrediction) {
        double[] values = ((DenseVector) rawPrediction).values();
        float[] scores = new float[values.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) values[i];
        }
        content.model().predictInPlace(scores, 1);
        for (int i = 0; i < scores.length; i++) {
            values[i] = scores[i];
        }
        return rawPrediction;
    }

    /// For summaries of a training, which this model has none of. Two classes of Spark declare it with
    /// results that Java cannot tell to be one another's, but as a raw type.
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return new Tuple3(this, getProbabilityCol(), getPredictionCol());
    }

    @Override
    public BadakClassificationModel copy(ParamMap extra) {
        return copyValues(new BadakClassificationModel(uid, content), extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new ModelFolder.Writer(this, saved());
    }

    /// What reads saved models; [#load] is the short form.
    public static MLReader<BadakClassificationModel> read() {
        return new ModelFolder.Reader<>(BadakClassificationModel.class, BadakClassificationModel::new);
    }

    /// Reads a saved model.
    ///
    /// @param folder as Spark names it
    public static BadakClassificationModel load(String folder) {
        return read().load(folder);
    }

    /// The stage and the sizes of its network.
    @Override
    public String toString() {
        return "BadakClassificationModel: uid=" + uid + ", " + saved().network().summary();
    }
}
