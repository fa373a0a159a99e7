package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.badak.figure.Examples.numbers;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class FigureTest {

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    /// Number of pixels of a colour.
    private static int pixels(BufferedImage image, int rgb) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void namesNeverBecomeMarkup() {
        String svg = Figure.titled("<script>alert(1)</script>")
                .xAxis(Axis.linear("\"><script>"))
                .line("a & b < c", numbers(0, 1), numbers(0, 1))
                .svg();
        assertThat(svg).doesNotContain("<script").contains("a &amp; b &lt; c");
        Element root = Examples.parsed(svg).getDocumentElement();
        assertThat(root.getAttribute("aria-label")).isEqualTo("<script>alert(1)</script>");
    }

    @Test
    void svgFollowsTheDarkTheme() {
        assertThat(Figure.titled("f").svg())
                .contains("@media (prefers-color-scheme:dark)")
                .contains("Noto Sans KR")
                .doesNotContain("http://www.w3.org/2000/svg\" src")
                .doesNotContain("url(");
    }

    @Test
    void pngIsTheSameOnEveryCallAndDrawsEverySeriesInItsColor() {
        Figure figure =
                Figure.titled("f").line("a", numbers(0, 1), numbers(0, 1)).line("b", numbers(0, 1), numbers(1, 0));
        byte[] png = figure.png(720, 450);
        assertThat(figure.png(720, 450)).isEqualTo(png);
        BufferedImage image = Examples.decoded(png);
        assertThat(pixels(image, Ink.BLUE.light())).isGreaterThan(300);
        assertThat(pixels(image, Ink.VERMILION.light())).isGreaterThan(300);
        assertThat(pixels(image, Ink.GREEN.light())).isZero();
        assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }

    @Test
    void lineGoesThroughItsPoints() {
        Figure figure = Figure.titled("")
                .xAxis(Axis.linear("").between(0, 1))
                .yAxis(Axis.linear("").between(0, 1))
                .line("", numbers(0, 1), numbers(0.5, 0.5));
        BufferedImage image = Examples.decoded(figure.png(720, 450));
        int top = 18; // the box of a figure without title and labels: see Plot
        int bottom = 450 - 14 - 20;
        assertThat(image.getRGB(400, (top + bottom) / 2) & 0xFFFFFF).isEqualTo(Ink.BLUE.light());
        assertThat(image.getRGB(400, (top + bottom) / 2 - 8) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    }

    @Test
    void valuesThatAreNotFiniteBreakTheLine() {
        Figure whole = Figure.titled("").line("", numbers(0, 1, 2, 3), numbers(1, 2, 3, 4));
        Figure broken = Figure.titled("").line("", numbers(0, 1, 2, 3, 4), numbers(1, 2, Double.NaN, 3, 4));
        assertThat(count(whole.svg(), "class=\"s0l\"")).isEqualTo(1);
        assertThat(count(broken.svg(), "class=\"s0l\"")).isEqualTo(2);
    }

    @Test
    void linesStayInsideTheAxes() {
        String svg = Figure.titled("")
                .yAxis(Axis.linear("y").between(0, 1))
                .line("", numbers(0, 1, 2), numbers(-1e13, 0.5, 1e13))
                .svg();
        Document document = Examples.parsed(svg);
        for (String number : path(document, "s0l").split("[ML ]+")) {
            assertThat(number.isEmpty() ? 0 : Double.parseDouble(number)).isBetween(0.0, 720.0);
        }
    }

    private static String path(Document document, String cssClass) {
        for (int i = 0; i < document.getElementsByTagName("path").getLength(); i++) {
            Element path = (Element) document.getElementsByTagName("path").item(i);
            if (path.getAttribute("class").equals(cssClass)) {
                return path.getAttribute("d");
            }
        }
        throw new AssertionError("no path " + cssClass);
    }

    @Test
    void longCurvesAreThinnedWithoutLosingPeaks() {
        double[] ys = new double[10_000];
        Arrays.fill(ys, 1);
        ys[4321] = 100;
        ys[8765] = -100;
        Points thinned = Points.ofIndex(ys).thinned(1000);
        assertThat(thinned.size()).isLessThanOrEqualTo(1000);
        double most = 0;
        double least = 0;
        for (int i = 0; i < thinned.size(); i++) {
            most = Math.max(most, thinned.y(i));
            least = Math.min(least, thinned.y(i));
        }
        assertThat(most).isEqualTo(100);
        assertThat(least).isEqualTo(-100);
        assertThat(thinned.x(thinned.size() - 1)).isEqualTo(9999);
        assertThat(Figure.titled("").line("", Points.ofIndex(ys)).svg().length())
                .isLessThan(30_000);
        Points few = Points.ofIndex(numbers(1, 2));
        assertThat(few.thinned(1000)).isSameAs(few);
    }

    @Test
    void movingAverageUsesTheValuesSoFar() {
        Points points = Points.ofIndex(numbers(2, 4, 6, Double.NaN, 10));
        Points means = points.movingAverage(2);
        assertThat(means).isEqualTo(Points.of(numbers(0, 1, 2, 3, 4), numbers(2, 3, 5, Double.NaN, 10)));
    }

    @Test
    void legendNamesEverySeriesWithAName() {
        Figure figure = Figure.titled("").line("train", numbers(0), numbers(0)).line("", numbers(0), numbers(1));
        assertThat(figure.svg()).contains(">train</text>");
        assertThat(figure.terminal(60, 12, TerminalStyle.ASCII))
                .contains("*** train")
                .doesNotContain("+++");
        assertThat(Legend.entries(figure)).hasSize(1);
    }

    @Test
    void figuresAreImmutable() {
        Figure empty = Figure.titled("f");
        double[] ys = {1, 2};
        Figure figure = empty.line("a", numbers(0, 1), ys);
        String before = figure.svg();
        ys[0] = 50;
        figure.markers("more", Points.ofIndex(ys));
        assertThat(figure.svg()).isEqualTo(before);
        assertThat(empty.series()).isEmpty();
    }

    @Test
    void unequalLengthsAreRefused() {
        assertThatThrownBy(() -> Points.of(numbers(1, 2), numbers(1)))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("2 x")
                .hasMessageContaining("1 y");
        assertThatThrownBy(() -> Axis.log("h").between(0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Axis.linear("h").between(2, 1)).hasMessageContaining("2.0");
    }

    @Test
    void hangulWithoutOutlineIsRomanised() {
        assertThat(Glyphs.drawable("학습 곡선")).isEqualTo("hakseup gokseon");
        assertThat(Glyphs.drawable("漢")).isEqualTo("□");
        assertThat(Text.ascii("10⁻⁴ ≤ x₀² − 2×10¹³ 손실")).isEqualTo("10^-4 <= x0^2 - 2e13 sonsil");
    }

    @Test
    void confusionMatrixMustBeSquare() {
        assertThatThrownBy(() -> ConfusionMatrix.of("c", List.of("a", "b"), new long[][] {{1, 2}, {3}}))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> ConfusionMatrix.of("c", List.of("a"), new long[][] {{-4}}))
                .hasMessageContaining("-4");
        ConfusionMatrix matrix = ConfusionMatrix.of("c", List.of("a", "b"), new long[][] {{3, 1}, {0, 0}});
        assertThat(matrix.share(0, 0)).isEqualTo(0.75);
        assertThat(matrix.share(1, 1)).isZero();
        assertThat(matrix.terminal(60, 10, TerminalStyle.ASCII)).contains("75.0 %");
        assertThat(matrix.svg()).contains("75.0 %");
    }
}
