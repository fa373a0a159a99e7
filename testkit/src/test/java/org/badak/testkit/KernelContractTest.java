package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.KernelSet;
import org.badak.kernel.Operations;
import org.badak.matrix.DoubleMatrix;
import org.badak.matrix.FloatMatrix;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The contract finds faults planted in every operation.
@SuppressWarnings("JUnitMethodInvoked") // the contract's own tests are what is tested
class KernelContractTest {
    /// What goes wrong after the scalar operation has done its work.
    enum Fault {
        /// The last element of the last row is one bit off.
        LAST_BIT,
        /// One element outside the rows asked for is written: behind the view if all rows were asked for.
        OUTSIDE,
        /// Padding of an operand reaches the result.
        PADDING
    }

    static final class Tested extends KernelContract {
        private final KernelSet kernelSet;

        Tested(KernelSet kernelSet) {
            this.kernelSet = kernelSet;
        }

        @Override
        protected KernelSet kernelSet() {
            return kernelSet;
        }
    }

    static Stream<Arguments> faults() {
        List<Arguments> operations = List.of(
                operation("multiply", KernelContract::multiplyEqualsScalarForExtremeValues),
                operation("multiply", KernelContract::multiplyEqualsScalarAtAllSmallSizes),
                operation("transpose", KernelContract::transposeEqualsScalar),
                operation("repeatRow", KernelContract::rowOperationsEqualScalar),
                operation("clear", KernelContract::rowOperationsEqualScalar),
                operation("columnSums", KernelContract::columnSumsEqualScalar),
                operation("sigmoid", KernelContract::sigmoidEqualsScalar),
                operation("sigmoidGradient", KernelContract::sigmoidGradientEqualsScalar),
                operation("relu", KernelContract::reluEqualsScalar),
                operation("reluGradient", KernelContract::reluGradientEqualsScalar),
                operation("tanh", KernelContract::tanhEqualsScalar),
                operation("tanhGradient", KernelContract::tanhGradientEqualsScalar),
                operation("activate", KernelContract::activationsEqualScalar),
                operation("activationGradient", KernelContract::activationGradientsEqualScalar),
                operation("softmax", KernelContract::softmaxEqualsScalar),
                operation("softmaxCrossEntropy", KernelContract::softmaxCrossEntropyEqualsScalar),
                operation("scale", KernelContract::scalingsEqualScalar),
                operation("update", KernelContract::updatesOfEveryFormEqualScalar),
                operation("addScaled", KernelContract::scalingsEqualScalar),
                operation("pixels", KernelContract::pixelsEqualScalar),
                operation("outerSum", KernelContract::outerSumEqualsScalar),
                operation("repeatColumn", KernelContract::operationsOnColumnsEqualScalar),
                operation("softmaxCrossEntropyColumns", KernelContract::operationsOnColumnsEqualScalar),
                operation("deltaCrossEntropyColumns", KernelContract::operationsOnColumnsEqualScalar),
                operation("squaredErrorColumns", KernelContract::operationsOnColumnsEqualScalar));
        return operations.stream()
                .flatMap(operation -> Arrays.stream(Fault.values())
                        .map(fault -> Arguments.of(
                                operation.get()[0], fault, operation.get()[1])));
    }

