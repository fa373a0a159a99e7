package org.badak.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    @Test
    void imageHasTheSizeOfAllItsChannels() {
        assertThat(new Shape(3, 4, 5).size()).isEqualTo(60);
        assertThat(new Shape(3, 4, 5).area()).isEqualTo(20);
        assertThat(Shape.flat(784)).isEqualTo(new Shape(784, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "784", "1x28x28", "3x1x7"})
    void textIsReadBack(String text) {
        assertThat(Shape.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "28x28", "1x28x28x1", "1x28xa", "-1"})
    void textThatIsNoShapeIsRefused(String text) {
        assertThatThrownBy(() -> Shape.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void emptyAndTooLargeShapesAreRefused() {
        assertThatThrownBy(() -> new Shape(3, 0, 5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3x0x5");
        assertThatThrownBy(() -> Shape.flat(0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("found 0");
        assertThatThrownBy(() -> new Shape(65_536, 65_536, 65_536))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("65536x65536x65536");
    }
}
