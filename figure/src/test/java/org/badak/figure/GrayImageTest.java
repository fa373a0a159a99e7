package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GrayImageTest {
    /// 3 x 2 pixels to 2 x 1: each covers one and a half pixels of both rows.
    @Test
    void fittedPixelsAreMeansOverTheAreasThatTheyCover() {
        GrayImage image = GrayImage.of(3, 2, new byte[] {0, 30, 60, 90, 120, (byte) 150});

        assertThat(image.fitted(2, 1).pixels()).containsExactly(55, 95);
        assertThat(image.fitted(3, 2)).isSameAs(image);
        assertThat(image.fitted(6, 4).fitted(3, 2).pixels()).isEqualTo(image.pixels());
    }

    @Test
    void lightAtTheBorderIsWhatIsOutermostAlone() {
        byte[] paper = {-1, -1, -1, -1, 0, -1, -1, -1, -1};
        byte[] night = {0, 0, 0, 0, -1, 0, 0, 0, 0};

        assertThat(GrayImage.of(3, 3, paper).isLightAtItsBorder()).isTrue();
        assertThat(GrayImage.of(3, 3, night).isLightAtItsBorder()).isFalse();
        assertThat(GrayImage.of(1, 1, new byte[] {(byte) 200}).isLightAtItsBorder())
                .isTrue();
    }

    @Test
    void pixelsMustBeAsManyAsTheSizeSays() {
        assertThatThrownBy(() -> GrayImage.of(3, 3, new byte[8]))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("8 pixels")
                .hasMessageContaining("3 × 3");
    }
}
