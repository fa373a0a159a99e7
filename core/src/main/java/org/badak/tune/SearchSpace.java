package org.badak.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;

/// The hyper-parameters that a search varies, each with its range. Every trial is a pure function of the seed and its
/// number, so that a search gives the same trials however many run side by side, and goes on where it was stopped.
///
/// @param ranges name to range; the order counts, it is that of the random numbers
public record SearchSpace(Map<String, Range> ranges) {
    /// The most trials of a grid.
    public static final int MOST_POINTS = 100_000;

    /// Copies the map; the order stays.
    ///
    /// @throws IllegalArgumentException if there is nothing to vary
    public SearchSpace {
        ranges = Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("search space: expected at least one range, found none");
        }
    }

    /// The values of one trial, drawn at random and independently (Bergstra and Bengio, "Random search for
    /// hyper-parameter optimization", JMLR 13, 2012).
    ///
    /// @param seed of the search
    /// @param trial number of the trial, from 0
    public Map<String, String> drawn(long seed, int trial) {
        Philox random = new Philox(seed, Purpose.TUNING, trial);
        Map<String, String> values = new LinkedHashMap<>();
        long index = 0;
        for (Map.Entry<String, Range> range : ranges.entrySet()) {
            values.put(range.getKey(), range.getValue().at(random.uniform(index++)));
        }
        return values;
    }

    /// All combinations of the values of a grid, the last range changing fastest.
    ///
    /// @param points values of a range of numbers, at least 2
    /// @throws IllegalArgumentException if there are fewer points, or more than [#MOST_POINTS] combinations
    public List<Map<String, String>> grid(int points) {
        if (points < 2) {
            throw new IllegalArgumentException("grid: expected at least 2 points of a range, found " + points);
        }
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, Range> range : ranges.entrySet()) {
            List<String> values = range.getValue().grid(points);
            if ((long) all.size() * values.size() > MOST_POINTS) {
                throw new IllegalArgumentException("grid: expected at most " + MOST_POINTS
                        + " combinations, found more; vary less, take fewer points, or search at random");
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : all) {
                for (String value : values) {
                    Map<String, String> combined = new LinkedHashMap<>(shorter);
                    combined.put(range.getKey(), value);
                    longer.add(combined);
                }
            }
            all = longer;
        }
        return all;
    }
}
