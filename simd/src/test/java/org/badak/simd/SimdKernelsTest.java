package org.badak.simd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.badak.kernel.KernelSet;
import org.badak.testkit.KernelContract;
import org.junit.jupiter.api.BeforeEach;

class SimdKernelsTest extends KernelContract {
    @BeforeEach
    void needsAProcessorThatTheSimdKernelsDoNotObjectTo() {
        assumeTrue(new SimdKernels().objection().isEmpty(), new SimdKernels().objection());
    }

    @Override
    protected KernelSet kernelSet() {
        return new SimdKernels();
    }
}
