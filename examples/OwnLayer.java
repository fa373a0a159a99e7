//JAVA 25+
//DEPS org.badak:badak-bom:0.1.0-SNAPSHOT@pom org.badak:badak-core org.badak:badak-simd
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

import java.util.List;
import java.util.Optional;
import org.badak.data.Batch;
import org.badak.gradient.GradientCheck;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.layer.CustomLayer;
import org.badak.layer.Dense;
import org.badak.layer.Frame;
import org.badak.layer.Initialisation;
import org.badak.layer.ParameterShape;
import org.badak.loss.SoftmaxCrossEntropy;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.badak.model.Network;

/// A layer of your own is one class: y = x·s with one learned scale s per column, checked against central differences.
public class OwnLayer {
    record Scale() implements CustomLayer {
        @Override
        public String name() {
            return "scale";
        }

        @Override
        public Shape outputs(Shape inputs) {
            return inputs;
        }

        @Override
        public List<ParameterShape> parameters(Shape inputs) {
            return List.of(new ParameterShape("s", 1, inputs.size(), Optional.of(new Initialisation.Constant(1))));
        }

        @Override
        public void forward(Frame frame) {
            Matrix x = frame.x(); // [batch, columns]
            for (int row = 0; row < x.rows(); row++) {
                for (int column = 0; column < x.columns(); column++) {
                    frame.y().set(row, column, x.get(row, column) * frame.parameter(0).get(0, column));
                }
            }
        }

        @Override
        public void backward(Frame frame) {
            Matrix x = frame.x();
            for (int column = 0; column < x.columns(); column++) {
                double ds = 0;
                for (int row = 0; row < x.rows(); row++) {
                    double dy = frame.dy().get(row, column);
                    ds += dy * x.get(row, column);
                    frame.dx().set(row, column, dy * frame.parameter(0).get(0, column));
                }
                frame.gradient(0).set(0, column, ds);
            }
        }
    }

    public static void main(String[] args) {
        Initialisation xavier = new Initialisation.Xavier();
        Network network = Network.of(
                3, new SoftmaxCrossEntropy(), new Dense(4, xavier), new Scale(), new Dense(2, xavier));
        Matrix x = Matrix.of(Precision.FLOAT64, new double[][] {{0.5, -1, 2}, {1.5, 0.3, -0.7}});
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            GradientCheck check = new GradientCheck(network, network.initialise(Precision.FLOAT64, 1), kernels);
            System.out.print(check.check(new Batch(x, Targets.Labels.of(0, 1))).table());
        }
    }
}
