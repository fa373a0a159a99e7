package org.badak.figure.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.badak.figure.ColorScale;
import org.badak.figure.Graphic;
import org.badak.figure.Markup;

/// Writes a report as HTML. The language switch is two radio buttons and a style sheet; the content security policy
/// forbids scripts and every request.
final class Page {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final RunReport report;
    private final StringBuilder out = new StringBuilder(1 << 16);

    Page(RunReport report) {
        this.report = report;
    }

    String html() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n")
                .append("<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(Markup.escape(POLICY))
                .append("\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>")
                .append(Markup.escape(report.title().english()))
                .append("</title>\n<style>\n")
                .append(PageStyle.CSS)
                .append("</style>\n</head>\n<body>\n<main>\n<header>\n")
                .append("<div class=\"languages\" role=\"radiogroup\" aria-label=\"Language / 언어\">")
                .append("<input type=\"radio\" name=\"language\" id=\"en\" checked=\"checked\"/>")
                .append("<label for=\"en\" lang=\"en\">English</label>")
                .append("<input type=\"radio\" name=\"language\" id=\"ko\"/>")
                .append("<label for=\"ko\" lang=\"ko\">한국어</label></div>\n");
        element("h1", "", report.title());
        element("p", "subtitle", report.subtitle());
        out.append("</header>\n");
        headlines();
        for (Verdict verdict : report.verdicts()) {
            String tone = verdict.tone().name().toLowerCase(Locale.ROOT);
            element("p", "verdict " + tone, verdict.words());
        }
        report.sections().forEach(this::section);
        out.append("</main>\n</body>\n</html>\n");
        return out.toString();
    }

    private void headlines() {
        if (report.headlines().isEmpty()) {
            return;
        }
        out.append("<dl class=\"headlines\">\n");
        for (RunReport.Headline headline : report.headlines()) {
            out.append("<div>");
            element("dt", "", headline.name());
            out.append("<dd>").append(Markup.escape(headline.value())).append("</dd></div>\n");
        }
        out.append("</dl>\n");
    }

    private void section(Section section) {
        out.append("<section>\n");
        element("h2", "", section.heading());
        switch (section) {
            case Section.Figures figures -> {
                explanation(figures.explanation());
                for (Graphic graphic : figures.graphics()) {
                    out.append("<figure>").append(graphic.svg()).append("</figure>\n");
                }
            }
            case Section.Table table -> table(table);
            case Section.Properties properties -> {
                explanation(properties.explanation());
                properties(properties.properties());
            }
            case Section.Mistakes mistakes -> {
                explanation(mistakes.explanation());
                mistakes(mistakes.mistakes());
            }
        }
        out.append("</section>\n");
    }

    private void table(Section.Table table) {
        out.append("<div class=\"scroll\"><table>\n<thead><tr>");
        table.columns().forEach(column -> element("th", "", column));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (String cell : row) {
                out.append("<td>").append(Markup.escape(cell)).append("</td>");
            }
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table></div>\n");
    }

    private void properties(List<Section.Property> properties) {
        out.append("<div class=\"scroll\"><table class=\"properties\">\n<tbody>\n");
        for (Section.Property property : properties) {
            out.append("<tr>");
            element("th", "", property.name());
            out.append("<td>").append(Markup.escape(property.value())).append("</td></tr>\n");
        }
        out.append("</tbody>\n</table></div>\n");
    }

    private void mistakes(List<Section.Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            element("p", "", new Words("There are none.", "없습니다."));
            return;
        }
        out.append("<ul class=\"mistakes\">\n");
        for (Section.Mistake mistake : mistakes) {
            String address = Markup.imageAddress(mistake.image(), ColorScale.INK);
            out.append("<li><img width=\"84\" height=\"84\" alt=\"")
                    .append(Markup.escape(mistake.actual()))
                    .append("\" src=\"")
                    .append(address)
                    .append("\"/>");
            item(new Words("true", "정답"), mistake.actual());
            item(new Words("taken for", "예측"), mistake.predicted());
            item(new Words("confidence", "확신"), percent(mistake.confidence()));
            out.append("</li>\n");
        }
        out.append("</ul>\n");
    }

    private void item(Words name, String value) {
        out.append("<p>");
        words(name);
        out.append(" <b>").append(Markup.escape(value)).append("</b></p>");
    }

    private void explanation(Words words) {
        if (!words.english().isBlank() || !words.korean().isBlank()) {
            element("p", "explanation", words);
        }
    }

    private void element(String name, String cssClass, Words words) {
        out.append('<').append(name);
        if (!cssClass.isEmpty()) {
            out.append(" class=\"").append(cssClass).append('"');
        }
        out.append('>');
        words(words);
        out.append("</").append(name).append('>');
        out.append(name.startsWith("t") || name.startsWith("d") ? "" : "\n");
    }

    private void words(Words words) {
        if (words.english().equals(words.korean())) {
            out.append(Markup.escape(words.english()));
            return;
        }
        out.append("<span lang=\"en\">").append(Markup.escape(words.english())).append("</span>");
        out.append("<span lang=\"ko\">").append(Markup.escape(words.korean())).append("</span>");
    }

    static String decimals(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
                : "–";
    }

    static String percent(double share) {
        return Double.isFinite(share) ? decimals(100 * share, 2) + " %" : "–";
    }

    static String points(double difference) {
        return decimals(100 * difference, 2);
    }
}
