package org.badak.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.badak.data.ArrayExamples;
import org.badak.data.Examples;
import org.badak.data.GeneratedDigits;
import org.badak.data.ValueExamples;
import org.badak.data.WeightedExamples;
import org.badak.gradient.EngineException;
import org.badak.kernel.KernelChoice;
import org.badak.kernel.Kernels;
import org.badak.kernel.Philox;
import org.badak.kernel.Purpose;
import org.badak.matrix.Matrix;
import org.badak.matrix.Precision;
import org.badak.matrix.Shape;
import org.junit.jupiter.api.Test;

class PackedExamplesTest {
    private static Matrix random(int rows, int columns) {
        Matrix matrix = Matrix.zeros(Precision.FLOAT32, rows, columns);
        Philox random = new Philox(1, Purpose.DATA, 0);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                matrix.set(row, column, random.normal((long) row * columns + column));
            }
        }
        matrix.set(0, 0, -0.0);
        return matrix;
    }

    private static PackedExamples sent(Examples examples) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(PackedExamples.of(examples));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (PackedExamples) in.readObject();
        }
    }

    /// The hash covers features, labels and target values; of weighted ones, weights too.
    private static void requireSame(PackedExamples packed, Examples examples) {
        try (Kernels kernels = KernelChoice.current().kernels(Precision.FLOAT32, 1)) {
            Examples plain = examples instanceof WeightedExamples weighted ? weighted.examples() : examples;
            // of images the hash is that of the bytes: compare what batches see
            Examples seen = new Seen(plain);
            assertThat(packed.sha256(kernels)).isEqualTo(seen.sha256(kernels));
        }
        for (int i = 0; i < examples.count(); i++) {
            assertThat(packed.weight(i)).isEqualTo(examples.weight(i));
        }
        assertThat(packed.isWeighted()).isEqualTo(examples.isWeighted());
        assertThat(packed.shape()).isEqualTo(examples.shape());
        assertThat(packed.name()).isEqualTo(examples.name());
    }

    /// Examples with the usual hash, of what kernels see.
    private record Seen(Examples of) implements Examples {
        @Override
        public String name() {
            return of.name();
        }

        @Override
        public int count() {
            return of.count();
        }

        @Override
        public int features() {
            return of.features();
        }

        @Override
        public int classes() {
            return of.classes();
        }

        @Override
        public int label(int index) {
            return of.label(index);
        }

        @Override
        public int targetColumns() {
            return of.targetColumns();
        }

        @Override
        public void loadTargets(int[] indices, int first, Matrix targets) {
            of.loadTargets(indices, first, targets);
        }

        @Override
        public void load(Kernels kernels, int[] indices, int first, Matrix x) {
            of.load(kernels, indices, first, x);
        }
    }

    @Test
    void imagesTravelAsBytesAndArriveToTheBit() throws IOException, ClassNotFoundException {
        Examples digits = GeneratedDigits.generate(1, 1500, 1).train();
        PackedExamples packed = sent(digits);
        requireSame(packed, digits);
        assertThat(packed.bytes()).isLessThan(1500 * (784 + 4) + 2000);
        assertThat(packed.shape()).isEqualTo(new Shape(1, 28, 28));
    }

    @Test
    void numbersOfManyValuesArriveToTheBit() throws IOException, ClassNotFoundException {
        Examples numbers = new ArrayExamples("numbers", random(70, 6), new int[70], 2);
        PackedExamples packed = sent(numbers);
        requireSame(packed, numbers);
        assertThat(packed.codes()).isEmpty();
    }

    @Test
    void weightsAndTargetValuesArriveToTheBit() throws IOException, ClassNotFoundException {
        int[] labels = {0, 1, 1, 1, 0};
        Examples weighted = WeightedExamples.balanced(new ArrayExamples("few", random(5, 3), labels, 2));
        requireSame(sent(weighted), weighted);
        Examples values = new ValueExamples("values", random(9, 4), random(9, 2));
        requireSame(sent(values), values);
    }

    @Test
    void examplesThatAreTooLargeAreRefusedWithTheLimit() {
        Examples huge = new Large();
        assertThatThrownBy(() -> PackedExamples.of(huge))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("where:    large")
                .hasMessageContaining("2147483648 bytes, 1048576 examples of 2048 numbers")
                .hasMessageContaining("at most 1073741824 bytes");
    }

    /// More than anybody has memory for: it is told before it is read.
    private static final class Large implements Examples {
        @Override
        public String name() {
            return "large";
        }

        @Override
        public int count() {
            return 1 << 20;
        }

        @Override
        public int features() {
            return 1 << 11;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public void load(Kernels kernels, int[] indices, int first, Matrix x) {
            throw new AssertionError("read");
        }
    }
}
