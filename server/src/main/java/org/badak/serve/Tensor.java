package org.badak.serve;

import java.util.List;

/// A tensor of a request of the Open Inference Protocol.
///
/// @param name as sent
/// @param shape as sent
/// @param type as sent
/// @param numbers in order; empty for [DataType#BYTES]
/// @param texts in order; empty for numbers
record Tensor(String name, List<Integer> shape, DataType type, Numbers numbers, List<String> texts) {}
