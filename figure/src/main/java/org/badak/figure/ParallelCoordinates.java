package org.badak.figure;

import java.util.List;
import java.util.stream.IntStream;

/// Trials of a search as lines across parallel axes, one axis for each thing that was varied and the last one for the
/// score (Inselberg, "The plane with parallel coordinates", The Visual Computer 1, 1985). The colour is the rank;
/// the best line stands out.
public final class ParallelCoordinates implements Graphic {
    private static final int MOST_AXES = 16;

    private final String title;
    private final List<Coordinate> coordinates;
    private final Axis score;
    private final List<Trial> trials;

    /// One of the axes.
    public sealed interface Coordinate {
        /// What stands above it.
        String label();

        /// An axis of numbers.
        ///
        /// @param axis label, linear or logarithmic, and range
        record Numeric(Axis axis) implements Coordinate {
            @Override
            public String label() {
                return axis.label();
            }
        }

        /// An axis of categories, from bottom to top; the value of a trial is the place in this list.
        record Categories(String label, List<String> names) implements Coordinate {
            /// Copies the list.
            ///
            /// @throws FigureException if it is empty
            public Categories {
                names = List.copyOf(names);
                if (names.isEmpty()) {
                    throw new FigureException("The axis \"" + label + "\" of categories has none; give at least one.");
                }
            }
        }
    }

    /// One line.
    ///
    /// @param values one for each coordinate
    /// @param score NaN for a trial that failed
    public record Trial(List<Double> values, double score) {
        /// Copies the list.
        public Trial {
            values = List.copyOf(values);
        }
    }

    private ParallelCoordinates(String title, List<Coordinate> coordinates, Axis score, List<Trial> trials) {
        this.title = title;
        this.coordinates = List.copyOf(coordinates);
        this.score = score;
        this.trials = List.copyOf(trials);
    }

    /// A figure of trials.
    ///
    /// @param score label and range of the last axis
    /// @param trials the best first: this order, not the score, gives the colours
    /// @throws FigureException if there is no coordinate or more than 16, a trial has not one value for each, or a
    ///     value is not finite or names no category
    public static ParallelCoordinates of(String title, List<Coordinate> coordinates, Axis score, List<Trial> trials) {
        if (coordinates.isEmpty() || coordinates.size() > MOST_AXES) {
            throw new FigureException("Parallel coordinates need 1 to " + MOST_AXES
                    + " axes besides the score, but got " + coordinates.size() + "; choose the ones that matter.");
        }
        for (int i = 0; i < trials.size(); i++) {
            List<Double> values = trials.get(i).values();
            if (values.size() != coordinates.size()) {
                throw new FigureException("Trial " + i + " has " + values.size() + " values for " + coordinates.size()
                        + " axes; give one for each.");
            }
            for (int k = 0; k < values.size(); k++) {
                double value = values.get(k);
                boolean fits = switch (coordinates.get(k)) {
                    case Coordinate.Numeric numeric ->
                        Scale.drawable(numeric.axis().logarithmic(), value);
                    case Coordinate.Categories categories ->
                        value == Math.rint(value)
                                && value >= 0
                                && value < categories.names().size();
                };
                if (!fits) {
                    throw new FigureException("Trial " + i + " has the value " + value + " on the axis \""
                            + coordinates.get(k).label() + "\", which has no place for it.");
                }
            }
        }
        return new ParallelCoordinates(title, coordinates, score, trials);
    }

    @Override
    public String title() {
        return title;
    }

    /// The axes before the score.
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    /// The last axis.
    public Axis score() {
        return score;
    }

    /// All lines, the best first.
    public List<Trial> trials() {
        return trials;
    }

    /// Places in [#trials] of those with a score, the worst first.
    public List<Integer> ranked() {
        return places(false).reversed();
    }

    /// Places in [#trials] of those without a score.
    public List<Integer> failed() {
        return places(true);
    }

    private List<Integer> places(boolean failed) {
        return IntStream.range(0, trials.size())
                .boxed()
                .filter(i -> Double.isNaN(trials.get(i).score()) == failed)
                .toList();
    }
}
