package org.badak.gradient;

import java.util.ArrayList;
import java.util.List;
import org.badak.kernel.Kernels;
import org.badak.kernel.Update;
import org.badak.matrix.Matrix;
import org.badak.model.Parameters;
import org.badak.optimizer.Clipping;
import org.badak.optimizer.Optimizer;

/// Moves parameters against their gradients by an optimizer's rule, whose memory it keeps. A step
/// allocates nothing.
public final class Descent {
    private final Optimizer optimizer;
    private final Parameters parameters;
    private final Kernels kernels;
    private final List<Parameters> memory = new ArrayList<>();
    private final List<List<Matrix>> slots = new ArrayList<>();
    private final Update update = new Update();

    /// Begins with a memory of zeros.
    ///
    /// @param parameters what is moved
    public Descent(Optimizer optimizer, Parameters parameters, Kernels kernels) {
        this.optimizer = optimizer;
        this.parameters = parameters;
        this.kernels = kernels;
        for (int i = 0; i < optimizer.slots(); i++) {
            memory.add(parameters.like());
        }
        for (int i = 0; i < parameters.tensors().size(); i++) {
            int position = i;
            slots.add(memory.stream().map(each -> each.tensor(position)).toList());
        }
    }

    /// The rule.
    public Optimizer optimizer() {
        return optimizer;
    }

    /// The optimizer's memory: numbers of the parameters' shapes, one of each for each of its
    /// [Optimizer#slotNames].
    public List<Parameters> memory() {
        return List.copyOf(memory);
    }

    /// Moves all trainable parameters; those that are not trainable become what a learning pass has
    /// left for the next step, see [Parameters#advance]. If anything is not finite, nothing is moved.
    ///
    /// @param gradients of these parameters
    /// @param clipping bounds them
    /// @param rate the learning rate of this step
    /// @param step number of this step, from 1
    /// @return what is not finite, in words; empty if all is
    public String move(Parameters gradients, Clipping clipping, double rate, long step) {
        for (int i = 0; i < slots.size(); i++) {
            if (!kernels.allFinite(gradients.tensor(i))) {
                return "the gradient of " + gradients.slots().get(i).name() + " has elements that are not finite";
            }
        }
        double scale = 1;
        if (clipping.needsNorm()) {
            double norm = norm(gradients);
            if (!Double.isFinite(norm)) {
                return "the norm of the gradient is " + norm + ", so it cannot be clipped";
            }
            scale = clipping.scale(norm);
        }
        optimizer.prepare(update, rate, step);
        update.clip(scale, clipping.value());
        for (int i = 0; i < slots.size(); i++) {
            if (parameters.slots().get(i).trainable()) {
                boolean weight = parameters.slots().get(i).shape().weight();
                optimizer.decay().prepare(update, rate, weight);
                kernels.update(update, parameters.tensor(i), gradients.tensor(i), slots.get(i));
            }
        }
        parameters.advance(gradients);
        return "";
    }

    /// The Euclidean norm of all gradients together: squares added in double in a fixed order, tensor
    /// by tensor, row by row.
    private double norm(Parameters gradients) {
        double sum = 0;
        for (int i = 0; i < slots.size(); i++) {
            sum += parameters.slots().get(i).trainable() ? kernels.sumOfSquares(gradients.tensor(i)) : 0;
        }
        return Math.sqrt(sum);
    }
}
