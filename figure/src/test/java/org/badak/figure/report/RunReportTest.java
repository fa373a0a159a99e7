package org.badak.figure.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.badak.figure.ColorScale;
import org.badak.figure.ConfusionMatrix;
import org.badak.figure.Examples;
import org.badak.figure.Figure;
import org.badak.figure.ImageGrid;
import org.badak.figure.Tile;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class RunReportTest {
    private static final String HOSTILE = "\"><script>alert(1)</script><img src=http://evil.example/>&";

    private static RunReport full() {
        Tile tile = Tile.of(2, 2, Examples.numbers(0, 1, 2, 3), HOSTILE);
        return RunReport.titled(new Words(HOSTILE, "학습 보고서"), Words.same(HOSTILE))
                .headline(new Words("test accuracy", "시험 정확도"), "94.65 %")
                .verdict(Verdict.Tone.ATTENTION, new Words("over-fitting " + HOSTILE, "과대적합"))
                .curves(List.of(Figure.titled(HOSTILE)))
                .epochs(List.of(
                        new RunReport.Epoch(0, Double.NaN, 0.0986, 0.0958),
                        new RunReport.Epoch(1, 0.5, 0.7893, 0.7947)))
                .configuration(List.of(new Section.Property(Words.same(HOSTILE), HOSTILE)))
                .confusion(ConfusionMatrix.of("c", List.of(HOSTILE), new long[][] {{1}}))
                .weights(ImageGrid.titled("w").scale(ColorScale.DIVERGING).with(tile))
                .mistakes(List.of(new Section.Mistake(tile, HOSTILE, HOSTILE, 0.997)))
                .reproducibility(List.of(new Section.Property(new Words("seed", "시드"), "1")));
    }

    @Test
    void pageIsWellFormedAndHoldsEverySection() {
        Document document = Examples.parsed(full().html());
        assertThat(document.getElementsByTagName("section").getLength()).isEqualTo(7);
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(HOSTILE + "학습 보고서");
        assertThat(full().html())
                .contains("9.86 %")
                .contains("78.93 %")
                .contains("-0.54")
                .contains("99.70 %");
    }

    @Test
    void nothingIsFetchedAndNoTextBecomesMarkup() {
        Document document = Examples.parsed(full().html());
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        NodeList all = document.getElementsByTagName("*");
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            for (String name : List.of("src", "href")) {
                if (element.hasAttribute(name)) {
                    addresses.add(element.getAttribute(name));
                }
            }
        }
        assertThat(addresses).hasSize(2).allMatch(address -> address.startsWith("data:image/png;base64,"));
        assertThat(full().html())
                .contains("default-src &#39;none&#39;")
                .contains("prefers-color-scheme:dark")
                .doesNotContain("<script")
                .doesNotContain("@import")
                .doesNotContain("url(");
    }

    @Test
    void emptyReportIsAPageToo() {
        String html = RunReport.titled(Words.same("empty"), Words.same(""))
                .mistakes(List.of())
                .html();
        Examples.parsed(html);
        assertThat(html).contains("There are none.").contains("없습니다.");
    }

    @Test
    void rowsMustFitTheirColumns() {
        assertThatThrownBy(() -> new Section.Table(
                        Words.same("t"), List.of(Words.same("a")), List.of(List.of("1"), List.of("1", "2"))))
                .hasMessageContaining("Row 1")
                .hasMessageContaining("2 cells");
    }
}
