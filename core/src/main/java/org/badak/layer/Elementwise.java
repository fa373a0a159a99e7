package org.badak.layer;

import java.util.List;
import org.badak.kernel.Epilogue;
import org.badak.matrix.Shape;

/// An activation: y has the shape of x, each element depends on the element at its place alone, and there are no
/// parameters. Structured numerical gradients rest on this.
public sealed interface Elementwise extends Layer
        permits Sigmoid, Relu, Tanh, LeakyRelu, Elu, Gelu, GeluTanh, Silu, Softplus {
    @Override
    default Shape outputs(Shape inputs) {
        return inputs;
    }

    @Override
    default List<ParameterShape> parameters(Shape inputs) {
        return List.of();
    }

    /// This activation as the end of the product before it; none by default.
    default Epilogue epilogue() {
        return Epilogue.NONE;
    }
}
