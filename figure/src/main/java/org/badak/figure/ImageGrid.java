package org.badak.figure;

import java.util.ArrayList;
import java.util.List;

/// Pictures in rows and columns: sample digits, first-layer weights. Immutable; every method gives a new one.
///
/// @param title drawn above
/// @param columns pictures per row
/// @param scale how values become colours
/// @param sharedRange whether all pictures use the range of all values (comparable) or each its own (more contrast)
/// @param tiles the pictures
public record ImageGrid(String title, int columns, ColorScale scale, boolean sharedRange, List<Tile> tiles)
        implements Graphic {

    /// Checks the number of columns and copies the list.
    public ImageGrid {
        if (columns < 1 || columns > 1000) {
            throw new FigureException("A grid of pictures needs 1 to 1000 columns, but got " + columns + ".");
        }
        tiles = List.copyOf(tiles);
    }

    /// An empty grid of ten columns, gray, one range for all.
    public static ImageGrid titled(String title) {
        return new ImageGrid(title, 10, ColorScale.GRAY, true, List.of());
    }

    /// With another number of pictures per row.
    public ImageGrid columns(int columns) {
        return new ImageGrid(title, columns, scale, sharedRange, tiles);
    }

    /// With other colours.
    public ImageGrid scale(ColorScale scale) {
        return new ImageGrid(title, columns, scale, sharedRange, tiles);
    }

    /// With a range of its own for every picture.
    public ImageGrid withOwnRanges() {
        return new ImageGrid(title, columns, scale, false, tiles);
    }

    /// With more pictures.
    public ImageGrid with(List<Tile> added) {
        List<Tile> all = new ArrayList<>(tiles);
        all.addAll(added);
        return new ImageGrid(title, columns, scale, sharedRange, all);
    }

    /// With one more picture.
    public ImageGrid with(Tile added) {
        return with(List.of(added));
    }

    /// Smallest and largest value that colours of a picture stand for.
    double[] range(Tile tile) {
        double least = tile.least();
        double most = tile.most();
        if (sharedRange) {
            for (Tile other : tiles) {
                least = Math.min(least, other.least());
                most = Math.max(most, other.most());
            }
        }
        return least <= most ? new double[] {least, most} : new double[] {0, 0};
    }
}
