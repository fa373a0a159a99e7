package org.badak.simd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.badak.kernel.KernelSet;
import org.badak.testkit.KernelContract;
import org.junit.jupiter.api.BeforeEach;

/// Skipped where the SIMD kernels object, as on processors without fused multiply-add.
class SimdKernelsNeedsFmaTest extends KernelContract {
    @BeforeEach
    void skipWhereTheSimdKernelsObject() {
        assumeTrue(new SimdKernels().objection().isEmpty(), new SimdKernels().objection());
    }

    @Override
    protected KernelSet kernelSet() {
        return new SimdKernels();
    }
}
