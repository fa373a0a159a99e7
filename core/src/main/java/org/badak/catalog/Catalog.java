package org.badak.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.badak.data.Sampler;
import org.badak.gradient.Backprop;
import org.badak.gradient.Gradient;
import org.badak.gradient.NumericalDifferentiation;
import org.badak.gradient.NumericalGradient;
import org.badak.gradient.NumericalGradient.Evaluation;
import org.badak.kernel.Kernels;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elementwise;
import org.badak.layer.Elu;
import org.badak.layer.Flatten;
import org.badak.layer.Gelu;
import org.badak.layer.GeluTanh;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.LeakyRelu;
import org.badak.layer.MaxPool;
import org.badak.layer.Relu;
import org.badak.layer.ResidualEnd;
import org.badak.layer.ResidualStart;
import org.badak.layer.Sigmoid;
import org.badak.layer.Silu;
import org.badak.layer.Softplus;
import org.badak.layer.Tanh;
import org.badak.loss.BinaryCrossEntropy;
import org.badak.loss.DeltaCrossEntropy;
import org.badak.loss.Huber;
import org.badak.loss.Loss;
import org.badak.loss.MeanSquaredError;
import org.badak.loss.SmoothedCrossEntropy;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.SumOfSquaredError;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Precision;
import org.badak.model.Network;
import org.badak.model.Parameters;

/// Names of everything that can be chosen by name, one line per thing: for the command line, model files and messages.
public final class Catalog {
    /// The activations.
    public static final List<Named<Elementwise>> ACTIVATIONS = List.of(
            Named.plain("sigmoid", "1/(1 + e^-x), the chapter's", new Sigmoid()),
            Named.plain("relu", "max(x, 0)", new Relu()),
            Named.plain("tanh", "the hyperbolic tangent", new Tanh()),
            Named.number("leaky-relu", 0.01, "x, or a share of it below 0", LeakyRelu::new),
            Named.number("elu", 1, "x, or alpha(e^x - 1) below 0", Elu::new),
            Named.plain("gelu", "x times the normal distribution function", new Gelu()),
            Named.plain("gelu-tanh", "gelu, approximated by tanh", new GeluTanh()),
            Named.plain("silu", "x times its sigmoid", new Silu()),
            Named.plain("softplus", "log(1 + e^x)", new Softplus()));

    /// The layers that take words.
    public static final List<LayerKind> LAYERS = List.of(
            new LayerKind(
                    "dense",
                    "dense UNITS [INITIALISATION]",
                    "fully connected",
                    words -> new Dense(words.whole(), words.initialisation())),
            new LayerKind(
                    "conv",
                    "conv FILTERS SIZE [stride:N] [padding:N] [INITIALISATION]",
                    "convolution of images",
                    words -> new Conv2d(
                            words.whole(),
                            words.whole(),
                            words.setting("stride", 1),
                            words.setting("padding", 0),
                            words.initialisation())),
            new LayerKind(
                    "maxpool", "maxpool SIZE [stride:N] [padding:N]", "the largest number under a window", words -> {
                        int size = words.whole();
                        return new MaxPool(size, words.setting("stride", size), words.setting("padding", 0));
                    }),
            new LayerKind("avgpool", "avgpool SIZE [stride:N] [padding:N]", "the mean under a window", words -> {
                int size = words.whole();
                return new AvgPool(size, words.setting("stride", size), words.setting("padding", 0));
            }),
            new LayerKind("flatten", "flatten", "makes a vector of an image", words -> new Flatten()),
            new LayerKind(
                    "dropout",
                    "dropout [RATE]",
                    "sets that share of the elements to 0 when learning",
                    words -> new Dropout(words.areLeft() ? words.number() : 0.5)),
            new LayerKind(
                    "batchnorm",
                    "batchnorm [MOMENTUM EPSILON]",
                    "normalises each column or plane over the batch",
                    words -> words.areLeft() ? new BatchNorm(words.number(), words.number()) : new BatchNorm()),
            new LayerKind(
                    "layernorm",
                    "layernorm [EPSILON]",
                    "normalises each row",
                    words -> words.areLeft() ? new LayerNorm(words.number()) : new LayerNorm()),
            new LayerKind(
                    "residual-start", "residual-start", "adds what enters here ...", words -> new ResidualStart()),
            new LayerKind("residual-end", "residual-end", "... to what arrives here", words -> new ResidualEnd()));

    /// How weights start.
    public static final List<Named<Initialisation>> INITIALISATIONS = List.of(
            new Named<>("normal", "normal:0.01", "normal numbers of that standard deviation", Catalog::normal),
            Named.plain("xavier", "normal, sqrt(1/inputs)", new Initialisation.Xavier()),
            Named.plain("he", "normal, sqrt(2/inputs), for relu", new Initialisation.He()),
            Named.number("constant", 0, "the same number everywhere", Initialisation.Constant::new));

