package org.badak.figure;

import java.util.ArrayList;
import java.util.List;

/// Small multiples: figures of one size in rows and columns under a common title. Who has read one has read all, if
/// their axes have the same ranges; see [Axis#between]. Immutable; every method gives a new one.
///
/// @param title drawn above
/// @param columns figures per row
/// @param figures row by row
public record Panels(String title, int columns, List<Figure> figures) implements Graphic {
    private static final int MOST_COLUMNS = 12;

    /// Checks the number of columns and copies the list.
    public Panels {
        if (columns < 1 || columns > MOST_COLUMNS) {
            throw new FigureException(
                    "Panels need 1 to " + MOST_COLUMNS + " figures per row, but got " + columns + "; try 2.");
        }
        figures = List.copyOf(figures);
    }

    /// No figures yet.
    public static Panels titled(String title, int columns) {
        return new Panels(title, columns, List.of());
    }

    /// With one more figure.
    public Panels with(Figure figure) {
        List<Figure> all = new ArrayList<>(figures);
        all.add(figure);
        return new Panels(title, columns, all);
    }

    /// Number of rows, at least 1.
    int rows() {
        return Math.max(1, (figures.size() + columns - 1) / columns);
    }
}
