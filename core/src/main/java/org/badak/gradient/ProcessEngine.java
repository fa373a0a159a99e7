package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.model.Parameters;

/// Computes all shards in this process, one after the other: what an engine on many machines computes,
/// to the bit. For [LocalSgd]; single steps are computed faster by [ShardedGradient], which takes the
/// batch that the trainer has loaded. For one thread at a time.
public final class ProcessEngine implements ShardEngine {
    private final ShardWork work;
    private final Kernels kernels;
    private final ShardWorker worker;
    private final List<LocalWorker> local = new ArrayList<>(); // made when it is needed: none or one

    /// @param work what it computes
    /// @param kernels whose threads share the work; their precision is that of the parameters
    public ProcessEngine(ShardWork work, Kernels kernels) {
        this.work = work;
        this.kernels = kernels;
        worker = new ShardWorker(
                work, new Parameters(kernels.precision(), work.network().slots()), kernels);
    }

    @Override
    public String compute(Parameters parameters, long step, ShardSum sum) {
        String firstNonFinite = "";
        worker.parameters().copyFrom(parameters);
        for (int shard = 0; shard < work.shards().count(); shard++) {
            worker.compute(step, shard);
            sum.add(step, shard, worker.rows(), worker.weight(), worker.loss(), worker.gradient());
            firstNonFinite = firstNonFinite.isEmpty() ? worker.firstNonFinite() : firstNonFinite;
        }
        return firstNonFinite;
    }

    @Override
    public void advance(LocalRound round, List<Parameters> state, LocalMean mean) {
        if (local.isEmpty()) {
            local.add(new LocalWorker(worker, round.optimizer(), kernels));
        }
        List<Parameters> own = local.getFirst().state(round.optimizer());
        for (int shard = 0; shard < work.shards().count(); shard++) {
            for (int i = 0; i < own.size(); i++) {
                own.get(i).copyFrom(state.get(i));
            }
            mean.add(round.first(), shard, local.getFirst().advance(round, shard), own);
        }
    }

    @Override
    public String place() {
        return "this process";
    }

    /// Does nothing: the kernels belong to whoever made them.
    @Override
    public void close() {}
}
