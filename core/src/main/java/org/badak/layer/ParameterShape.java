package org.badak.layer;

import java.util.Optional;

/// A parameter tensor that a layer needs: its symbol, its shape and how it starts.
///
/// A tensor that is not trainable, such as a running mean, is stored and hashed with the parameters, but no optimizer
/// moves it and no gradient check looks at it: when learning, forward leaves its value for the next step where its
/// gradient would be, and the trainer copies it.
///
/// @param symbol as in formulas, `W` or `b`
/// @param initialisation how it is drawn; zeros if empty
/// @param trainable whether the optimizer moves it along its gradient
public record ParameterShape(
        String symbol, int rows, int columns, Optional<Initialisation> initialisation, boolean trainable) {
    /// A trainable tensor.
    public ParameterShape(String symbol, int rows, int columns, Optional<Initialisation> initialisation) {
        this(symbol, rows, columns, initialisation, true);
    }

    /// Whether this is a matrix of weights, its symbol beginning with W: weight decay leaves all others
    /// alone unless asked.
    public boolean weight() {
        return symbol.startsWith("W");
    }
}
