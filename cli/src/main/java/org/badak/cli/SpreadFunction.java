package org.badak.cli;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.badak.tune.TrialFunction;

/// Carries out trials of `badak tune` in another process: the trials of [ImageTrials] and
/// [TableTrials], made again of what [Trials#sent] has written. A service; made by
/// [java.util.ServiceLoader].
public final class SpreadFunction implements TrialFunction {
    /// For [java.util.ServiceLoader].
    public SpreadFunction() {}

    @Override
    public String name() {
        return "badak tune";
    }

    @Override
    public UnaryOperator<String> prepare(byte[] shared) {
        Trials trials = trials(shared);
        return request -> SpreadTrials.carriedOut(trials, request);
    }

    private static Trials trials(byte[] shared) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(shared))) {
            return in.readBoolean() ? ImageTrials.read(in) : TableTrials.read(in);
        } catch (IOException torn) {
            throw new UncheckedIOException("trials: what was sent is not whole", torn);
        }
    }
}
