package org.badak.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.badak.kernel.KernelChoice;
import org.badak.kernel.KernelSet;
import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The scalar kernels keep the contract, of which most is to be equal to them; all tests of this package run on them.
@SuppressWarnings("JUnitMethodInvoked") // only those parts of the contract that say something about the scalar set
class ScalarKernelsTest {
    private static final class Scalar extends KernelContract {
        @Override
        protected KernelSet kernelSet() {
            return KernelChoice.scalar();
        }
    }

    @Test
    void scalarKernelsAreTheChosenOnes() {
        assertThat(KernelChoice.current().set().name()).isEqualTo("scalar");
    }

    @ParameterizedTest
    @EnumSource
    void scalarSetKeepsTheContract(Precision precision) {
        KernelContract contract = new Scalar();
        contract.setHasANameAndADescription();
        contract.multiplyIsOneChainOfFusedMultiplyAddsInAscendingOrder(precision);
        contract.anyNumberOfThreadsGivesTheBitsOfOneScalarThread(precision);
        contract.softmaxEqualsScalar(precision);
        contract.everyPixelIsItsByteDividedBy255();
    }
}
