package org.badak.spark.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructField;
import org.badak.catalog.Catalog;
import org.badak.catalog.Inputs;
import org.badak.catalog.SavedModel;
import org.badak.data.DataException;
import org.badak.data.Examples;
import org.badak.data.FeatureDataset;
import org.badak.loss.Loss;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.model.Network;
import scala.Option;

/// Learns classes from a DataFrame, as a stage of Spark's ML pipelines:
///
/// ```
/// BadakClassificationModel model = new BadakClassifier()
///         .setHidden(50)
///         .setEpochs(10)
///         .fit(training);
/// model.transform(test).select("prediction", "probability");
/// ```
///
/// Features are vectors, dense or sparse, of finite numbers, best standardised or between 0 and
/// 1; labels are 0, 1, 2, … as a StringIndexer makes them, whose names the model keeps. The rows are
/// collected on the driver, 2^28 numbers at most, and learned there or in rounds on the executors, see
/// [#setEngine].
public final class BadakClassifier extends ProbabilisticClassifier<Vector, BadakClassifier, BadakClassificationModel>
        implements TrainingParams<BadakClassifier>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CLASSES_UNSAID = 1000; // beyond it labels are likelier to be something else

    private final String uid;
    private final NetworkParams own;
    private final IntParam classes;

    /// With the defaults.
    public BadakClassifier() {
        this(Identifiable.randomUID("badakClassifier"));
    }

    /// With the defaults and a name.
    ///
    /// @param uid unique name of this stage
    public BadakClassifier(String uid) {
        this.uid = uid; // Spark asks for it while it constructs
        super();
        own = new NetworkParams(this, BadakClassifier::loss);
        classes = new IntParam(
                uid, "classes", "how many; 0 for those of the label's metadata or data", ParamValidators.gtEq(0));
        setDefault(own.loss, "softmax-cross-entropy");
        setDefault(classes, 0);
    }

    /// The loss of a name, if its outputs are probabilities of classes.
    private static Loss loss(String text) {
        Loss loss = Catalog.loss(text);
        if (loss instanceof SoftmaxCrossEntropy
                || loss instanceof SmoothedCrossEntropy
                || loss instanceof WeightedCrossEntropy) {
            return loss;
        }
        throw new IllegalArgumentException("expected softmax-cross-entropy, smoothed-cross-entropy:0.1 or"
                + " weighted-cross-entropy:1.0,2.0 for classes, found " + text);
    }

    /// How many classes there are; 0, the default, for as many as the metadata of the label's
    /// column tells, or else the largest label and one.
    public BadakClassifier setClasses(int count) {
        set(classes, (Object) count);
        return this;
    }

    /// See [#setClasses].
    public IntParam classes() {
        return classes;
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
    /// @throws DataException if a row cannot be used; names it
    @Override
    public BadakClassificationModel train(Dataset<?> dataset) {
        NetworkTraining training = new NetworkTraining(this);
        CollectedRows rows = training.collect(dataset, getFeaturesCol(), getLabelCol(), true);
        List<String> names = classNames(dataset.schema().apply(getLabelCol()), rows);
        Network network = training.network(rows.features(), names.size(), loss(getOrDefault(own.loss)));
        Examples examples = examples(network, names, rows.learned());
        Optional<Examples> held =
                rows.held().count() == 0 ? Optional.empty() : Optional.of(examples(network, names, rows.held()));
        NetworkTraining.Result result = training.run(dataset.sparkSession().sparkContext(), network, examples, held);
        List<String> columns = TableInputs.names(dataset.schema().apply(getFeaturesCol()));
        Inputs inputs = columns.isEmpty()
                ? new Inputs.Features(network.input(), false)
                : TableInputs.classes(columns, rows.learned().x(), getLabelCol(), names);
        return new BadakClassificationModel(
                uid,
                new SavedModel(
                        network, result.parameters(), inputs, names, training.seed(), result.step(), rows.origin()));
    }

    private static Examples examples(Network network, List<String> names, CollectedRows.Part part) {
        int[] labels = new int[part.count()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) part.labels()[i];
        }
        Examples plain = new FeatureDataset("the DataFrame", network.input(), false, names.size(), part.x(), labels);
        return part.weighted(plain);
    }

    /// As many names as classes.
    private List<String> classNames(StructField label, CollectedRows rows) {
        int largest = 0;
        for (CollectedRows.Part part : List.of(rows.learned(), rows.held())) {
            for (double each : part.labels()) {
                largest = Math.max(largest, (int) each);
            }
        }
        List<String> told = told(label);
        int given = (int) getOrDefault(classes);
        int count = given > 0 ? given : told.isEmpty() ? Math.max(2, largest + 1) : told.size();
        if (given == 0 && told.isEmpty() && count > MOST_CLASSES_UNSAID) {
            throw labels(label, count + " classes", "at most " + MOST_CLASSES_UNSAID + ", unless it is said");
        }
        if (largest >= count) {
            throw labels(label, "label " + largest, "0 to " + (count - 1));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(i < told.size() ? told.get(i) : Integer.toString(i));
        }
        return names;
    }

    private static DataException labels(StructField label, String found, String expected) {
        return new DataException(
                "cannot learn the DataFrame: its labels are not the classes",
                "column " + label.name(),
                found,
                expected,
                "tell by setClasses how many there are, or let a StringIndexer number them");
    }

    /// The names of the classes that the metadata of a column tells; none where it tells nothing.
    private static List<String> told(StructField label) {
        Option<String[]> values = switch (Attribute.fromStructField(label)) {
            case NominalAttribute nominal -> nominal.values();
            case BinaryAttribute binary -> binary.values();
            default -> Option.empty();
        };
        return values.isDefined() ? List.of(values.get()) : List.of();
    }

    @Override
    public BadakClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /// What reads saved estimators; [#load] is the short form.
    public static MLReader<BadakClassifier> read() {
        return new DefaultParamsReader<>();
    }

    /// Reads a saved estimator.
    ///
    /// @param folder as Spark names it
    public static BadakClassifier load(String folder) {
        return read().load(folder);
    }
}
