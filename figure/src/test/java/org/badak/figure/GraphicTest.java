package org.badak.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// What holds for every graphic in every rendering.
class GraphicTest {
    static Iterable<Map.Entry<String, Graphic>> graphics() {
        return Examples.all().entrySet();
    }

    @ParameterizedTest
    @MethodSource("graphics")
    void svgIsWellFormedAndHasNoNumberThatIsNotFinite(Map.Entry<String, Graphic> example) {
        for (String svg : new String[] {
            example.getValue().svg(),
            example.getValue().svg(160, 160),
            example.getValue().svg(2000, 300)
        }) {
            Document document = Examples.parsed(svg);
            assertThat(document.getDocumentElement().getNodeName()).isEqualTo("svg");
            assertThat(document.getElementsByTagName("script").getLength()).isZero();
            NodeList all = document.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                for (String name : new String[] {"d", "x", "y", "cx", "cy", "width", "height"}) {
                    String value = ((Element) all.item(i)).getAttribute(name);
                    assertThat(value).matches("([MLhZ 0-9.-])*");
                    for (String number : value.split("[MLhZ ]+")) {
                        assertThat(number).matches("-?[0-9]{0,5}(\\.[0-9]{1,2})?");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("graphics")
    void pngHasTheSizeAskedFor(Map.Entry<String, Graphic> example) {
        for (int[] size : new int[][] {{160, 160}, {640, 400}, {900, 200}}) {
            BufferedImage image = Examples.decoded(example.getValue().png(size[0], size[1]));
            assertThat(image.getWidth()).isEqualTo(size[0]);
            assertThat(image.getHeight()).isEqualTo(size[1]);
        }
        assertThat(Examples.decoded(example.getValue().png()).getWidth()).isEqualTo(1440);
    }

    @ParameterizedTest
    @MethodSource("graphics")
    void terminalTextFitsAndCarriesNoForeignEscapeSequences(Map.Entry<String, Graphic> example) {
        for (TerminalStyle style : TerminalStyle.values()) {
            String text = example.getValue().terminal(80, 24, style);
            assertThat(text).endsWith("\n").doesNotContain("\u001B[31m");
            String visible = text.replaceAll("\u001B\\[[0-9;]*m", "");
            assertThat(visible).doesNotContain("\u001B");
            visible.lines()
                    .forEach(line -> assertThat(Text.columns(line)).as(line).isLessThanOrEqualTo(80));
            assertThat(visible.lines().count()).isLessThanOrEqualTo(26);
            if (!style.colored()) {
                assertThat(text).isEqualTo(visible);
            }
            if (style.ascii()) {
                assertThat(text).matches("[\\x20-\\x7e\\n]*");
            }
            assertThat(example.getValue().terminal(20, 6, style)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG", "th-TH-u-nu-thai"})
    void everyLocaleGivesTheSameFigure(String locale) {
        Graphic graphic = Examples.all().get("everything");
        String expected = graphic.svg();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(graphic.svg()).isEqualTo(expected);
            assertThat(graphic.terminal(80, 24, TerminalStyle.ASCII)).contains("-4");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 159, 8193})
    void impossibleSizesAreRefusedByName(int side) {
        Figure figure = Figure.titled("f");
        assertThatThrownBy(() -> figure.png(side, 400))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("" + side);
        assertThatThrownBy(() -> figure.svg(400, side))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("" + side);
        assertThatThrownBy(() -> figure.terminal(19, 24, TerminalStyle.ASCII))
                .isInstanceOf(FigureException.class)
                .hasMessageContaining("19");
    }
}
