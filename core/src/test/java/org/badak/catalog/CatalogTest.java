package org.badak.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.AvgPool;
import org.badak.layer.BatchNorm;
import org.badak.layer.Conv2d;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Dropout;
import org.badak.layer.Elu;
import org.badak.layer.Flatten;
import org.badak.layer.Frame;
import org.badak.layer.Gelu;
import org.badak.layer.GeluTanh;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.LayerNorm;
import org.badak.layer.LeakyRelu;
import org.badak.layer.MaxPool;
import org.badak.layer.ParameterShape;
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
import org.badak.matrix.Shape;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {
    private static final Initialisation HE = new Initialisation.He();

    static Stream<Layer> layers() {
        return Stream.of(
                new Dense(50, new Initialisation.Normal(0.01)),
                new Dense(1, new Initialisation.Normal(1e-300)),
                new Dense(7, new Initialisation.Xavier()),
                new Dense(7, new Initialisation.He()),
                new Conv2d(30, 5, new Initialisation.He()),
                new Conv2d(3, 4, 2, 1, new Initialisation.Normal(0.5)),
                new MaxPool(2),
                new MaxPool(3, 2, 1),
                new AvgPool(2),
                new AvgPool(3, 1, 1),
                new Flatten(),
                new Sigmoid(),
                new Relu(),
                new Tanh(),
                new LeakyRelu(0.02),
                new Elu(0.7),
                new Gelu(),
                new GeluTanh(),
                new Silu(),
                new Softplus(),
                new Dropout(0.3),
                new BatchNorm(0.2, 1e-3),
                new LayerNorm(1e-6),
                new ResidualStart(),
                new ResidualEnd());
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new SoftmaxCrossEntropy(),
                new SmoothedCrossEntropy(0.2),
                new WeightedCrossEntropy(List.of(1.0, 0.5, 2e-3)),
                new BinaryCrossEntropy(),
                new Huber(0.3),
                new MeanSquaredError(),
                new SumOfSquaredError(),
                new DeltaCrossEntropy());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossReadsBackFromItsText(Loss loss) {
        assertThat(Catalog.loss(Catalog.text(loss))).isEqualTo(loss);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerReadsBackFromItsText(Layer layer) {
        assertThat(Catalog.layer(Catalog.text(layer))).isEqualTo(layer);
    }

    @Test
    void everyLineMakesWhatItNames() {
        for (Named<?> line : Catalog.ACTIVATIONS) {
            assertThat(Catalog.activation(line.form()).name()).isEqualTo(line.name());
        }
        for (Named<Loss> line : Catalog.LOSSES) {
            assertThat(Catalog.loss(line.form()).name()).isEqualTo(line.name());
        }
        for (Named<Initialisation> line : Catalog.INITIALISATIONS) {
            assertThat(Catalog.text(Catalog.initialisation(line.form()))).isEqualTo(line.form());
        }
        for (Named<Catalog.SamplerMaker> line : Catalog.SAMPLERS) {
            assertThat(Catalog.sampler(line.form()).make(10, 5, 1).name()).isEqualTo(line.name());
        }
        Network network = Network.of(3, new SoftmaxCrossEntropy(), new Dense(2, new Initialisation.Xavier()));
        for (Named<Catalog.GradientKind> line : Catalog.GRADIENTS) {
            Catalog.GradientKind kind = Catalog.gradient(line.form());
            try (Kernels kernels = KernelChoice.current().kernels(kind.precision(), 1)) {
                Parameters parameters = network.initialise(kind.precision(), 1);
                assertThat(kind.maker().make(network, parameters, kernels, 1).name())
                        .isEqualTo(line.name());
            }
        }
    }

    @Test
    void unknownNameIsToldWithTheNearest() {
        assertThatThrownBy(() -> Catalog.activation("sigmod"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown activation 'sigmod'; expected one of sigmoid, relu, tanh, leaky-relu, elu, gelu, gelu-tanh,"
                                + " silu, softplus; did you mean sigmoid?");
        assertThatThrownBy(() -> Catalog.activation("xyz"))
                .hasMessage(
                        "unknown activation 'xyz'; expected one of sigmoid, relu, tanh, leaky-relu, elu, gelu, gelu-tanh,"
                                + " silu, softplus");
        assertThatThrownBy(() -> Catalog.initialisation("normal:x")).hasMessageContaining("normal:0.01");
        assertThatThrownBy(() -> Catalog.initialisation("normal:-1")).hasMessageContaining("-1");
        assertThatThrownBy(() -> Catalog.initialisation("he:2")).hasMessageContaining("no argument");
        assertThatThrownBy(() -> Catalog.layer("dense 0 he")).hasMessageContaining("0");
        assertThatThrownBy(() -> Catalog.layer("dense")).hasMessageContaining("expected dense UNITS");
        assertThatThrownBy(() -> Catalog.layer("java.lang.Runtime")).hasMessageContaining("unknown layer");
    }

    @Test
    void layersOfAListTakeTheInitialisationThatTheyDoNotName() {
        assertThat(Catalog.layers("conv 30 5 xavier padding:2, relu,maxpool 2 , flatten, dense 10", HE))
                .containsExactly(
                        new Conv2d(30, 5, 1, 2, new Initialisation.Xavier()),
                        new Relu(),
                        new MaxPool(2),
                        new Flatten(),
                        new Dense(10, HE));
    }

    @Test
    void numbersOfALayerMayBeLeftOut() {
        assertThat(Catalog.layers(
                        "dense 9, batchnorm, leaky-relu, dropout, layernorm, elu:0.5, elu 0.7, dropout 0.2", HE))
                .containsExactly(
                        new Dense(9, HE),
                        new BatchNorm(),
                        new LeakyRelu(0.01),
                        new Dropout(0.5),
                        new LayerNorm(),
                        new Elu(0.5),
                        new Elu(0.7),
                        new Dropout(0.2));
    }

    @Test
    void wrongWordsOfALayerAreToldWithItsForm() {
        assertThatThrownBy(() -> Catalog.layers("dense 10, droput 0.2", HE))
                .hasMessageContaining("did you mean dropout");
        assertThatThrownBy(() -> Catalog.layers("dropout 1", HE)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> Catalog.layers("dropout x", HE)).hasMessageContaining("'x'");
        assertThatThrownBy(() -> Catalog.layers("batchnorm 0.1", HE)).hasMessageContaining("EPSILON");
        assertThatThrownBy(() -> Catalog.layers("gelu:3", HE)).hasMessageContaining("no argument");
        assertThatThrownBy(() -> Catalog.layers("conv 30", HE))
                .hasMessage("layer 'conv 30': expected conv FILTERS SIZE [stride:N] [padding:N] [INITIALISATION],"
                        + " found nothing more");
        assertThatThrownBy(() -> Catalog.layers("maxpool 2 3", HE)).hasMessageContaining("found '3'");
        assertThatThrownBy(() -> Catalog.layers("maxpool 2 strid:3", HE)).hasMessageContaining("found 'strid:3'");
        assertThatThrownBy(() -> Catalog.layers("conv x 3", HE)).hasMessageContaining("found 'x'");
        assertThatThrownBy(() -> Catalog.layers("flatten, maxpol 2", HE)).hasMessageContaining("unknown layer");
        assertThatThrownBy(() -> Catalog.layers("flatten,,relu", HE)).hasMessageContaining("unknown layer ''");
    }

    @Test
    void usersOwnLayersHaveNoText() {
        Layer own = new CustomLayer() {
            @Override
            public String name() {
                return "mine";
            }

            @Override
            public Shape outputs(Shape inputs) {
                return inputs;
            }

            @Override
            public List<ParameterShape> parameters(Shape inputs) {
                return List.of();
            }

            @Override
            public void forward(Frame frame) {}

            @Override
            public void backward(Frame frame) {}
        };
        assertThatThrownBy(() -> Catalog.text(own))
                .hasMessageContaining("mine")
                .hasMessageContaining("not in the catalog");
    }

    @ParameterizedTest
    @CsvSource({"'','',0", "a,'',1", "sigmod,sigmoid,1", "rleu,relu,1", "kitten,sitting,3", "ca,abc,3", "relu,relu,0"})
    void distanceCountsEdits(String a, String b, int edits) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(edits);
        assertThat(Suggestion.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void farNamesAreNotSuggested() {
        assertThat(Suggestion.nearest("RELU", List.of("sigmoid", "relu"))).contains("relu");
        assertThat(Suggestion.nearest("banana", List.of("sigmoid", "relu"))).isEmpty();
        assertThat(Suggestion.nearest("x", List.of())).isEmpty();
    }
}