    private static Arguments operation(String name, BiConsumer<KernelContract, Precision> test) {
        return Arguments.of(name, test);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultInAnyOperationIsFound(String operation, Fault fault, BiConsumer<KernelContract, Precision> test) {
        KernelContract contract = new Tested(faulty(operation, fault));
        for (Precision precision : Precision.values()) {
            assertThatThrownBy(() -> test.accept(contract, precision))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(operation.equals("multiply") ? "b " : operation);
        }
    }

    @Test
    void everyOperationIsUnderContract() {
        List<Object> tested = faults().map(arguments -> arguments.get()[0]).toList();
        assertThatCode(() -> Arrays.stream(Operations.class.getMethods())
                        .filter(method -> method.getReturnType() == void.class)
                        .filter(method -> !method.getName().equals("sumsOfSquares")) // has its own test below
                        .forEach(method -> {
                            if (!tested.contains(method.getName())) {
                                throw new AssertionError(method.getName() + " has no test in KernelContract");
                            }
                        }))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void sumOfSquaresThatIsABitOffIsFound(Precision precision) {
        KernelContract contract = new Tested(altered("sumsOfSquares", "off by a bit", (arguments, dirty) -> {
            double[] sums = (double[]) arguments[1];
            int from = (int) arguments[2];
            if (from < (int) arguments[3]) {
                sums[from] = Math.nextUp(sums[from]);
            }
        }));

        assertThatThrownBy(() -> contract.sumsOfSquaresEqualScalar(precision))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sumsOfSquares");
    }

    private static KernelSet faulty(String operation, Fault fault) {
        return altered(operation, operation + ": " + fault, (arguments, dirty) -> {
            int[] range = Stream.of(arguments)
                    .filter(Integer.class::isInstance)
                    .mapToInt(Integer.class::cast)
                    .toArray();
            Matrix result = (Matrix) Stream.of(arguments)
                    .filter(Matrix.class::isInstance)
                    .reduce((first, second) -> second)
                    .orElseThrow();
            int to = range.length == 0 ? result.rows() : range[range.length - 1];
            plant(fault, result, to, dirty);
        });
    }

    /// The scalar kernels, with something done to the arguments after one operation; it is told whether padding was
    /// NaN.
    private static KernelSet altered(String operation, String description, BiConsumer<Object[], Boolean> change) {
        return new KernelSet() {
            @Override
            public String name() {
                return "faulty";
            }

            @Override
            public String description() {
                return description;
            }

            @Override
            public String objection() {
                return "";
            }

            @Override
            public Operations operations(Precision precision) {
                Operations scalar = KernelChoice.scalar().operations(precision);
                return (Operations) Proxy.newProxyInstance(
                        Operations.class.getClassLoader(),
                        new Class<?>[] {Operations.class},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals(operation)) {
                                return method.invoke(scalar, arguments);
                            }
                            boolean dirty = Stream.of(arguments).anyMatch(KernelContractTest::paddingIsNaN);
                            method.invoke(scalar, arguments);
                            change.accept(arguments, dirty);
                            return null;
                        });
            }
        };
    }

    private static void plant(Fault fault, Matrix result, int to, boolean dirty) {
        if (to == 0 || result.columns() == 0) {
            return;
        }
        int column = result.columns() - 1;
        double value = result.get(to - 1, column);
        switch (fault) {
            case LAST_BIT -> {
                if (value == 0) {
                    result.set(to - 1, column, -value == 0 ? Float.MIN_VALUE : 0);
                } else {
                    result.set(
                            to - 1,
                            column,
                            result instanceof FloatMatrix ? Math.nextUp((float) value) : Math.nextUp(value));
                }
            }
            case OUTSIDE -> write(result, result.offset() + to * result.stride(), 12345);
            case PADDING -> result.set(to - 1, column, dirty ? Double.NaN : value);
        }
    }

    private static void write(Matrix matrix, int index, double value) {
        switch (matrix) {
            case FloatMatrix floats when index < floats.data().length -> floats.data()[index] = (float) value;
            case DoubleMatrix doubles when index < doubles.data().length -> doubles.data()[index] = value;
            default -> {}
        }
    }

    private static boolean paddingIsNaN(Object argument) {
        if (!(argument instanceof Matrix matrix) || matrix.rows() == 0 || matrix.columns() == matrix.stride()) {
            return false;
        }
        int padding = matrix.offset() + matrix.columns();
        return switch (matrix) {
            case FloatMatrix floats -> Float.isNaN(floats.data()[padding]);
            case DoubleMatrix doubles -> Double.isNaN(doubles.data()[padding]);
            case SparseMatrix sparse -> false;
        };
    }
}
