package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {

    @Test
    void colorsFollowTheirScales() {
        assertThat(ColorScale.GRAY.color(0, 0, 10)).isZero();
        assertThat(ColorScale.GRAY.color(10, 0, 10)).isEqualTo(0xFFFFFF);
        assertThat(ColorScale.INK.color(10, 0, 10)).isZero();
        assertThat(ColorScale.DIVERGING.color(0, -3, 1)).isEqualTo(0xF7F7F7);
        assertThat(ColorScale.DIVERGING.color(-3, -3, 1)).isEqualTo(0x053061);
        assertThat(ColorScale.DIVERGING.color(3, -3, 1)).isEqualTo(0x67001F);
        assertThat(ColorScale.GRAY.color(5, 5, 5)).isZero();
    }

    @Test
    void picturesStandWhereTheyBelong() {
        Tile black = Tile.ofBytes(1, 1, new byte[] {0}, "");
        Tile white = Tile.ofBytes(1, 1, new byte[] {(byte) 255}, "");
        ImageGrid grid = ImageGrid.titled("").columns(2).with(List.of(white, black));
        BufferedImage image = Examples.decoded(grid.png(240, 160));
        assertThat(image.getRGB(14 + 20, 40) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(image.getRGB(14 + 103 + 6 + 20, 40) & 0xFFFFFF).isZero();
    }

    @Test
    void terminalShowsWholePicturesAndCountsTheRest() {
        double[] values = new double[28 * 28];
        values[0] = 1;
        Tile tile = Tile.of(28, 28, values, "seven");
        ImageGrid grid = ImageGrid.titled("digits").with(java.util.Collections.nCopies(50, tile));
        String ascii = grid.terminal(80, 24, TerminalStyle.ASCII);
        assertThat(ascii).contains("seven").contains("more");
        assertThat(ascii.lines().count()).isLessThanOrEqualTo(24);
        String colored = grid.terminal(80, 24, TerminalStyle.TRUE_COLOR);
        assertThat(colored).contains("▀").contains("\u001B[38;2;").contains("\u001B[0m");
    }

    @Test
    void wrongNumberOfValuesIsRefused() {
        assertThatThrownBy(() -> Tile.of(2, 2, new double[3], "t"))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("2 × 2")
                .hasMessageContaining("3 values");
        assertThatThrownBy(() -> ImageGrid.titled("").columns(0)).hasMessageContaining("0");
    }

    @Test
    void meansOfSmallerPicturesKeepTheWhole() {
        Tile small = Tile.of(4, 2, new double[] {1, 3, 5, 7, 1, 3, 5, 7}, "").resized(2, 1);
        assertThat(small.value(0, 0)).isEqualTo(2);
        assertThat(small.value(1, 0)).isEqualTo(6);
    }
}
