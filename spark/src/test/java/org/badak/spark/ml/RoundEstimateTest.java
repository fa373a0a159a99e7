package org.badak.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.badak.gradient.Shards;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.model.Network;
import org.junit.jupiter.api.Test;

/// The predictions of docs/scaling.md.
class RoundEstimateTest {
    private static final Network SMALL = network(50);
    private static final Network LARGE = network(12_600); // some 10 million parameters

    private static Network network(int hidden) {
        return new Network(
                784,
                List.of(new Dense(hidden, new Initialisation.He()), new Dense(10, new Initialisation.He())),
                new SoftmaxCrossEntropy());
    }

    @Test
    void roundOfEightExecutorsIsTheDocumentsButForItsLatency() {
        RoundEstimate large = RoundEstimate.of(8, LARGE, 8 * 128, new Shards(8));
        assertThat(large.round() - 0.03).isBetween(0.55, 0.59); // the document: 0.569, its latency 0.02 and not 0.05
        assertThat(large.driver()).isBetween(0.6, 0.63);
    }

    @Test
    void smallNetworksStayOnTheDriverAndLargeBatchesOfLargeOnesLeaveIt() {
        assertThat(RoundEstimate.of(8, SMALL, 1024, new Shards(8)).paysOnExecutors())
                .isFalse();
        assertThat(RoundEstimate.of(8, LARGE, 128, new Shards(8)).paysOnExecutors())
                .isFalse();
        assertThat(RoundEstimate.of(8, LARGE, 8 * 1024, new Shards(8)).paysOnExecutors())
                .isTrue();
        assertThat(RoundEstimate.of(8, LARGE, 8 * 1024, new Shards(1)).paysOnExecutors())
                .isFalse();
    }

    @Test
    void stepsThatShardsTakeAloneMakeUpForTheRound() {
        RoundEstimate round = RoundEstimate.of(8, LARGE, 8 * 128, new Shards(8));
        assertThat(round.averaged(0, 2)).isEqualTo(round);
        assertThat(round.averaged(1, 2).paysOnExecutors()).isFalse();
        assertThat(round.averaged(50, 2).paysOnExecutors()).isTrue();
    }

    @Test
    void tasksInTheDriversProcessNeverPay() {
        assertThat(RoundEstimate.of(0, LARGE, 1 << 16, new Shards(64)).paysOnExecutors())
                .isFalse();
    }
}
