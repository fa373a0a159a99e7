package org.badak.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Graphics of every kind, with everything that tends to go wrong.
public final class Examples {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private Examples() {}

    public static double[] numbers(double... values) {
        return values;
    }

    public static Map<String, Graphic> all() {
        Map<String, Graphic> all = new LinkedHashMap<>();
        Figure blank = Figure.titled("title");
        all.put("no series", blank);
        all.put("no labels", Figure.titled("").xAxis(Axis.linear("")).yAxis(Axis.linear("")));
        all.put("empty line", blank.line("empty", numbers(), numbers()));
        all.put("one point", blank.line("one", numbers(3), numbers(4)));
        all.put("constant", blank.line("constant", numbers(1, 2, 3), numbers(7, 7, 7)));
        all.put("all zero", blank.line("zero", numbers(0, 0), numbers(0, 0)));
        all.put("holes", blank.line("holes", numbers(0, 1, 2, 3, 4, NAN), numbers(1, NAN, 2, INFINITY, 3, 4)));
        all.put("only NaN", blank.line("NaN", numbers(NAN, NAN), numbers(NAN, 1)));
        all.put("huge", blank.line("huge", numbers(0, 1, 2), numbers(-2.5898e13, 3, 1.2952e13)));
        all.put("extreme", blank.line("extreme", numbers(-1e308, 1e308), numbers(Double.MAX_VALUE, Double.MIN_VALUE)));
        all.put("edge of the drawable", blank.line("edge", numbers(-1e300, 1e300), numbers(1e300, Double.MIN_VALUE)));
        all.put("tiny", blank.line("tiny", numbers(0, Double.MIN_VALUE), numbers(1e-310, 3e-310)));
        all.put("near equal", blank.line("near", numbers(1, 1 + 1e-15), numbers(1e16, 1e16 + 2)));
        all.put("log without positive", blank.yAxis(Axis.log("y")).line("l", numbers(1, 2), numbers(0, -1)));
        all.put(
                "log",
                blank.xAxis(Axis.log("h"))
                        .yAxis(Axis.log("e"))
                        .line("l", numbers(1e-16, 1e-8, 0.1), numbers(1, 0, 1e-12)));
        all.put("wide log", blank.yAxis(Axis.log("e")).line("l", numbers(0, 1), numbers(Double.MIN_VALUE, 1e300)));
        all.put(
                "clipped",
                blank.yAxis(Axis.linear("y").between(0, 1)).line("c", numbers(0, 1, 2), numbers(-9e13, 0.5, 1e9)));
        Figure falling =
                blank.line("train", numbers(0, 1, 2), numbers(1, 2, 3)).line("test", numbers(0, 2), numbers(1, 1));
        all.put("no panels", Panels.titled("", 2));
        all.put(
                "panels",
                Panels.titled("four <panels> \u001B[31m", 2)
                        .with(falling)
                        .with(blank)
                        .with(falling.xAxis(Axis.linear("에폭")))
                        .with(falling));
        all.put("panels in a column", Panels.titled("", 1).with(falling).with(falling));
        Field bowl = Field.sample((x, y) -> x * x + y * y, -5, 5, 41, -5, 5, 41);
        all.put(
                "everything",
                Figure.titled("<script>alert('&')</script> \u001B[31m \uD800")
                        .withEqualUnits()
                        .contours("f <b>", bowl, 8)
                        .band(
                                "band",
                                Points.of(numbers(0, 1, 2), numbers(0, 1, NAN)),
                                Points.of(numbers(0, 1, 2), numbers(1, 2, 3)))
                        .faintLine("faint", Points.ofIndex(numbers(1, 2, 3, 2, 1)))
                        .steps("steps", Points.ofIndex(numbers(1, 2, 3)))
                        .line("dotted", Points.ofIndex(numbers(3, 2, 1)), Dash.DOTTED)
                        .markers("markers", Points.ofIndex(numbers(0, NAN, 2)))
                        .arrows("arrows", Points.ofIndex(numbers(1, 1, NAN)), Points.ofIndex(numbers(1, 0, INFINITY)))
                        .horizontalLine("zero", 0)
                        .verticalLine("one", 1)
                        .path("path", Points.of(numbers(-3, -1, 0), numbers(4, 1, 0)))
                        .note("한글 note", -3, 4)
                        .note("nowhere", NAN, 0));
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            tiles.add(Tile.of(3, 2, numbers(-1, 0, 1, NAN, INFINITY, i), i % 2 == 0 ? "label <" + i : ""));
        }
        for (ColorScale scale : ColorScale.values()) {
            all.put(
                    "grid " + scale,
                    ImageGrid.titled("grid").columns(4).scale(scale).with(tiles));
        }
        all.put("own ranges", ImageGrid.titled("").columns(1).withOwnRanges().with(tiles));
        all.put("empty grid", ImageGrid.titled("none"));
        all.put("confusion", ConfusionMatrix.of("c", List.of("a", "<b>", "셋"), new long[][] {
            {5, 0, 1}, {0, 0, 0}, {123_456, 2, 9}
        }));
        List<ParallelCoordinates.Coordinate> coordinates = List.of(
                new ParallelCoordinates.Coordinate.Categories("a <b>", List.of("x", "<y> \u001B[31m", "셋")),
                new ParallelCoordinates.Coordinate.Numeric(Axis.log("rate").between(1e-3, 1)),
                new ParallelCoordinates.Coordinate.Numeric(Axis.linear("batch")));
        all.put(
                "parallel",
                ParallelCoordinates.of(
                        "trials <i>",
                        coordinates,
                        Axis.linear("accuracy"),
                        List.of(
                                new ParallelCoordinates.Trial(List.of(0.0, 0.01, 16.0), 0.5),
                                new ParallelCoordinates.Trial(List.of(2.0, 0.2, 64.0), 0.9),
                                new ParallelCoordinates.Trial(List.of(1.0, 0.9, 32.0), NAN))));
        all.put("no trials", ParallelCoordinates.of("", coordinates, Axis.linear("accuracy"), List.of()));
        return all;
    }

    public static Document parsed(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + xml, e);
        }
    }

    public static BufferedImage decoded(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
