package org.badak.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayDataTest {
    @TempDir
    Path folder;

    @Test
    void bytesOfGreyImagesAreImages() {
        LabelledData data = ArrayData.read(NpyFileTest.numpy("stored.npz"));

        assertThat(data.train()).isInstanceOf(ImageDataset.class);
        assertThat(data.train().shape()).isEqualTo(new Shape(1, 4, 5));
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(data.test().count()).isEqualTo(3);
        assertThat(data.isWhole()).isFalse();
    }

    @Test
    void numbersAreTakenAsTheyAreAndLabelsNamed() {
        LabelledData data = ArrayData.read(NpyFileTest.numpy("deflated.npz"));

        assertThat(data.isWhole()).isTrue();
        assertThat(data.classNames()).containsExactly("-1", "3");
        assertThat(data.train().labels()).startsWith(1, 0, 1, 0);
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT64, 1)) {
            Matrix x = kernels.zeros(2, 12);
            data.train().load(kernels, new int[] {0, 0, 1}, 1, x);
            assertThat(x.get(0, 3)).isEqualTo(3 / 8.0 - 1);
            assertThat(x.get(1, 3)).isEqualTo(15 / 8.0 - 1);
        }
    }

    @Test
    void aTestPartIsDividedOffByClassAndSeed() {
        LabelledData data = ArrayData.read(NpyFileTest.numpy("deflated.npz"));
        LabelledData divided = data.divided(0.2, 1);

        assertThat(divided.train().count()).isEqualTo(16);
        assertThat(divided.test().labels()).hasSize(4).containsExactlyInAnyOrder(0, 0, 1, 1);
        assertThat(data.divided(0.2, 1).test().sha256())
                .isEqualTo(divided.test().sha256());
        assertThat(catchThrowableOfType(DataException.class, () -> data.divided(0.01, 1))
                        .what())
                .contains("no example is left to test with");
    }

    @Test
    void channelsFirstAndLastAreTheSameImages() {
        float[] last = {1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60};
        float[] first = {1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60};
        FeatureDataset read = features(NpyArray.of(doubled(last), 2, 6, 1, 2), 2);
        FeatureDataset same = features(NpyArray.of(doubled(first), 2, 2, 6, 1), 2);

        assertThat(read.shape()).isEqualTo(new Shape(2, 6, 1));
        assertThat(read.values()).containsExactly(doubled(first));
        assertThat(same.shape()).isEqualTo(new Shape(1, 2, 6)); // one channel last: rank 4 with a last dimension of 1
    }

    @Test
    void oneHotRowsAreLabels() {
        NpyArray hot = NpyArray.of(new float[] {0, 1, 0, 1, 0, 0, 0, 0, 1}, 3, 3);
        LabelledData data = read(Map.of("images", NpyArray.of(new float[6], 3, 2), "labels", hot));

        assertThat(data.train().labels()).containsExactly(1, 0, 2);
        assertThat(data.classNames()).containsExactly("0", "1", "2");
    }

    @Test
    void unsignedBytesOfFeaturesAreDividedBy255() {
        NpyArray bytes = new NpyArray(NpyType.UINT8, new int[] {2, 2}, new byte[] {0, (byte) 255, 51, 0});
        LabelledData data = read(Map.of("X", bytes, "y", NpyArray.of(new int[] {0, 1}, 2)));

        assertThat(((FeatureDataset) data.train()).values()).containsExactly(0, 1, 0.2f, 0);
    }

    @Test
    void twoFilesAndAFolderOfFilesAreRead() {
        NpyFile.write(folder.resolve("x_train.npy"), NpyArray.of(new float[4], 2, 2));
        NpyFile.write(folder.resolve("y_train.npy"), NpyArray.of(new int[] {4, 2}, 2, 1));

        assertThat(ArrayData.read(folder).classNames()).containsExactly("2", "4");
        assertThat(ArrayData.read(folder.resolve("x_train.npy"), folder.resolve("y_train.npy"))
                        .train()
                        .labels())
                .containsExactly(1, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | y | the arrays a, y | x_train",
                "X | y:0,1,1 | float32 (2, 2) and 3 labels | equal counts",
                "X | y:0,0 | 1 class | 2 to 10000 classes",
                "X | y:0,0.5 | 0.5 | whole numbers",
                "X | hot:1,1,0,1 | 1.0 in column 1 beside 1.0 in column 0 | a one and else zeros",
                "X | hot:1,0,0,0 | zeros alone | a one in the column",
                "nan | y:0,1 | NaN | finite numbers",
                "flat | y:0,1 | float32 (2,) | (count, features)"
            })
    void whatCannotBeLearnedIsTold(String examples, String labels, String found, String expected) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        switch (examples) {
            case "nan" -> arrays.put("X", NpyArray.of(new float[] {0, 1, Float.NaN, 2}, 2, 2));
            case "flat" -> arrays.put("X", NpyArray.of(new float[2], 2));
            default -> arrays.put(examples, NpyArray.of(new float[4], 2, 2));
        }
        double[] numbers = labels.contains(":")
                ? java.util.Arrays.stream(labels.split(":")[1].split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray()
                : new double[2];
        arrays.put("y", labels.startsWith("hot") ? NpyArray.of(numbers, 2, 2) : NpyArray.of(numbers, numbers.length));
        DataException told = catchThrowableOfType(DataException.class, () -> read(arrays));

        assertThat(told.found()).contains(found);
        assertThat(told.expected()).contains(expected);
    }

    @Test
    void labelsBelowZeroAreTwoClassesOrNone() {
        LabelledData signs =
                read(Map.of("X", NpyArray.of(new float[6], 3, 2), "y", NpyArray.of(new int[] {1, -1, 1}, 3)));
        assertThat(signs.classNames()).containsExactly("-1", "1");

        Map<String, NpyArray> unlabelled =
                Map.of("X", NpyArray.of(new float[8], 4, 2), "y", NpyArray.of(new int[] {0, 1, -1, 1}, 4));
        DataException told = catchThrowableOfType(DataException.class, () -> read(unlabelled));
        assertThat(told.where()).endsWith("array y, label 2");
        assertThat(told.found()).isEqualTo("-1, and 3 classes");
        assertThat(told.expected()).contains("below 0 only where there are two classes");
    }

    private LabelledData read(Map<String, NpyArray> arrays) {
        Path file = folder.resolve("data.npz");
        NpzFile.write(file, arrays);
        return ArrayData.read(file);
    }

    private FeatureDataset features(NpyArray examples, int count) {
        int[] labels = new int[count];
        labels[1] = 1;
        return (FeatureDataset)
                read(Map.of("X", examples, "y", NpyArray.of(labels, count))).train();
    }

    /// The same numbers again, and again plus 100.
    private static float[] doubled(float... values) {
        float[] twice = java.util.Arrays.copyOf(values, 2 * values.length);
        for (int i = 0; i < values.length; i++) {
            twice[values.length + i] = values[i] + 100;
        }
        return twice;
    }
}
