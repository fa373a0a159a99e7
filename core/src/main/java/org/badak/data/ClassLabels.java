package org.badak.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Class labels as arrays give them: whole numbers, or one-hot rows.
///
/// @param values the label of each example as it was given; of one-hot rows, the place of the one
/// @param hot number of columns of one-hot rows; 0 where labels were numbers
record ClassLabels(long[] values, int hot) {
    private static final int MOST_CLASSES = 10_000;
    private static final double EXACT = 0x1p53;

    /// Reads an array of shape (count), (count, 1) or (count, classes).
    ///
    /// @param where it stands, for messages
    static ClassLabels of(NpyArray array, String where) {
        boolean hot = array.rank() == 2 && array.dimension(1) > 1;
        if (!(array.rank() == 1 || array.rank() == 2 && array.dimension(1) >= 1)) {
            throw error(
                    where,
                    array.toString(),
                    "labels of shape (count,), or one-hot rows of shape (count, classes)",
                    "save one label for each example");
        }
        long[] values = new long[array.dimension(0)];
        int width = hot ? array.dimension(1) : 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = hot ? place(array, i, width, where) : whole(array.value(i), i, where);
        }
        return new ClassLabels(values, hot ? width : 0);
    }

    private static long whole(double value, int index, String where) {
        if (value != Math.rint(value) || !(Math.abs(value) <= EXACT)) {
            throw error(
                    where + ", label " + index,
                    Double.toString(value),
                    "whole numbers, each the number of a class",
                    "number the classes: numpy.unique(labels, return_inverse=True)[1]; to predict numbers, save a CSV"
                            + " file and use badak train FILE.csv");
        }
        return (long) value;
    }

    private static int place(NpyArray array, int row, int width, String where) {
        int place = -1;
        for (int column = 0; column < width; column++) {
            double value = array.value(row * width + column);
            if (value == 1 && place < 0) {
                place = column;
            } else if (value != 0) {
                throw error(
                        where + ", row " + row,
                        value + " in column " + column + (place < 0 ? "" : " beside 1.0 in column " + place),
                        "a one and else zeros",
                        "save class numbers: labels.argmax(axis=1)");
            }
        }
        if (place < 0) {
            throw error(where + ", row " + row, "zeros alone", "a one in the column of its class", "correct the row");
        }
        return place;
    }

    /// What the classes are called: the numbers that occur, ascending; of one-hot rows all columns.
    static List<String> names(List<ClassLabels> parts, String where) {
        TreeSet<Long> classes = new TreeSet<>();
        int hot = parts.getFirst().hot;
        for (ClassLabels part : parts) {
            if (part.hot != hot) {
                throw error(
                        where,
                        "labels of " + describe(hot) + " and of " + describe(part.hot),
                        "the same for training and test",
                        "save both alike");
            }
            for (long value : part.values) {
                classes.add(value);
            }
        }
        for (long i = 0; i < hot; i++) {
            classes.add(i);
        }
        if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
            throw error(
                    where,
                    switch (classes.size()) {
                        case 0 -> "no label";
                        case 1 -> "1 class: the label " + classes.first();
                        default -> classes.size() + " different labels";
                    },
                    "2 to " + MOST_CLASSES + " classes",
                    classes.size() < 2
                            ? "use examples of two or more classes"
                            : "name the array of class labels; to predict numbers, save a CSV file and use badak train"
                                    + " FILE.csv");
        }
        return classes.stream().map(String::valueOf).toList();
    }

    /// Checks that no label is below 0 where there are more than two classes. Some call two
    /// classes -1 and 1; among more, -1 stands for what has no label.
    ///
    /// @param classes how many there are
    /// @param where they stand, for messages
    /// @throws DataException at the first that is
    void requireNumbered(int classes, String where) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 && classes > 2) {
                throw error(
                        where + ", label " + i,
                        values[i] + ", and " + classes + " classes",
                        "0 or more; below 0 only where there are two classes, such as -1 and 1",
                        "leave out what has no label: x[labels >= 0], labels[labels >= 0]; or number the classes:"
                                + " numpy.unique(labels, return_inverse=True)[1]");
            }
        }
    }

    /// Checks that the labels of a test part are among those that are learned.
    ///
    /// @param where they stand, for messages
    /// @throws DataException at the first that is not
    void requireLearned(ClassLabels learned, String where) {
        TreeSet<Long> known = new TreeSet<>();
        for (long value : learned.values) {
            known.add(value);
        }
        for (int i = 0; i < values.length; i++) {
            if (!known.contains(values[i])) {
                throw error(
                        where + ", label " + i,
                        "the class " + values[i] + ", which no training example has",
                        "a class of the training part, " + known.first() + " to " + known.last(),
                        "correct the label, leave the example out, or add training examples of its class");
            }
        }
    }

    private static String describe(int hot) {
        return hot == 0 ? "numbers" : "one-hot rows of " + hot;
    }

    /// The number of each example's class among these names.
    int[] indices(List<String> names) {
        List<Long> sorted = new ArrayList<>(names.stream().map(Long::valueOf).toList());
        int[] indices = new int[values.length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = java.util.Collections.binarySearch(sorted, values[i]);
        }
        return indices;
    }

    private static DataException error(String where, String found, String expected, String remedy) {
        return new DataException("cannot use the labels", where, found, expected, remedy);
    }
}