    /// The losses.
    public static final List<Named<Loss>> LOSSES = List.of(
            Named.plain("softmax-cross-entropy", "softmax and cross-entropy, fused", new SoftmaxCrossEntropy()),
            Named.plain("sum-of-squared-error", "half the sum of squares", new SumOfSquaredError()),
            Named.number(
                    "smoothed-cross-entropy", 0.1, "softmax-cross-entropy, labels smoothed", SmoothedCrossEntropy::new),
            new Named<>(
                    "weighted-cross-entropy",
                    "weighted-cross-entropy:1.0,1.0",
                    "softmax-cross-entropy with a weight per class",
                    Catalog::weighted),
            Named.plain("binary-cross-entropy", "each output a yes or no of its own", new BinaryCrossEntropy()),
            Named.number("huber", 1, "squares, lines beyond delta", Huber::new),
            Named.plain("mean-squared-error", "the mean of squares", new MeanSquaredError()),
            Named.plain("delta-cross-entropy", "the chapter's log(y + 1e-7), for study", new DeltaCrossEntropy()));

    /// How batches are drawn.
    public static final List<Named<SamplerMaker>> SAMPLERS = List.of(
            Named.plain("replacement", "each batch anew from all examples, the chapter's", Sampler.Replacement::new),
            Named.plain("shuffle", "through all examples in a new order each epoch", Sampler.Shuffle::new));

    /// How gradients are got.
    public static final List<Named<GradientKind>> GRADIENTS = List.of(
            Named.plain("backprop", "back-propagation", new GradientKind(Precision.FLOAT32, Backprop::new)),
            Named.plain("numerical", "central differences of every parameter", numerical(Evaluation.STRUCTURED)),
            Named.plain("numerical-naive", "the same by whole forward passes", numerical(Evaluation.NAIVE)),
            Named.plain(
                    "numerical-series",
                    "central differences by a truncated series with a bound of its error",
                    numerical(Evaluation.SERIES)));

    /// A way to get gradients.
    ///
    /// @param precision of the parameters that are trained with it
    /// @param maker makes it
    public record GradientKind(Precision precision, GradientMaker maker) {}

    /// Makes a gradient.
    @FunctionalInterface
    public interface GradientMaker {
        /// @param parameters of the kernels' precision
        /// @param seed of what layers draw
        /// @throws IllegalArgumentException if the network is not covered
        Gradient make(Network network, Parameters parameters, Kernels kernels, long seed);
    }

    private static GradientKind numerical(Evaluation evaluation) {
        return new GradientKind(
                Precision.FLOAT64,
                (network, parameters, kernels, seed) -> new NumericalGradient(
                        network, parameters, kernels, evaluation, NumericalDifferentiation.STEP, seed));
    }

    /// Makes a sampler.
    @FunctionalInterface
    public interface SamplerMaker {
        /// @param count number of examples
        /// @param batch examples per step
        /// @param seed the run's seed
        Sampler make(int count, int batch, long seed);
    }

    private Catalog() {}

    /// The activation of a name.
    ///
    /// @throws IllegalArgumentException if there is none; names the nearest
    public static Elementwise activation(String text) {
        return Named.make("activation", ACTIVATIONS, text);
    }

    /// The initialisation that a text such as `normal:0.01` or `he` names.
    ///
    /// @throws IllegalArgumentException if there is none; names the nearest
    public static Initialisation initialisation(String text) {
        return Named.make("initialisation", INITIALISATIONS, text);
    }

    /// The loss of a name.
    ///
    /// @throws IllegalArgumentException if there is none; names the nearest
    public static Loss loss(String text) {
        return Named.make("loss", LOSSES, text);
    }

    /// How batches are drawn, by name.
    ///
    /// @throws IllegalArgumentException if there is none; names the nearest
    public static SamplerMaker sampler(String text) {
        return Named.make("sampling", SAMPLERS, text);
    }

    /// How gradients are got, by name.
    ///
    /// @throws IllegalArgumentException if there is none; names the nearest
    public static GradientKind gradient(String text) {
        return Named.make("gradient", GRADIENTS, text);
    }

