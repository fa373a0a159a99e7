package org.badak.gradient;

import org.badak.data.Batch;
import org.badak.kernel.Kernels;
import org.badak.model.Network;
import org.badak.model.Parameters;
import org.badak.model.Pass;
import org.badak.model.Workspace;

/// The gradient by back-propagation: one pass forward, one back. After the first batch of each size a computation
/// allocates nothing.
public final class Backprop implements Gradient {
    private final Parameters result;
    private final Workspace workspace;
    private Pass latest;

    /// With the random numbers of seed 0, if any layer draws some.
    ///
    /// @param parameters read at each computation; of the kernels' precision
    public Backprop(Network network, Parameters parameters, Kernels kernels) {
        this(network, parameters, kernels, 0);
    }

    /// @param parameters read at each computation; of the kernels' precision
    /// @param seed of what layers such as dropout draw
    public Backprop(Network network, Parameters parameters, Kernels kernels, long seed) {
        result = parameters.like();
        workspace = Workspace.forLearning(network, parameters, result, kernels, seed);
        latest = workspace.pass(kernels.zeros(0, network.inputs()));
    }

    @Override
    public String name() {
        return "backprop";
    }

    @Override
    public double compute(Batch batch) {
        latest = workspace.pass(batch.x());
        latest.forward();
        double loss = latest.loss(batch);
        latest.backward();
        return loss;
    }

    @Override
    public void at(long step) {
        workspace.at(step);
    }

    /// Goes to a training step of whose batch the next computations take a part, see
    /// [org.badak.layer.Moment#firstRow].
    ///
    /// @param firstRow the row of the whole batch with which the part begins
    public void at(long step, int firstRow) {
        workspace.at(step, firstRow);
    }

    @Override
    public Parameters result() {
        return result;
    }

    @Override
    public String firstNonFinite() {
        return latest.firstNonFinite();
    }
}
