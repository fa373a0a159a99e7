package org.badak.figure.report;

import java.util.List;
import org.badak.figure.Graphic;
import org.badak.figure.Tile;

/// A part of a report with a heading.
public sealed interface Section {

    /// What stands above it.
    Words heading();

    /// Figures below each other, after a sentence that says what to look for (may be empty).
    record Figures(Words heading, Words explanation, List<Graphic> graphics) implements Section {
        /// Copies the list.
        public Figures {
            graphics = List.copyOf(graphics);
        }
    }

    /// A table: one name per column, one text per cell. Cells that look like numbers stand at the right.
    record Table(Words heading, List<Words> columns, List<List<String>> rows) implements Section {
        /// Copies the lists and checks that every row has one cell per column.
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).size() != columns.size()) {
                    throw new org.badak.figure.FigureException("Row " + i + " of the table \"" + heading.english()
                            + "\" has " + rows.get(i).size() + " cells, but the table has " + columns.size()
                            + " columns; give one cell per column.");
                }
            }
        }
    }

    /// Names and values: configuration, reproducibility.
    record Properties(Words heading, Words explanation, List<Property> properties) implements Section {
        /// Copies the list.
        public Properties {
            properties = List.copyOf(properties);
        }
    }

    /// Pictures that were taken for something else.
    record Mistakes(Words heading, Words explanation, List<Mistake> mistakes) implements Section {
        /// Copies the list.
        public Mistakes {
            mistakes = List.copyOf(mistakes);
        }
    }

    /// A name and its value.
    record Property(Words name, String value) {}

    /// A picture with its true class, the class it was taken for, and the confidence in that, 0 … 1.
    record Mistake(Tile image, String actual, String predicted, double confidence) {}
}
