package org.badak.serve;

import java.util.List;

/// Inputs that a request brought, as the network takes them.
///
/// @param rows number of examples
/// @param x [rows, inputs]
/// @param notes what the client should know, such as cells that were filled in
record Examples(int rows, float[] x, List<String> notes) {}
