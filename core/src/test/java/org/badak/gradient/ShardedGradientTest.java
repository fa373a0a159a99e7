package org.badak.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.badak.catalog.Catalog;
import org.badak.data.Batch;
import org.badak.data.Sampler;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.layer.Initialisation;
import org.badak.loss.Loss;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.loss.WeightedCrossEntropy;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedGradientTest {
    private static final Initialisation XAVIER = new Initialisation.Xavier();
    private static final String DROPPING = "dense 8, dropout 0.4, tanh, dense 7, layernorm, dense 4";
    private static final long SEED = 9;

    private final Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 2);
    private final Kernels singles = KernelChoice.current().kernels(Precision.FLOAT32, 2);

    private Kernels kernels(Precision precision) {
        return precision == Precision.FLOAT32 ? singles : kernels;
    }

    private static Network network(String layers, Loss loss) {
        return new Network(6, Catalog.layers(layers, XAVIER), loss);
    }

    private static Batch batch(Precision precision, int rows) {
        Philox random = new Philox(3, Purpose.DATA, 0);
        Matrix x = Matrix.zeros(precision, rows, 6);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % 4;
            for (int column = 0; column < 6; column++) {
                x.set(row, column, random.normal(row * 6L + column));
            }
        }
        return new Batch(x, Targets.Labels.of(labels));
    }

    private Gradient sharded(int shards, Network network, Parameters parameters) {
        return new ShardedGradient(new Shards(shards), network, parameters, kernels(parameters.precision()), SEED);
    }

    @ParameterizedTest
    @EnumSource
    void oneShardHasTheBitsOfBackprop(Precision precision) {
        for (String layers : List.of(DROPPING, "dense 8, batchnorm, relu, dropout 0.5, dense 4")) {
            Network network = network(layers, new SoftmaxCrossEntropy());
            Parameters parameters = network.initialise(precision, 4);
            Gradient whole = new Backprop(network, parameters, kernels(precision), SEED);
            Gradient sharded = sharded(1, network, parameters);
            whole.at(7);
            sharded.at(7);
            Batch batch = batch(precision, 11);
            assertThat(sharded.compute(batch)).isEqualTo(whole.compute(batch));
            assertThat(sharded.result().sha256()).isEqualTo(whole.result().sha256());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 11, 16})
    void shardsAgreeWithBackpropAndDropTheSameUnits(int shards) {
        Network network = network(DROPPING, new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        requireSame(
                new Backprop(network, parameters, kernels, SEED),
                sharded(shards, network, parameters),
                batch(Precision.FLOAT64, 11));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void weightsOfRowsAndClassesCountOverTheWholeBatch(int shards) {
        Network network = network("dense 5, tanh, dense 4", new WeightedCrossEntropy(List.of(0.5, 2.0, 0.0, 1.0)));
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        Batch plain = batch(Precision.FLOAT64, 10);
        double[] weights = {1, 0, 2.5, 0.25, 3, 1, 0, 0, 1, 0.5, 77}; // one more than rows: buffers may be longer
        Gradient whole = new Backprop(network, parameters, kernels, SEED);
        requireSame(whole, sharded(shards, network, parameters), plain);
        requireSame(whole, sharded(shards, network, parameters), new Batch(plain.x(), plain.targets(), weights));
    }

    private static void requireSame(Gradient whole, Gradient sharded, Batch batch) {
        whole.at(3);
        sharded.at(3);
        assertThat(sharded.compute(batch)).isCloseTo(whole.compute(batch), within(1e-14));
        for (int i = 0; i < whole.result().tensors().size(); i++) {
            Matrix expected = whole.result().tensor(i);
            Matrix found = sharded.result().tensor(i);
            for (int row = 0; row < expected.rows(); row++) {
                for (int column = 0; column < expected.columns(); column++) {
                    assertThat(found.get(row, column)).isCloseTo(expected.get(row, column), within(1e-14));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DROPPING, "dense 8, batchnorm, tanh, dense 4"})
    void gradientInShardsIsThatOfTheLossInShards(String layers) {
        Network network = network(layers, new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        Gradient sharded = sharded(3, network, parameters);
        Batch batch = batch(Precision.FLOAT64, 10);
        sharded.compute(batch);
        Parameters analytic = sharded.result().to(Precision.FLOAT64);
        double h = 1e-5;
        for (int i = 0; i < parameters.tensors().size(); i++) {
            if (!parameters.slots().get(i).trainable()) {
                continue;
            }
            Matrix tensor = parameters.tensor(i);
            for (int row = 0; row < tensor.rows(); row++) {
                for (int column = 0; column < tensor.columns(); column++) {
                    double value = tensor.get(row, column);
                    tensor.set(row, column, value + h);
                    double above = sharded.compute(batch);
                    tensor.set(row, column, value - h);
                    double below = sharded.compute(batch);
                    tensor.set(row, column, value);
                    assertThat(analytic.tensor(i).get(row, column))
                            .as("%s[%d][%d]", parameters.slots().get(i).name(), row, column)
                            .isCloseTo((above - below) / (2 * h), within(1e-8));
                }
            }
        }
    }

    @Test
    void runningStatisticsMoveByTheMeanOverTheShardsWeighedByTheirRows() {
        Network network = network("batchnorm, dense 4", new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        Batch plain = batch(Precision.FLOAT64, 5); // rows 0, 1 and 2, 3, 4
        Batch batch = new Batch(plain.x(), plain.targets(), new double[] {5, 1, 1, 0, 0.5}); // which it does not mind
        Gradient sharded = sharded(2, network, parameters);
        sharded.compute(batch);
        int mean = 2;
        for (int column = 0; column < 6; column++) {
            double sum = 0;
            for (int row = 0; row < 5; row++) {
                sum += batch.x().get(row, column);
            }
            // from 0 by a tenth towards the mean of each shard, weighed 2 to 3: a tenth of the mean of all
            assertThat(sharded.result().tensor(mean).get(0, column)).isCloseTo(0.1 * sum / 5, within(1e-15));
        }
    }

    @Test
    void sparseRowsGiveTheBitsOfDenseOnes() {
        byte[] pixels = new byte[12 * 6];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) (i * 7 + 1);
        }
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 255f;
        }
        SparseMatrix sparse = new SparseMatrix(SparseMatrix.Rows.of(pixels, 6, values), 7);
        sparse.select(new int[] {3, 11, 0, 5, 5, 2, 9}, 0);
        Matrix dense = Matrix.of(Precision.FLOAT32, sparse.toArray());
        Targets labels = Targets.Labels.of(0, 1, 2, 3, 0, 1, 2);
        Network network = network("dense 5, tanh, dense 4", new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT32, 4);
        Gradient gradient = sharded(3, network, parameters);
        gradient.compute(new Batch(dense, labels));
        String expected = gradient.result().sha256();
        assertThat(gradient.compute(new Batch(sparse, labels))).isFinite();
        assertThat(gradient.result().sha256()).isEqualTo(expected);
    }

    @Test
    void lossThatIsNotFiniteNamesLayerAndShard() {
        Network network = network("dense 5, tanh, dense 4", new SoftmaxCrossEntropy());
        Parameters parameters = network.initialise(Precision.FLOAT64, 4);
        Batch batch = batch(Precision.FLOAT64, 9);
        batch.x().set(4, 1, Double.NaN); // row 1 of the second shard of three
        Gradient sharded = sharded(3, network, parameters);
        assertThat(sharded.compute(batch)).isNaN();
        assertThat(sharded.firstNonFinite()).isEqualTo("input: NaN at row 1, column 1 of shard 1");
    }

    @ParameterizedTest
    @CsvSource({"10, 3, '3 3 4'", "100, 8, '12 13 12 13 12 13 12 13'", "2, 4, '0 1 0 1'", "7, 1, '7'"})
    void shardsAreNeighbouringRowsAsEqualAsCanBe(int rows, int count, String expected) {
        Shards shards = new Shards(count);
        List<String> sizes = new ArrayList<>();
        int row = 0;
        for (int shard = 0; shard < count; shard++) {
            assertThat(shards.first(shard, rows)).isEqualTo(row);
            row += shards.rows(shard, rows);
            sizes.add(Integer.toString(shards.rows(shard, rows)));
        }
        assertThat(row).isEqualTo(rows);
        assertThat(String.join(" ", sizes)).isEqualTo(expected);
    }

    @Test
    void shardsThatCannotBeLearnedAreRefusedBeforeTheFirstStep() {
        Sampler draws = new Sampler.Replacement(100, 20, 1);
        Network plain = network("dense 4", new SoftmaxCrossEntropy());
        Network normalised = network("dense 8, batchnorm, dense 4", new SoftmaxCrossEntropy());
        new Shards(20).requireSuitable(plain, draws, 20);
        new Shards(10).requireSuitable(normalised, draws, 20);
        assertThatThrownBy(() -> new Shards(21).requireSuitable(plain, draws, 20))
                .hasMessageContaining("at most the 20 examples")
                .hasMessageContaining("found 21");
        assertThatThrownBy(() -> new Shards(11).requireSuitable(normalised, draws, 20))
                .hasMessageContaining("found 11")
                .hasMessageContaining("layer 1 (batchnorm)");
        // 100 = 7·13 + 9: the last batch leaves one row for a shard
        assertThatThrownBy(() -> new Shards(6).requireSuitable(normalised, new Sampler.Shuffle(100, 13, 1), 13))
                .hasMessageContaining("of a batch of 9");
        assertThatThrownBy(() -> new Shards(0)).hasMessageContaining("found 0");
    }

    /// Gradients that a mean in another order would round differently.
    private static List<Parameters> contributions(Network network, int count) {
        List<Parameters> all = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            Parameters gradient = network.initialise(Precision.FLOAT64, 100 + shard);
            for (Matrix tensor : gradient.tensors()) {
                for (int row = 0; row < tensor.rows(); row++) {
                    for (int column = 0; column < tensor.columns(); column++) {
                        tensor.set(
                                row, column, Math.pow(10, shard % 5) * (tensor.get(row, column) + 0.1 / (shard + 3)));
                    }
                }
            }
            all.add(gradient);
        }
        return all;
    }

    @Test
    void anyOrderWithAnyDuplicatesAndStragglersGivesTheSameBits() {
        Network network = network("dense 5, tanh, dense 4", new SoftmaxCrossEntropy());
        int count = 7;
        List<Parameters> gradients = contributions(network, count);
        ShardSum sum = new ShardSum(new Shards(count), gradients.getFirst(), kernels);
        Parameters result = gradients.getFirst().like();
        sum.begin(5);
        for (int shard = 0; shard < count; shard++) {
            assertThat(sum.add(5, shard, 3 + shard, 3 + shard, shard * 0.7, gradients.get(shard)))
                    .isTrue();
        }
        double loss = sum.finish(result);
        String expected = result.sha256();
        Random random = new Random(1);
        for (int turn = 0; turn < 50; turn++) {
            List<Integer> order = new ArrayList<>();
            for (int shard = 0; shard < count; shard++) {
                order.add(shard);
                order.add(shard);
            }
            Collections.shuffle(order, random);
            sum.begin(4); // and never finished
            sum.add(4, 3, 9, 9, 9, gradients.getFirst());
            sum.begin(5);
            int counted = 0;
            for (int shard : order) {
                Parameters lent = gradients.get(shard).to(Precision.FLOAT64);
                assertThat(sum.add(4, shard, 1, 1, 1, lent))
                        .as("of an older round")
                        .isFalse();
                counted += sum.add(5, shard, 3 + shard, 3 + shard, shard * 0.7, lent) ? 1 : 0;
                lent.tensors().forEach(kernels::clear); // lent for the call alone
            }
            assertThat(counted).isEqualTo(count);
            assertThat(sum.finish(result)).isEqualTo(loss);
            assertThat(result.sha256()).isEqualTo(expected);
        }
    }

    @Test
    void meanWeighsEveryShardByItsRows() {
        Network network = network("dense 4", new SoftmaxCrossEntropy());
        List<Parameters> gradients = contributions(network, 3);
        ShardSum sum = new ShardSum(new Shards(3), gradients.getFirst(), kernels);
        Parameters result = gradients.getFirst().like();
        sum.begin(0);
        sum.add(0, 0, 4, 4, 1, gradients.get(0));
        sum.add(0, 1, 4, 4, 2, gradients.get(1));
        sum.add(0, 2, 2, 2, 4, gradients.get(2));
        assertThat(sum.finish(result)).isCloseTo((4 * 1 + 4 * 2 + 2 * 4) / 10.0, within(1e-15));
        for (int column = 0; column < 4; column++) {
            double expected = (4 * gradients.get(0).tensor(0).get(2, column)
                            + 4 * gradients.get(1).tensor(0).get(2, column)
                            + 2 * gradients.get(2).tensor(0).get(2, column))
                    / 10;
            assertThat(result.tensor(0).get(2, column)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void roundWithoutAllShardsIsRefusedAndNamesThoseMissing() {
        Network network = network("dense 4", new SoftmaxCrossEntropy());
        Parameters gradient = network.initialise(Precision.FLOAT32, 1);
        ShardSum sum = new ShardSum(new Shards(4), gradient, singles);
        sum.begin(8);
        sum.add(8, 0, 1, 1, 1, gradient);
        sum.add(8, 2, 1, 1, 1, gradient);
        assertThatThrownBy(() -> sum.finish(gradient.like())).hasMessage("round 8: shards 1, 3 of 4 are missing");
        assertThatThrownBy(() -> sum.add(8, 4, 1, 1, 1, gradient)).hasMessageContaining("found shard 4");
        assertThatThrownBy(() -> sum.add(8, 1, 1, Double.NaN, 1, gradient)).hasMessageContaining("weight NaN");
    }

    @Test
    void roundWithoutAnyWeightIsZero() {
        Network network = network("dense 4", new SoftmaxCrossEntropy());
        Parameters gradient = network.initialise(Precision.FLOAT32, 1);
        ShardSum sum = new ShardSum(new Shards(2), gradient, singles);
        sum.begin(0);
        sum.add(0, 0, 3, 3, 5, gradient);
        sum.add(0, 1, 3, 3, 5, gradient);
        sum.finish(gradient.like());
        sum.begin(1);
        sum.add(1, 0, 3, 0, 5, gradient);
        sum.add(1, 1, 3, 0, 5, gradient);
        Parameters result = network.initialise(Precision.FLOAT32, 2);
        assertThat(sum.finish(result)).isZero();
        assertThat(result.sha256()).isEqualTo(gradient.like().sha256());
    }
}
