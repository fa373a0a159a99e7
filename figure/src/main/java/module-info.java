/// Figures of Badak: one description, drawn as SVG, as PNG and in the terminal; and the self-contained HTML report.
/// Depends on nothing but `java.base`: no AWT, no fonts of the machine.
module org.badak.figure {
    exports org.badak.figure;
    exports org.badak.figure.report;
}
