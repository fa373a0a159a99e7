package org.badak.gradient;

import java.util.Map;
import java.util.TreeMap;
import org.badak.kernel.Kernels;
import org.badak.kernel.Workers;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Parameters;

/// The mean of the gradients of all shards of a round, or of what they have made of parameters, see
/// [LocalMean]; each weighs what its rows weigh: the same bits in whatever order, how often and from where they arrive.
/// Shards are added in ascending
/// order of their numbers; one that comes early waits; one that was counted, or is of another
/// round, is dropped.
///
/// After k shards the mean is m_k = m_{k−1} + (g_k − m_{k−1})·w_k/(w_1 + … + w_k), element by
/// element in double (West, CACM 22(9), 1979), and is rounded to the parameters' precision once, at
/// the end: a single shard keeps its bits. Tensors that are not trainable, the next running
/// statistics of batch normalisation, weigh by the number of rows. A shard that weighs nothing
/// changes nothing.
///
/// For one thread at a time. Where shards arrive in order, nothing is allocated.
public final class ShardSum {
    private final int count;
    private final Kernels kernels;
    private final Parameters mean; // of the shards before `next`
    private final Map<Integer, Contribution> early = new TreeMap<>();
    private final Workers.Task fold = this::fold; // made once, so that a round allocates nothing
    private final Workers.Task round = this::round;
    private long number = -1;
    private int next;
    private double weights;
    private long rows;
    private double loss;
    // what the tasks work on
    private Parameters operand;
    private double share;
    private double rowShare;

    /// What a shard that came early has brought.
    private record Contribution(int rows, double weight, double loss, Parameters gradient) {}

    /// @param shards how many make a round
    /// @param like parameters of the same network, for their shapes
    /// @param kernels whose threads share the work
    public ShardSum(Shards shards, Parameters like, Kernels kernels) {
        this.count = shards.count();
        this.kernels = kernels;
        mean = new Parameters(Precision.FLOAT64, like.slots());
        operand = mean;
    }

    /// Begins a round; what was added before is forgotten.
    public void begin(long roundNumber) {
        number = roundNumber;
        next = 0;
        weights = 0;
        rows = 0;
        loss = 0;
        early.clear();
    }

