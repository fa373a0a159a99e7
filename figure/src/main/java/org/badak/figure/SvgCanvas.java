package org.badak.figure;

import java.util.Base64;

/// Writes SVG. Colours for light backgrounds stand as attributes, so that every viewer understands them; a style sheet
/// inside replaces them where the reader prefers dark.
final class SvgCanvas implements Canvas {
    private static final String FONTS = "system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans KR','Nanum Gothic',"
            + "'Apple SD Gothic Neo','Malgun Gothic','DejaVu Sans',sans-serif";
    private static final String STYLE = style();

    private final StringBuilder out = new StringBuilder(8192);

    SvgCanvas(String title, int width, int height) {
        String name = Text.escape(title);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"badak\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" role=\"img\" aria-label=\"")
                .append(name)
                .append("\" font-family=\"")
                .append(FONTS)
                .append("\">\n<title>")
                .append(name)
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n");
        rect(0, 0, width, height, Ink.BACKGROUND, 1);
    }

    private static String style() {
        StringBuilder css = new StringBuilder("@media (prefers-color-scheme:dark){");
        for (Ink ink : Ink.values()) {
            String color = Ink.hex(ink.dark());
            String name = ".badak ." + ink.cssClass();
            css.append(name).append("{fill:").append(color).append('}');
            css.append(name).append("l{stroke:").append(color).append('}');
        }
        return css.append('}').toString();
    }

    String document() {
        return out + "</svg>\n";
    }

    @Override
    public void rect(double x, double y, double width, double height, Ink ink, double opacity) {
        out.append("<rect");
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        fill(ink, opacity);
        out.append("/>\n");
    }

    @Override
    public void polyline(double[] xs, double[] ys, Ink ink, double width, Dash dash, double opacity) {
        out.append("<path fill=\"none\"");
        path(xs, ys, false);
        stroke(ink, width);
        if (dash != Dash.SOLID) {
            out.append(" stroke-dasharray=\"");
            String separator = "";
            for (double length : dash.pattern()) {
                out.append(separator);
                Numbers.coordinate(out, length);
                separator = " ";
            }
            out.append('"');
        }
        if (opacity < 1) {
            attribute("stroke-opacity", opacity);
        }
        out.append(" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n");
    }

    @Override
    public void polygon(double[] xs, double[] ys, Ink ink, double opacity) {
        out.append("<path");
        path(xs, ys, true);
        fill(ink, opacity);
        out.append("/>\n");
    }

    private void path(double[] xs, double[] ys, boolean closed) {
        out.append(" d=\"");
        for (int i = 0; i < xs.length; i++) {
            out.append(i == 0 ? 'M' : 'L');
            Numbers.coordinate(out, xs[i]);
            out.append(' ');
            Numbers.coordinate(out, ys[i]);
        }
        if (xs.length == 1) {
            out.append("h0");
        }
        out.append(closed ? "Z\"" : "\"");
    }

    @Override
    public void circle(double x, double y, double radius, Ink ink, boolean rim) {
        out.append("<circle");
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", rim ? radius - 0.75 : radius);
        if (rim) {
            out.append(" fill=\"")
                    .append(Ink.hex(Ink.BACKGROUND.light()))
                    .append("\" stroke=\"")
                    .append(Ink.hex(ink.light()))
                    .append("\" stroke-width=\"1.5\" class=\"")
                    .append(Ink.BACKGROUND.cssClass())
                    .append(' ')
                    .append(ink.cssClass())
                    .append("l\"");
        } else {
            fill(ink, 1);
        }
        out.append("/>\n");
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        if (text.isEmpty()) {
            return;
        }
        out.append("<text");
        attribute("x", x);
        attribute("y", y);
        attribute("font-size", style.size());
        fill(style.ink(), 1);
        if (style.anchor() != Anchor.START) {
            out.append(style.anchor() == Anchor.END ? " text-anchor=\"end\"" : " text-anchor=\"middle\"");
        }
        if (style.bold()) {
            out.append(" font-weight=\"600\"");
        }
        if (style.vertical()) {
            out.append(" transform=\"rotate(-90 ");
            Numbers.coordinate(out, x);
            out.append(' ');
            Numbers.coordinate(out, y);
            out.append(")\"");
        }
        out.append('>').append(Text.escape(text)).append("</text>\n");
    }

    @Override
    public void image(Bitmap bitmap, double x, double y, double width, double height) {
        out.append("<image");
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        out.append(" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(PngWriter.encode(bitmap)))
                .append("\"/>\n");
    }

    private void fill(Ink ink, double opacity) {
        out.append(" fill=\"")
                .append(Ink.hex(ink.light()))
                .append("\" class=\"")
                .append(ink.cssClass())
                .append('"');
        if (opacity < 1) {
            attribute("fill-opacity", opacity);
        }
    }

    private void stroke(Ink ink, double width) {
        out.append(" stroke=\"")
                .append(Ink.hex(ink.light()))
                .append("\" class=\"")
                .append(ink.cssClass())
                .append("l\"");
        attribute("stroke-width", width);
    }

    private void attribute(String name, double value) {
        out.append(' ').append(name).append("=\"");
        Numbers.coordinate(out, value);
        out.append('"');
    }
}
