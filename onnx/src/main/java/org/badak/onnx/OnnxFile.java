package org.badak.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.badak.catalog.Inputs;
import org.badak.catalog.ModelFile;
import org.badak.catalog.SavedModel;
import org.badak.data.DurableFile;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.tabular.Preparation;
import org.badak.tabular.TableModel;
import org.badak.tabular.TargetEncoding;

/// Models in the format of ONNX (onnx.ai; IR version 8, operator set 17), for ONNX Runtime and
/// other programs that read it. A file takes what users have, bytes of images or the columns of a
/// table, and gives probabilities, classes and labels, or numbers in the target's own unit; so
/// nothing has to be rebuilt beside it. The first size of every value is the batch, as large as one
/// likes.
///
/// Numbers are float32, those of a float64 model rounded.
public final class OnnxFile {
    private static final int IR_VERSION = 8;
    private static final int OPERATORS = 17;
    private static final int ENCODINGS = 3;

    private OnnxFile() {}

    /// What a file takes and gives, each in words: `images uint8 [batch, 28, 28]`.
    ///
    /// @param inputs in order
    /// @param outputs in order
    public record Signature(List<String> inputs, List<String> outputs) {
        /// Copies the lists.
        public Signature {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /// Writes a model; whatever interrupts it, the target is complete or as it was before.
    ///
    /// @param prepared whether the file prepares its inputs itself; else its one input, `inputs`,
    ///     is what enters the network, and the outputs of a table's model are not turned back into
    ///     the target's unit
    /// @throws IOException if the file cannot be written
    /// @throws IllegalArgumentException if a layer cannot be exported; names it
    public static Signature write(Path target, SavedModel model, boolean prepared) throws IOException {
        Graph graph = new Graph();
        Optional<Preparation> table = model.inputs() instanceof Inputs.Table
                ? Optional.of(TableModel.of(model, "the model").preparation())
                : Optional.empty();
        PreparationNodes preparation =
                new PreparationNodes(graph, model.network().input());
        LayerNodes.Value x = prepared ? preparation.prepared(model, table) : preparation.plain();
        String scores = new LayerNodes(graph, model.network(), model.parameters()).add(x);
        answers(graph, model, scores, prepared ? table : Optional.empty());
        byte[] file =
                file(graph.named("badak"), graph.needsMachineLearning(), model).toBytes();
        DurableFile.write(target, out -> out.write(file));
        return new Signature(graph.inputs(), graph.outputs());
    }

    private static void answers(Graph graph, SavedModel model, String scores, Optional<Preparation> table) {
        int outputs = model.network().outputs();
        Loss loss = model.network().loss();
        String answers = switch (loss) {
            case SoftmaxCrossEntropy softmax -> probabilities(graph, scores);
            case SmoothedCrossEntropy smoothed -> probabilities(graph, scores);
            case WeightedCrossEntropy weighted -> probabilities(graph, scores);
            case DeltaCrossEntropy delta -> probabilities(graph, scores);
            case BinaryCrossEntropy binary -> graph.node("Sigmoid", List.of(scores));
            case SumOfSquaredError sum -> scores;
            case MeanSquaredError mean -> scores;
            case Huber huber -> scores;
        };
        if (model.classNames().isEmpty()) {
            String values = table.map(rows -> inUnits(graph, answers, rows)).orElse(answers);
            graph.output(values, "values", ElementType.FLOAT, outputs);
            return;
        }
        graph.output(answers, answers.equals(scores) ? "scores" : "probabilities", ElementType.FLOAT, outputs);
        String best =
                graph.node("ArgMax", List.of(answers), Attribute.whole("axis", 1), Attribute.whole("keepdims", 0));
        graph.output(best, "class", ElementType.INT64);
        if (table.isPresent()) {
            String label = graph.encoding(
                    "LabelEncoder",
                    best,
                    Attribute.wholes("keys_int64s", LongStream.range(0, outputs).toArray()),
                    Attribute.texts("values_strings", model.classNames()),
                    Attribute.text("default_string", ""));
            graph.output(label, "label", ElementType.STRING);
        }
    }

    private static String probabilities(Graph graph, String scores) {
        return graph.node("Softmax", List.of(scores), Attribute.whole("axis", -1));
    }

    private static String inUnits(Graph graph, String answers, Preparation table) {
        if (!(table.target() instanceof TargetEncoding.Values target)) {
            return answers;
        }
        String scaled = graph.node("Mul", List.of(answers, graph.number(target.deviation())));
        return graph.node("Add", List.of(scaled, graph.number(target.mean())));
    }

    /// The numbers of fields are those of ModelProto.
    private static Message file(Message graph, boolean encodings, SavedModel model) {
        Message file = new Message()
                .whole(1, IR_VERSION)
                .text(2, "badak")
                .message(7, graph)
                .message(8, operators("", OPERATORS));
        if (encodings) {
            file.message(8, operators(Graph.MACHINE_LEARNING, ENCODINGS));
        }
        ModelFile.metadata(model)
                .forEach((name, value) ->
                        file.message(14, new Message().text(1, name).text(2, value)));
        return file;
    }

    private static Message operators(String domain, int version) {
        return new Message().text(1, domain).whole(2, version);
    }
}