    /// Counts a shard, unless it was counted before or is not of this round.
    ///
    /// @param roundNumber of which round it is
    /// @param shard its number, from 0
    /// @param shardRows how many rows it has; 0 if it is empty
    /// @param weight what they weigh together, see [org.badak.loss.Loss#totalWeight]; finite,
    ///     not negative
    /// @param shardLoss mean loss of its rows
    /// @param gradient of that loss; read only, and copied if it has to wait
    /// @return whether it counts
    /// @throws IllegalArgumentException if there is no such shard, or its weight is out of
    ///     range
    public boolean add(
            long roundNumber, int shard, int shardRows, double weight, double shardLoss, Parameters gradient) {
        if (shard < 0 || shard >= count || shardRows < 0 || !(weight >= 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("shard: expected 0 to " + (count - 1)
                    + " with rows and a finite weight that are not negative, found shard " + shard + " with "
                    + shardRows + " rows and weight " + weight);
        }
        if (roundNumber != number || shard < next || early.containsKey(shard)) {
            return false;
        }
        if (shard > next) {
            early.put(shard, new Contribution(shardRows, weight, shardLoss, gradient.to(gradient.precision())));
            return true;
        }
        count(shardRows, weight, shardLoss, gradient);
        while (!early.isEmpty() && early.containsKey(next)) {
            Contribution waited = early.remove(next);
            count(waited.rows(), waited.weight(), waited.loss(), waited.gradient());
        }
        return true;
    }

    private void count(int shardRows, double weight, double shardLoss, Parameters gradient) {
        next++;
        rows += shardRows;
        weights += weight;
        share = weight == 0 ? 0 : weight / weights;
        rowShare = shardRows == 0 ? 0 : (double) shardRows / rows;
        if (shardRows > 0) {
            loss = share == 1 ? shardLoss : loss + (shardLoss - loss) * share;
            operand = gradient;
            kernels.parallel(fold);
        }
    }

    /// The shards of the present round that have not been added, in words; empty if there are none.
    public String missing() {
        StringBuilder words = new StringBuilder();
        for (int shard = next; shard < count; shard++) {
            if (!early.containsKey(shard)) {
                words.append(words.isEmpty() ? "" : ", ").append(shard);
            }
        }
        return words.toString();
    }

    /// @throws IllegalStateException if a shard is missing; names it
    void requireAll() {
        if (next < count) {
            throw new IllegalStateException(
                    "round " + number + ": shards " + missing() + " of " + count + " are missing");
        }
    }

    /// Overwrites a gradient with the mean of all shards.
    ///
    /// @return the mean loss of the round's rows
    /// @throws IllegalStateException if a shard is missing; names it
    public double finish(Parameters result) {
        requireAll();
        share = weights;
        rowShare = rows;
        operand = result;
        kernels.parallel(round);
        return loss;
    }

    /// m = m + (g − m)·share in the rows of one part.
    private void fold(int part, int parts) {
        for (int i = 0; i < mean.tensors().size(); i++) {
            double factor = mean.slots().get(i).trainable() ? share : rowShare;
            if (factor == 0) {
                continue;
            }
            DoubleMatrix sums = (DoubleMatrix) mean.tensor(i);
            Matrix gradient = operand.tensor(i);
            double[] m = sums.data();
            int shift = gradient.offset() - sums.offset();
            int from = start(sums, part, parts);
            int to = start(sums, part + 1, parts);
            switch (gradient) {
                case FloatMatrix floats -> fold(m, floats.data(), shift, from, to, factor);
                case DoubleMatrix doubles -> fold(m, doubles.data(), shift, from, to, factor);
                default -> throw new IllegalStateException("gradients are dense: " + gradient);
            }
        }
    }

    private static void fold(double[] m, float[] g, int shift, int from, int to, double factor) {
        if (factor == 1) {
            for (int at = from; at < to; at++) {
                m[at] = g[at + shift];
            }
            return;
        }
        for (int at = from; at < to; at++) {
            m[at] += (g[at + shift] - m[at]) * factor;
        }
    }

    private static void fold(double[] m, double[] g, int shift, int from, int to, double factor) {
        if (factor == 1) {
            System.arraycopy(g, from + shift, m, from, to - from);
            return;
        }
        for (int at = from; at < to; at++) {
            m[at] += (g[at + shift] - m[at]) * factor;
        }
    }

    /// The result is the mean, rounded, in the rows of one part; zeros where nothing weighed
    /// anything.
    private void round(int part, int parts) {
        for (int i = 0; i < mean.tensors().size(); i++) {
            boolean counted = (mean.slots().get(i).trainable() ? share : rowShare) > 0;
            DoubleMatrix sums = (DoubleMatrix) mean.tensor(i);
            Matrix result = operand.tensor(i);
            double[] m = sums.data();
            int shift = result.offset() - sums.offset();
            int from = start(sums, part, parts);
            int to = start(sums, part + 1, parts);
            switch (result) {
                case FloatMatrix floats -> {
                    float[] data = floats.data();
                    for (int at = from; at < to; at++) {
                        data[at + shift] = counted ? (float) m[at] : 0;
                    }
                }
                case DoubleMatrix doubles -> {
                    double[] data = doubles.data();
                    for (int at = from; at < to; at++) {
                        data[at + shift] = counted ? m[at] : 0;
                    }
                }
                default -> throw new IllegalStateException("gradients are dense: " + result);
            }
        }
    }

    private static int start(Matrix matrix, int part, int parts) {
        return matrix.offset() + (int) ((long) matrix.rows() * part / parts) * matrix.stride();
    }
}
