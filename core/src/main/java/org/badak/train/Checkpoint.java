package org.badak.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.model.Parameters;
import org.badak.model.Slot;
import org.badak.optimizer.ReduceOnPlateau;

/// All that a run needs to go on as if it had never been interrupted, and end with the same bits. Taken between two
/// steps by [#of], kept by [Checkpoints], given back to a trainer that was made alike by [Trainer#resume].
///
/// The numbers are copies. Nothing about the sampler and random numbers is here but the step: both are functions of it.
///
/// @param step steps done
/// @param seconds time that they took
/// @param configuration what fixes the run, in words by name; the trainer that goes on must have the same
/// @param dataHash of the training examples, see [org.badak.data.Examples#sha256]
/// @param tensors by name: the parameters, batch normalisation's statistics among them; and, with names that begin with
///     [#STATE], the optimizer's memory, the best parameters, and series of numbers
/// @param plateau where the lowering of the learning rate stands
/// @param stopping where early stopping stands, or what else keeps the best parameters
/// @param readings all so far
/// @param notes further facts by name
public record Checkpoint(
        long step,
        double seconds,
        Map<String, String> configuration,
        String dataHash,
        Map<String, Matrix> tensors,
        ReduceOnPlateau.State plateau,
        Optional<EarlyStopping.State> stopping,
        List<Evaluation> readings,
        Map<String, String> notes) {
    /// What the names of all tensors begin with but those of the parameters.
    public static final String STATE = "checkpoint.";

    private static final String BEST = STATE + "best.";
    private static final String SERIES = STATE + "series.";

    /// Copies the collections; the order stays.
    public Checkpoint {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        readings = List.copyOf(readings);
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }

    /// Where a trainer stands, between two steps.
    public static Checkpoint of(Trainer trainer) {
        Map<String, Matrix> tensors = new LinkedHashMap<>();
        copy("", trainer.parameters(), tensors);
        trainer.memoryByName().forEach((name, numbers) -> copy(STATE + name + ".", numbers, tensors));
        Checkpoint bare = new Checkpoint(
                trainer.steps(),
                trainer.seconds(),
                trainer.configuration(),
                trainer.dataHash(),
                tensors,
                trainer.plateau(),
                Optional.empty(),
                trainer.readings(),
                Map.of());
        return trainer.stopping().map(bare::with).orElse(bare);
    }

    /// The same with what keeps the best parameters.
    public Checkpoint with(EarlyStopping rule) {
        Map<String, Matrix> more = new LinkedHashMap<>(tensors);
        copy(BEST, rule.best(), more);
        return new Checkpoint(
                step, seconds, configuration, dataHash, more, plateau, Optional.of(rule.state()), readings, notes);
    }

    /// The same with further facts.
    ///
    /// @param facts by name; names must not begin with `checkpoint` or `content_sha256`, which files use
    public Checkpoint with(Map<String, String> facts) {
        Map<String, String> more = new LinkedHashMap<>(notes);
        more.putAll(facts);
        return new Checkpoint(step, seconds, configuration, dataHash, tensors, plateau, stopping, readings, more);
    }

    /// The same with a series of numbers.
    public Checkpoint with(String name, double[] numbers) {
        Map<String, Matrix> more = new LinkedHashMap<>(tensors);
        more.put(SERIES + name, Matrix.of(Precision.FLOAT64, numbers));
        return new Checkpoint(step, seconds, configuration, dataHash, more, plateau, stopping, readings, notes);
    }

    /// A series of numbers; empty if there is none of that name.
    public double[] series(String name) {
        Matrix found = tensors.get(SERIES + name);
        return found == null ? new double[0] : found.toArray()[0];
    }

    /// Has a rule go on from where the one of [#with(EarlyStopping)] stood.
    ///
    /// @throws IllegalArgumentException if this checkpoint has none, or its parameters do not fit
    public void resume(EarlyStopping rule) {
        EarlyStopping.State state = stopping.orElseThrow(() -> misfit("no best parameters", "some"));
        Parameters best = rule.best().like();
        requireFit(BEST, best);
        load(BEST, best);
        rule.resume(state, best);
    }

    /// Checks that tensors have the names, shapes and precision of parameters; nothing is changed.
    ///
    /// @param prefix of the tensors' names
    /// @throws IllegalArgumentException if one is missing or different
    void requireFit(String prefix, Parameters target) {
        for (int i = 0; i < target.slots().size(); i++) {
            String name = prefix + target.slots().get(i).name();
            Matrix found = tensors.get(name);
            String wanted = name + " " + target.tensor(i);
            if (found == null) {
                throw misfit("no tensor " + name, wanted);
            }
            if (!found.shape().equals(target.tensor(i).shape()) || found.precision() != target.precision()) {
                throw misfit(name + " " + found, wanted);
            }
        }
    }

    /// Checks that there is no tensor but those of parameters, of a memory, of the best parameters and series.
    ///
    /// @throws IllegalArgumentException if there is one
    void requireNoOther(List<Slot> slots, List<String> memory) {
        List<String> known = new ArrayList<>();
        for (Slot slot : slots) {
            known.add(slot.name());
            known.add(BEST + slot.name());
            memory.forEach(name -> known.add(STATE + name + "." + slot.name()));
        }
        for (String name : tensors.keySet()) {
            if (!known.contains(name) && !name.startsWith(SERIES)) {
                throw misfit("a tensor " + name, "those of the network and its optimizer alone");
            }
        }
    }

    /// Overwrites parameters with the tensors of a prefix, which fit.
    void load(String prefix, Parameters target) {
        for (int i = 0; i < target.slots().size(); i++) {
            Matrix found = tensors.get(prefix + target.slots().get(i).name());
            if (found != null) {
                target.tensor(i).copyFrom(found);
            }
        }
    }

    private IllegalArgumentException misfit(String found, String expected) {
        return new IllegalArgumentException(
                "checkpoint of step " + step + ": found " + found + ", expected " + expected);
    }

    private static void copy(String prefix, Parameters source, Map<String, Matrix> tensors) {
        Parameters copy = source.to(source.precision());
        for (int i = 0; i < copy.slots().size(); i++) {
            tensors.put(prefix + copy.slots().get(i).name(), copy.tensor(i));
        }
    }
}