    /// A layer in a text that [#layer] reads back: `dense 50 normal:0.01`, `sigmoid`.
    ///
    /// @throws IllegalArgumentException if the layer is not in the catalog, as users' own layers are not
    public static String text(Layer layer) {
        return switch (layer) {
            case Dense(int units, Initialisation initialisation) -> "dense " + units + " " + text(initialisation);
            case Conv2d(int filters, int size, int stride, int padding, Initialisation initialisation) ->
                "conv " + filters + " " + size + window(stride, 1, padding) + " " + text(initialisation);
            case MaxPool(int size, int stride, int padding) -> "maxpool " + size + window(stride, size, padding);
            case AvgPool(int size, int stride, int padding) -> "avgpool " + size + window(stride, size, padding);
            case Flatten() -> "flatten";
            case Sigmoid() -> "sigmoid";
            case Relu() -> "relu";
            case Tanh() -> "tanh";
            case LeakyRelu(double slope) -> "leaky-relu:" + slope;
            case Elu(double alpha) -> "elu:" + alpha;
            case Gelu() -> "gelu";
            case GeluTanh() -> "gelu-tanh";
            case Silu() -> "silu";
            case Softplus() -> "softplus";
            case Dropout(double rate) -> "dropout " + rate;
            case BatchNorm(double momentum, double epsilon) -> "batchnorm " + momentum + " " + epsilon;
            case LayerNorm(double epsilon) -> "layernorm " + epsilon;
            case ResidualStart() -> "residual-start";
            case ResidualEnd() -> "residual-end";
            default ->
                throw new IllegalArgumentException(
                        "layer " + layer.name() + ": not in the catalog, so a model file cannot hold it; known are "
                                + String.join(", ", layerNames()));
        };
    }

    /// A loss in a text that [#loss] reads back: `huber:1.0`.
    public static String text(Loss loss) {
        return switch (loss) {
            case SmoothedCrossEntropy(double smoothing) -> loss.name() + ":" + smoothing;
            case WeightedCrossEntropy(List<Double> weights) ->
                loss.name() + ":"
                        + String.join(",", weights.stream().map(String::valueOf).toList());
            case Huber(double delta) -> loss.name() + ":" + delta;
            case DeltaCrossEntropy delta -> loss.name();
            case SoftmaxCrossEntropy softmax -> loss.name();
            case SumOfSquaredError sum -> loss.name();
            case MeanSquaredError mean -> loss.name();
            case BinaryCrossEntropy binary -> loss.name();
        };
    }

    private static String window(int stride, int usualStride, int padding) {
        return (stride == usualStride ? "" : " stride:" + stride) + (padding == 0 ? "" : " padding:" + padding);
    }

    private static List<String> layerNames() {
        List<String> names = new ArrayList<>(LayerKind.names(LAYERS));
        names.addAll(Named.names(ACTIVATIONS));
        return names;
    }

    /// The layer that a text of [#text(Layer)] describes.
    ///
    /// @throws IllegalArgumentException if it describes none
    public static Layer layer(String text) {
        return layer(text, Optional.empty());
    }

    /// The layers of a text such as `conv 30 5, relu, maxpool 2, flatten, dense 10`.
    ///
    /// @param initialisation of layers that name none
    /// @throws IllegalArgumentException if one of them is no layer; says which, and what would be right
    public static List<Layer> layers(String text, Initialisation initialisation) {
        List<Layer> layers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            layers.add(layer(part, Optional.of(initialisation)));
        }
        return layers;
    }

    private static Layer layer(String text, Optional<Initialisation> initialisation) {
        String trimmed = text.trim();
        int end = 0;
        while (end < trimmed.length() && !Character.isWhitespace(trimmed.charAt(end))) {
            end++;
        }
        String name = trimmed.substring(0, end);
        for (LayerKind kind : LAYERS) {
            if (kind.name().equals(name)) {
                return kind.make(trimmed, initialisation);
            }
        }
        // as in leaky-relu 0.02
        String activation =
                end < trimmed.length() ? name + ":" + trimmed.substring(end).strip() : name;
        int colon = activation.indexOf(':');
        String function = colon < 0 ? activation : activation.substring(0, colon);
        if (ACTIVATIONS.stream().noneMatch(each -> each.name().equals(function))) {
            throw new IllegalArgumentException(Suggestion.unknown("layer", function, layerNames()));
        }
        return activation(activation);
    }

    private static Loss weighted(String argument) {
        List<Double> weights = new ArrayList<>();
        for (String weight : argument.split(",", -1)) {
            weights.add(Named.number("weighted-cross-entropy", weight.trim()));
        }
        return new WeightedCrossEntropy(weights);
    }

    /// An initialisation in a text that [#initialisation] reads back.
    public static String text(Initialisation initialisation) {
        return switch (initialisation) {
            case Initialisation.Normal(double deviation) -> "normal:" + deviation;
            case Initialisation.Xavier() -> "xavier";
            case Initialisation.He() -> "he";
            case Initialisation.Constant(double value) -> "constant:" + value;
        };
    }

    private static Initialisation normal(String argument) {
        try {
            return new Initialisation.Normal(argument.isEmpty() ? 0.01 : Double.parseDouble(argument));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "initialisation 'normal:" + argument + "': expected a number such as normal:0.01", malformed);
        }
    }
}
