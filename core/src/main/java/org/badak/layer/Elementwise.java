package org.badak.layer;

import java.util.List;

/// An activation: y has the shape of x, each element depends on the element at its place alone, and there are no
/// parameters. Structured numerical gradients rest on this.
public sealed interface Elementwise extends Layer permits Sigmoid, Relu, Tanh {
    @Override
    default int outputs(int inputs) {
        return inputs;
    }

    @Override
    default List<ParameterShape> parameters(int inputs) {
        return List.of();
    }
}
