package org.badak.data;

import java.util.ArrayList;
import java.util.List;

/// The ways in which people draw the ten digits, as pen strokes. A digit has several styles; a style
/// has strokes; a stroke is a smooth curve through its points. Units: percent of the height of the
/// digit, x to the right and y down; widths differ.
final class DigitGlyphs {
    /// Per digit: styles, each with a share of writers, a colon, and strokes separated by bars.
    /// A corner is where one stroke ends and the next begins.
    private static final String[][] STYLES = {
        { // 0: closed oval, overshoot at the top, round, gap at the top
            "4: 30 2, 16 8, 7 26, 3 50, 7 74, 16 92, 30 98, 43 92, 53 74, 57 50, 53 26, 44 8, 30 2",
            "3: 46 8, 32 2, 18 8, 7 26, 3 50, 7 74, 18 92, 32 98, 46 92, 57 74, 61 50, 57 26, 47 8, 32 2, 18 8",
            "2: 42 2, 22 8, 6 26, 1 50, 6 74, 22 92, 42 98, 62 92, 78 74, 83 50, 78 26, 63 8, 42 2",
            "1: 16 8, 6 26, 3 50, 6 74, 16 92, 28 98, 40 92, 50 74, 53 50, 50 26, 41 8",
        },
        { // 1: bare line, slightly bent, with flag, with flag and foot
            "7: 30 2, 30 50, 30 98",
            "3: 34 2, 29 34, 31 70, 28 98",
            "2: 14 20, 24 12, 34 2 | 34 2, 32 50, 31 98",
            "1: 14 22, 24 14, 34 2 | 34 2, 33 50, 32 97 | 10 98, 32 97, 54 98",
        },
        { // 2: angled foot, loop at the foot, curved foot, wide flat foot
            "3: 6 24, 18 6, 38 2, 53 17, 47 44, 28 70, 5 95 | 5 95, 32 93, 62 97",
            "3: 8 20, 26 3, 48 8, 54 28, 42 58, 22 87, 8 95, 4 85, 16 77, 34 86, 50 95, 66 89",
            "2: 5 18, 26 2, 49 12, 50 36, 32 64, 10 90, 14 98, 36 92, 64 94",
            "1: 10 28, 22 6, 46 6, 56 28, 40 56, 6 92 | 6 92, 40 96, 78 90",
        },
        { // 3: corner in the middle, flat top, small loop in the middle, shallow waist
            "4: 7 13, 28 2, 49 13, 46 34, 22 46 | 22 46, 50 53, 57 78, 34 98, 4 89",
            "1: 8 5, 30 4, 54 4 | 54 4, 40 22, 27 41 | 27 41, 52 52, 56 80, 34 98, 6 90",
            "3: 8 14, 30 2, 51 15, 43 38, 26 47, 24 44, 34 45, 53 58, 54 84, 30 98, 4 88",
            "2: 6 8, 34 2, 52 20, 38 42, 30 47, 42 51, 56 70, 42 94, 18 98, 4 90",
        },
        { // 4: open top, closed triangle, open and round, crossbar that ends at the stem
            "4: 10 6, 6 32, 4 54 | 4 54, 32 54, 62 49 | 52 4, 48 50, 46 98",
            "1: 46 2, 22 36, 2 66 | 2 66, 34 65, 64 63 | 46 2, 44 50, 43 98",
            "3: 14 4, 6 40, 14 55, 34 54, 52 44 | 56 4, 50 46, 46 98",
            "2: 8 14, 6 44, 24 54, 48 46 | 48 8, 48 46, 50 98",
        },
        { // 5: hat drawn last, one stroke, angular, big belly
            "3: 14 5, 12 24, 10 43 | 10 43, 32 37, 55 52, 53 80, 30 98, 2 90 | 14 5, 36 5, 60 2",
            "2: 58 4, 34 4, 17 8, 12 34, 30 41, 52 56, 50 86, 26 98, 2 91",
            "2: 54 4, 34 5, 16 5 | 16 5, 13 24, 10 42 | 10 42, 38 38, 57 62, 42 93, 6 95",
            "2: 24 6, 20 24, 16 40 | 16 40, 40 46, 50 68, 36 94, 2 94 | 24 6, 46 8, 70 2",
        },
        { // 6: wide curve, straight back, big loop, small loop
            "3: 46 2, 20 26, 6 62, 14 91, 36 98, 54 80, 46 59, 27 58, 10 77",
            "3: 34 2, 20 28, 8 60, 9 88, 26 98, 46 87, 46 66, 30 59, 12 74",
            "2: 54 4, 26 15, 6 50, 9 84, 33 98, 57 82, 52 54, 29 47, 8 66",
            "1: 28 2, 12 40, 6 76, 18 97, 36 92, 40 76, 26 68, 10 82",
        },
        { // 7: plain, with a bar, with a serif, wavy hat
            "4: 4 7, 30 6, 58 5 | 58 5, 40 46, 26 98",
            "2: 4 7, 30 6, 58 5 | 58 5, 40 46, 27 98 | 18 50, 36 49, 56 46",
            "2: 6 22, 7 14, 9 6 | 9 6, 36 6, 60 5 | 60 5, 40 48, 30 98",
            "3: 2 16, 14 5, 34 9, 58 5, 54 26, 38 58, 32 98",
        },
        { // 8: crossing, two rings, open at the top, slim
            "4: 50 15, 28 2, 11 16, 22 38, 44 56, 55 78, 34 98, 9 84, 17 60, 42 41, 54 22, 44 7",
            "2: 32 46, 13 34, 14 11, 33 2, 52 13, 49 35, 32 46, 10 60, 7 84, 30 98, 54 86, 53 60, 32 46",
            "2: 56 8, 30 3, 13 17, 26 41, 48 63, 50 88, 28 98, 9 84, 22 58, 50 34, 58 16",
            "2: 42 10, 27 2, 17 18, 28 42, 40 66, 38 90, 24 98, 14 84, 24 58, 38 38, 44 18, 36 6",
        },
        { // 9: straight stem, hooked tail, one stroke, leaning stem
            "4: 52 13, 31 2, 9 20, 11 42, 30 49, 51 30, 54 9 | 54 9, 51 50, 46 98",
            "2: 52 15, 31 2, 8 20, 15 44, 37 45, 52 22 | 53 14, 56 46, 45 84, 20 98, 4 92",
            "3: 50 18, 34 4, 12 14, 8 36, 26 46, 45 34, 53 11, 48 52, 34 98",
            "1: 46 10, 24 6, 10 24, 22 40, 46 26, 52 6, 44 50, 40 98",
        },
    };

