package org.badak.train;

import java.util.List;
import java.util.Map;
import org.badak.data.DataException;
import org.badak.layer.Layer;
import org.badak.model.Network;

/// What fixes a run, in words that are compared when it is resumed.
final class RunDescription {
    private RunDescription() {}

    /// Input, layers with all that they are made of, and loss.
    static String of(Network network) {
        List<String> layers = network.layers().stream().map(RunDescription::of).toList();
        return network.input() + " " + layers + " " + network.loss();
    }

    /// A layer of a user's own need not be a record, and may have no words but its name.
    private static String of(Layer layer) {
        return layer instanceof Record ? layer.toString() : layer.name();
    }

    /// Checks that a trainer is set up as the one whose checkpoint it is to go on from.
    ///
    /// @throws DataException if not; names what differs
    static void requireSame(Checkpoint checkpoint, Map<String, String> configuration, String dataHash) {
        configuration.forEach((name, found) -> {
            String expected = checkpoint.configuration().getOrDefault(name, "nothing");
            if (!expected.equals(found)) {
                throw new DataException(
                        "cannot resume: the configuration is not the one that the run began with",
                        "checkpoint of step " + checkpoint.step() + ", " + name,
                        found,
                        expected,
                        "resume with the configuration of the run, or begin a new run");
            }
        });
        if (!checkpoint.dataHash().equals(dataHash)) {
            throw new DataException(
                    "cannot resume: the data are not those that the run began with",
                    "checkpoint of step " + checkpoint.step() + ", SHA-256 of the training examples",
                    dataHash,
                    checkpoint.dataHash(),
                    "give it the data of the run, or begin a new run");
        }
    }

    /// A checkpoint whose tensors are not those of the network.
    static DataException unfit(Checkpoint checkpoint, String found) {
        return new DataException(
                "cannot resume: the tensors are not those of the network and its optimizer",
                "checkpoint of step " + checkpoint.step(),
                found,
                "the tensors that the configuration asks for",
                "resume with the configuration of the run, or begin a new run");
    }
}
