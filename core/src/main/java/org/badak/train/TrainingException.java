package org.badak.train;

/// Training met a loss that is not a finite number. The message says at which step, in which layer, what value and with
/// which learning rate.
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long step;

    /// @param step number of the failed step, from 1
    public TrainingException(long step, String message) {
        super(message);
        this.step = step;
    }

    /// Number of the failed step, from 1.
    public long step() {
        return step;
    }
}
