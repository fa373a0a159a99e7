package org.badak.data;

import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// Which examples make up the mini-batch of a step: a pure function of seed and step, so that any step can be
/// recomputed, after an interruption for example.
public sealed interface Sampler {
    /// The sampler's name on the command line.
    String name();

    /// Steps until as many examples have been drawn as there are.
    long stepsPerEpoch();

    /// The fewest examples that a step draws.
    int fewest();

    /// The seed that draws are a function of.
    long seed();

    /// Overwrites `indices` with the examples of a step.
    ///
    /// @param step from 0
    /// @param indices at least as long as a batch
    /// @return how many there are: a batch, or fewer at the end of a shuffled epoch
    int draw(long step, int[] indices);

    /// Draws with replacement, like the chapter's `np.random.choice(train_size, batch_size)`. An epoch is
    /// max(count / batch, 1) steps, rounded down as in the book's `iter_per_epoch`, but a whole number, so that its
    /// end is never missed.
    ///
    /// @param count number of examples
    /// @param batch number of draws per step
    /// @param seed the run's seed
    record Replacement(int count, int batch, long seed) implements Sampler {
        /// @throws IllegalArgumentException unless 1 ≤ batch and 1 ≤ count
        public Replacement {
            require(count, batch, Integer.MAX_VALUE);
        }

        @Override
        public String name() {
            return "replacement";
        }

        @Override
        public long stepsPerEpoch() {
            return Math.max(count / batch, 1);
        }

        @Override
        public int fewest() {
            return batch;
        }

        @Override
        public int draw(long step, int[] indices) {
            for (int i = 0; i < batch; i++) {
                indices[i] = Philox.below(seed, Purpose.SAMPLING, 0, step * batch + i, count);
            }
            return batch;
        }
    }

    /// Goes through all examples in a new random order each epoch; the last batch of an epoch may be smaller.
    final class Shuffle implements Sampler {
        private final int batch;
        private final long seed;
        private final int[] order;
        private long epoch = -1;

        /// @param count number of examples
        /// @param batch number of examples per step, at most `count`
        /// @param seed the run's seed
        /// @throws IllegalArgumentException unless 1 ≤ batch ≤ count
        public Shuffle(int count, int batch, long seed) {
            require(count, batch, count);
            this.batch = batch;
            this.seed = seed;
            this.order = new int[count];
        }

        @Override
        public String name() {
            return "shuffle";
        }

        /// As a record's: count, batch and seed.
        @Override
        public String toString() {
            return "Shuffle[count=" + order.length + ", batch=" + batch + ", seed=" + seed + "]";
        }

        @Override
        public long stepsPerEpoch() {
            return (order.length + batch - 1L) / batch;
        }

        @Override
        public int fewest() {
            int rest = order.length % batch;
            return rest == 0 ? batch : rest;
        }

        @Override
        public long seed() {
            return seed;
        }

        @Override
        public int draw(long step, int[] indices) {
            long wanted = step / stepsPerEpoch();
            if (wanted != epoch) {
                Philox.permute(seed, Purpose.SHUFFLE, Math.toIntExact(wanted), order);
                epoch = wanted;
            }
            int start = (int) (step % stepsPerEpoch()) * batch;
            int size = Math.min(batch, order.length - start);
            System.arraycopy(order, start, indices, 0, size);
            return size;
        }
    }

    private static void require(int count, int batch, int most) {
        if (count < 1) {
            throw new IllegalArgumentException("data: expected at least 1 example, found " + count);
        }
        if (batch < 1 || batch > most) {
            throw new IllegalArgumentException("batch: expected 1 to " + most
                    + (most == count ? ", the number of examples" : "") + ", found " + batch + "; use a smaller batch");
        }
    }
}