    /// One way to draw a digit.
    ///
    /// @param share how common it is among the styles of the digit
    /// @param strokes per stroke x0, y0, x1, y1 … in heights of the digit
    record Style(int share, double[][] strokes) {}

    private static final Style[][] PARSED = parse();

    private DigitGlyphs() {}

    /// The style at a point of the scale of shares.
    ///
    /// @param digit 0 to 9
    /// @param position from 0 to less than 1
    static Style style(int digit, double position) {
        Style[] styles = PARSED[digit];
        int shares = 0;
        for (Style style : styles) {
            shares += style.share();
        }
        double rest = position * shares;
        int chosen = 0;
        while (rest >= styles[chosen].share()) {
            rest -= styles[chosen].share();
            chosen++;
        }
        return styles[chosen];
    }

    private static Style[][] parse() {
        Style[][] all = new Style[STYLES.length][];
        for (int digit = 0; digit < all.length; digit++) {
            List<Style> styles = new ArrayList<>();
            for (String text : STYLES[digit]) {
                int colon = text.indexOf(':');
                String[] strokes = text.substring(colon + 1).split("\\|");
                double[][] points = new double[strokes.length][];
                for (int stroke = 0; stroke < strokes.length; stroke++) {
                    String[] numbers = strokes[stroke].strip().split("[ ,]+");
                    points[stroke] = new double[numbers.length];
                    for (int i = 0; i < numbers.length; i++) {
                        points[stroke][i] = Integer.parseInt(numbers[i]) / 100.0;
                    }
                }
                styles.add(new Style(Integer.parseInt(text.substring(0, colon)), points));
            }
            all[digit] = styles.toArray(Style[]::new);
        }
        return all;
    }
}
