package org.badak.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.badak.kernel.KernelChoice;
import org.junit.jupiter.api.Test;

/// On the module path, as in use. What these kernels owe is tested in the module `acceptance`.
class SimdChoiceTest {
    @Test
    void simdIsChosenWithoutAnyFlagWhereItDoesNotObject() {
        String objection = new SimdKernels().objection();
        assertThat(KernelChoice.current().set().name()).isEqualTo(objection.isEmpty() ? "simd" : "scalar");
        assertThat(KernelChoice.current().reason()).contains(objection);
    }
}
