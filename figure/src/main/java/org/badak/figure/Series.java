package org.badak.figure;

/// One thing drawn between the axes. A series whose `name` is not empty stands in the legend.
public sealed interface Series {

    /// Its name in the legend; empty: not in the legend.
    String name();

    /// A line through points in their order.
    ///
    /// @param dash its pattern
    /// @param faint thin and translucent, for raw values behind a smoothed line
    /// @param step held constant from each point to the next
    record Line(String name, Points points, Dash dash, boolean faint, boolean step) implements Series {}

    /// A dot at every point.
    record Markers(String name, Points points) implements Series {}

    /// Arrows: number i starts at `from` i and points along `vectors` i. All are scaled by one factor, so that the
    /// longest just reaches its neighbour.
    record Arrows(String name, Points from, Points vectors) implements Series {
        /// Checks the lengths.
        public Arrows {
            if (from.size() != vectors.size()) {
                throw new FigureException("Arrows \"" + name + "\" have " + from.size() + " starting points and "
                        + vectors.size() + " vectors; give as many of one as of the other.");
            }
        }
    }

    /// A horizontal line across the figure.
    record HorizontalLine(String name, double y) implements Series {}

    /// A vertical line across the figure.
    record VerticalLine(String name, double x) implements Series {}

    /// The area between two curves over the same x.
    record Band(String name, Points lower, Points upper) implements Series {
        /// Checks the lengths.
        public Band {
            if (lower.size() != upper.size()) {
                throw new FigureException("Band \"" + name + "\" has " + lower.size() + " lower and " + upper.size()
                        + " upper points; give as many of one as of the other.");
            }
        }
    }

    /// Contour lines of a field, behind everything else.
    ///
    /// @param levels how many lines at most
    record Contours(String name, Field field, int levels) implements Series {
        /// Checks the number of levels.
        public Contours {
            if (levels < 1 || levels > 100) {
                throw new FigureException("Contours need between 1 and 100 levels, but got " + levels + ".");
            }
        }
    }

    /// A path through points with its steps, start and end marked: the way of a descent.
    record Path(String name, Points points) implements Series {}

    /// A short text beside the point (x, y).
    record Note(String text, double x, double y) implements Series {
        @Override
        public String name() {
            return "";
        }
    }
}
