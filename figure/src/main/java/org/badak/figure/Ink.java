package org.badak.figure;

/// A colour by its role, with one value for light and one for dark backgrounds.
///
/// The seven series colours are those of Okabe and Ito (2008), "Color Universal Design", which people with the common
/// forms of colour blindness can tell apart; yellow is left out because it vanishes on white, and black became grey.
enum Ink {
    BACKGROUND("bg", 0xFFFFFF, 0x0D1117),
    TEXT("ink", 0x1F2328, 0xE6EDF3),
    MUTED("mut", 0x59636E, 0x9DA7B1),
    GRID("grid", 0xE4E8EC, 0x262C36),
    FRAME("frame", 0x8C959F, 0x6E7681),
    INVERSE("inv", 0xFFFFFF, 0x0D1117),
    BLUE("s0", 0x0072B2, 0x4FA8E8),
    VERMILION("s1", 0xD55E00, 0xF0803C),
    GREEN("s2", 0x009E73, 0x2FC79A),
    PURPLE("s3", 0xCC79A7, 0xE29CC4),
    ORANGE("s4", 0xE69F00, 0xF2B93B),
    SKY("s5", 0x56B4E9, 0x8FD3FF),
    GREY("s6", 0x5A5F66, 0xB8C0C8),
    SHADE_0("q0", 0xD0D7DE, 0x2B333D),
    SHADE_1("q1", 0xB4C7DA, 0x31475C),
    SHADE_2("q2", 0x8FB3D4, 0x375E82),
    SHADE_3("q3", 0x5F98C8, 0x3F7BB0),
    SHADE_4("q4", 0x2F77B4, 0x5AA2DC),
    SHADE_5("q5", 0x084A8C, 0x9CD0FF);

    /// How many shades there are.
    static final int SHADES = 6;

    private static final Ink[] FAINT_TO_STRONG = {SHADE_0, SHADE_1, SHADE_2, SHADE_3, SHADE_4, SHADE_5};
    private static final Ink[] SERIES = {BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, GREY};

    private final String cssClass;
    private final int light;
    private final int dark;

    Ink(String cssClass, int light, int dark) {
        this.cssClass = cssClass;
        this.light = light;
        this.dark = dark;
    }

    /// The colour of the series with this number; the seven colours repeat.
    static Ink series(int index) {
        return SERIES[Math.floorMod(index, SERIES.length)];
    }

    /// One of the shades from faint to strong, for a share from 0 to 1.
    static Ink shade(double share) {
        int number = Math.clamp((int) (share * SHADES), 0, SHADES - 1);
        return FAINT_TO_STRONG[number];
    }

    /// The class that carries this role in SVG.
    String cssClass() {
        return cssClass;
    }

    /// 0xRRGGBB on a light background.
    int light() {
        return light;
    }

    /// 0xRRGGBB on a dark background.
    int dark() {
        return dark;
    }

    /// `#rrggbb`.
    static String hex(int rgb) {
        return "#" + Integer.toHexString(0x1000000 | (rgb & 0xFFFFFF)).substring(1);
    }
}
