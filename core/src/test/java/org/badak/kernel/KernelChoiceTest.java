package org.badak.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.badak.matrix.Precision;
import org.junit.jupiter.api.Test;

/// In core alone there is no SIMD module: scalar is all there is.
class KernelChoiceTest {
    @Test
    void scalarServesWhereNothingElseIsFoundAndSaysSo() {
        KernelChoice choice = KernelChoice.choose("");
        assertThat(choice.set().name()).isEqualTo("scalar");
        assertThat(choice.reason()).isEqualTo("no SIMD kernels on the module path or class path");
    }

    @Test
    void scalarCanBeForced() {
        KernelChoice choice = KernelChoice.choose("scalar");
        assertThat(choice.set().name()).isEqualTo("scalar");
        assertThat(choice.reason()).isEqualTo("forced by -Dbadak.kernels");
    }

    @Test
    void forcedSetThatIsMissingIsAnErrorThatNamesItAndWhatThereIs() {
        assertThatThrownBy(() -> KernelChoice.choose("simd"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Dbadak.kernels=simd")
                .hasMessageContaining("[scalar]")
                .hasMessageContaining("no SIMD kernels on the module path");
        assertThatThrownBy(() -> KernelChoice.choose("Scalar"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-Dbadak.kernels=Scalar");
    }

    @Test
    void scalarNeverObjects() {
        assertThat(KernelChoice.scalar().objection()).isEmpty();
        assertThat(KernelChoice.scalar().description()).contains("plain Java");
    }

    @Test
    void kernelsHaveThePrecisionThreadsAndNameAskedFor() {
        for (Precision precision : Precision.values()) {
            try (Kernels kernels = KernelChoice.choose("scalar").kernels(precision, 3)) {
                assertThat(kernels.precision()).isEqualTo(precision);
                assertThat(kernels.threads()).isEqualTo(3);
                assertThat(kernels.name()).isEqualTo("scalar");
            }
        }
    }

    @Test
    void choiceIsMadeOnce() {
        assertThat(KernelChoice.current()).isSameAs(KernelChoice.current());
    }
}
