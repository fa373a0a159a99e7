package org.badak.testkit;

import java.util.List;
import org.badak.layer.Dense;
import org.badak.layer.Initialisation;
import org.badak.layer.Layer;
import org.badak.layer.Relu;
import org.badak.layer.Sigmoid;
import org.badak.layer.Tanh;
import org.junit.jupiter.api.Nested;

/// Every layer of core keeps the contract.
class LayersTest {
    @Nested
    class DenseOfOneUnit extends LayerContract {
        @Override
        protected Layer layer() {
            return new Dense(1, new Initialisation.Xavier());
        }
    }

    @Nested
    class DenseOfTwentyUnits extends LayerContract {
        @Override
        protected Layer layer() {
            return new Dense(20, new Initialisation.Normal(0.01));
        }

        @Override
        protected List<Integer> inputs() {
            return List.of(1, 15, 16, 49);
        }
    }

    @Nested
    class SigmoidLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Sigmoid();
        }
    }

    @Nested
    class ReluLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Relu();
        }
    }

    @Nested
    class TanhLayer extends LayerContract {
        @Override
        protected Layer layer() {
            return new Tanh();
        }
    }
}
