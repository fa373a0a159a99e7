package org.badak.lab;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.badak.data.DataException;
import org.badak.data.DataLocations;
import org.badak.data.Dataset;
import org.badak.data.GeneratedDigits;
import org.badak.data.ImageDataset;
import org.badak.data.LabelledData;
import org.badak.data.MnistSource;

/// The images that the rooms work with: those found on this machine, and the generated digits. Nothing is downloaded.
final class Material {
    private static final String DIGITS = "digits";
    private static final long DIGITS_SEED = 1; // as the command line generates them

    private final DataLocations locations;
    private final int trainDigits;
    private final int testDigits;
    private final Map<String, LabelledData> loaded = new ConcurrentHashMap<>();

    /// With as many generated digits as the command line takes.
    Material(DataLocations locations) {
        this(locations, GeneratedDigits.TRAIN, GeneratedDigits.TEST);
    }

    /// With so many generated digits.
    Material(DataLocations locations, int trainDigits, int testDigits) {
        this.locations = locations;
        this.trainDigits = trainDigits;
        this.testDigits = testDigits;
    }

    /// Names of the data sets that can be used, the preferred one first.
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (MnistSource source : sources()) {
            if (isHere(source)) {
                names.add(source.name());
            }
        }
        names.add(DIGITS);
        return names;
    }

    /// The data set that rooms take by themselves: MNIST, or the generated digits where it is not here.
    LabelledData preferred() {
        return of(preferredName());
    }

    /// Name of the data set that rooms take by themselves.
    String preferredName() {
        return isHere(MnistSource.mnist()) ? MnistSource.mnist().name() : DIGITS;
    }

    /// A data set by name; read once.
    ///
    /// @throws IllegalArgumentException if there is none of that name here
    LabelledData of(String name) {
        return loaded.computeIfAbsent(name, this::load);
    }

    private LabelledData load(String name) {
        List<String> digits = MnistSource.mnist().classNames();
        if (name.equals(DIGITS)) {
            return LabelledData.of(GeneratedDigits.generate(DIGITS_SEED, trainDigits, testDigits), digits);
        }
        for (MnistSource source : sources()) {
            if (source.name().equals(name) && isHere(source)) {
                return LabelledData.of(source.load(source.find(locations).orElseThrow()), source.classNames());
            }
        }
        throw new IllegalArgumentException("data: expected one of " + names() + ", found " + name);
    }

    private static List<MnistSource> sources() {
        return List.of(MnistSource.mnist(), MnistSource.fashionMnist());
    }

    private boolean isHere(MnistSource source) {
        try {
            return source.find(locations).isPresent();
        } catch (DataException incomplete) {
            return false; // `badak doctor` says what is missing
        }
    }

    /// The pixels of an image for the page: a byte each, 0 white to 255 black, in Base64; empty if it is no image.
    static String pixels(Dataset examples, int index) {
        if (examples instanceof ImageDataset images) {
            byte[] pixels = new byte[images.features()];
            System.arraycopy(images.pixels(), index * pixels.length, pixels, 0, pixels.length);
            return Base64.getEncoder().encodeToString(pixels);
        }
        return "";
    }
}
