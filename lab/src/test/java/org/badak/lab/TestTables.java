package org.badak.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small tables to learn: `fruits.csv` has classes, `prices.csv` numbers.
final class TestTables {
    private TestTables() {}

    /// A folder that holds them.
    static Path folder() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "tables"));
            Files.writeString(folder.resolve("fruits.csv"), fruits(150));
            Files.writeString(folder.resolve("prices.csv"), prices(150));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Two sizes and a colour; the kind follows from weight and colour.
    static String fruits(int rows) {
        StringBuilder text = new StringBuilder("number,weight,colour,useless,kind\n");
        for (int i = 0; i < rows; i++) {
            int weight = 60 + i * 37 % 120;
            String colour = i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "yellow";
            text.append(i + 1)
                    .append(',')
                    .append(i % 11 == 0 ? "" : weight)
                    .append(',')
                    .append(colour)
                    .append(',')
                    .append(i * 53 % 17)
                    .append(',')
                    .append(colour.equals("yellow") ? "banana" : weight < 115 ? "plum" : "apple")
                    .append('\n');
        }
        return text.toString();
    }

    /// The price is 3 · area + 20 · rooms.
    static String prices(int rows) {
        StringBuilder text = new StringBuilder("area,rooms,price\n");
        for (int i = 0; i < rows; i++) {
            int area = 30 + i * 41 % 150;
            int rooms = 1 + i * 7 % 5;
            text.append(area)
                    .append(',')
                    .append(rooms)
                    .append(',')
                    .append(3 * area + 20 * rooms + i % 7 * 0.5)
                    .append('\n');
        }
        return text.toString();
    }
}
