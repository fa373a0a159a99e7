package org.badak.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads grey images from a folder for each class: `<folder>/train/<class>/*.png` with `<folder>/test/<class>/*.png`,
/// or `<folder>/<class>/*.png` without a test part. Classes are called as their folders and numbered in the order of
/// their names; images come in the order of classes, then of file names. All images must have one size.
///
/// Core decodes no picture format: who reads says how one becomes pixels. Module `org.badak.figure` has a reader of
/// PNG files.
public final class ImageFolder {
    private static final String WHAT = "cannot read the images";
    private static final String TRAIN = "train";
    private static final String TEST = "test";
    private static final int MAXIMUM_BYTES = Integer.MAX_VALUE - 8;

    private ImageFolder() {}

    /// A grey picture.
    ///
    /// @param rows height in pixels, at least 1
    /// @param columns width in pixels, at least 1
    /// @param pixels unsigned bytes, `[rows * columns]` row-major
    public record Picture(int rows, int columns, byte[] pixels) {}

    /// Makes pixels of a file.
    @FunctionalInterface
    public interface Decoder {
        /// @throws RuntimeException with a message that names the file, if it cannot be decoded
        Picture decode(Path file);
    }

    /// Whether a folder has folders in it, as a folder of classes must.
    public static boolean isOne(Path folder) {
        return Files.isDirectory(folder) && FolderListing.of(folder).stream().anyMatch(Files::isDirectory);
    }

    /// Reads all images.
    ///
    /// @param suffix that file names end in, such as `.png`, upper and lower case alike
    /// @param decoder makes pixels of a file
    /// @throws DataException if there are other files than images, a class has none, or sizes differ
    public static LabelledData read(Path folder, String suffix, Decoder decoder) {
        boolean parted = Files.isDirectory(folder.resolve(TRAIN));
        Path trained = parted ? folder.resolve(TRAIN) : folder;
        List<Path> classes = classes(trained);
        List<String> names =
                classes.stream().map(path -> path.getFileName().toString()).toList();
        ImageDataset train = read(trained, classes, names, suffix, decoder);
        ImageDataset test = train;
        Path tested = folder.resolve(TEST);
        if (parted && Files.isDirectory(tested)) {
            test = read(tested, classes(tested), names, suffix, decoder);
        }
        return new LabelledData(train, test, names, folder.toString());
    }

    private static List<Path> classes(Path folder) {
        List<Path> classes = FolderListing.of(folder);
        for (Path path : classes) {
            if (!Files.isDirectory(path)) {
                throw new DataException(
                        WHAT,
                        path.toString(),
                        "a file beside the folders of the classes",
                        "a folder for each class, with its images in it",
                        "move the file into the folder of its class, or elsewhere");
            }
        }
        if (classes.size() < 2) {
            throw new DataException(
                    WHAT,
                    folder.toString(),
                    classes.isEmpty()
                            ? "no folder"
                            : "one folder, " + classes.getFirst().getFileName(),
                    "a folder for each of two or more classes",
                    "put the images of each class into a folder named after it");
        }
        return classes;
    }

    private static ImageDataset read(
            Path folder, List<Path> classes, List<String> names, String suffix, Decoder decoder) {
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path path : classes) {
            int label = names.indexOf(path.getFileName().toString());
            if (label < 0) {
                throw new DataException(
                        WHAT,
                        path.toString(),
                        "a class that the training images do not have",
                        "one of " + String.join(", ", names),
                        "rename the folder, or add training images of this class");
            }
            List<Path> images = FolderListing.of(path);
            if (images.isEmpty()) {
                throw new DataException(
                        WHAT,
                        path.toString(),
                        "an empty folder",
                        "images of the class " + path.getFileName(),
                        "add images, or remove the folder");
            }
            for (Path image : images) {
                requireImage(image, suffix);
                files.add(image);
                labels.add(label);
            }
        }
        return decoded(folder, files, labels, names.size(), decoder);
    }

    private static void requireImage(Path file, String suffix) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(suffix)) {
            throw new DataException(
                    WHAT,
                    file.toString(),
                    Files.isDirectory(file) ? "a folder in the folder of a class" : "a file that is no " + suffix,
                    suffix + " files",
                    "convert it, or move it elsewhere");
        }
    }

    private static ImageDataset decoded(
            Path folder, List<Path> files, List<Integer> labels, int classes, Decoder decoder) {
        Picture first = decoder.decode(files.getFirst());
        int size = Math.multiplyExact(first.rows(), first.columns());
        if ((long) size * files.size() > MAXIMUM_BYTES) {
            throw new DataException(
                    WHAT,
                    folder.toString(),
                    files.size() + " images of " + first.rows() + " x " + first.columns() + " pixels",
                    "at most " + MAXIMUM_BYTES + " pixels",
                    "make the images smaller, or use fewer");
        }
        byte[] pixels = new byte[size * files.size()];
        for (int i = 0; i < files.size(); i++) {
            Picture picture = i == 0 ? first : decoder.decode(files.get(i));
            if (picture.rows() != first.rows() || picture.columns() != first.columns()) {
                throw new DataException(
                        WHAT,
                        files.get(i).toString(),
                        picture.rows() + " x " + picture.columns() + " pixels",
                        first.rows() + " x " + first.columns() + " pixels, as " + files.getFirst(),
                        "scale all images to one size");
            }
            System.arraycopy(picture.pixels(), 0, pixels, i * size, size);
        }
        return new ImageDataset(
                folder.toString(),
                first.rows(),
                first.columns(),
                classes,
                pixels,
                labels.stream().mapToInt(Integer::intValue).toArray());
    }
}
