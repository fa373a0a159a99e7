package org.badak.layer;

import java.util.Optional;

/// A parameter tensor that a layer needs: its symbol, its shape and how it starts.
///
/// @param symbol as in formulas, `W` or `b`
/// @param initialisation how it is drawn; zeros if empty
public record ParameterShape(String symbol, int rows, int columns, Optional<Initialisation> initialisation) {}
