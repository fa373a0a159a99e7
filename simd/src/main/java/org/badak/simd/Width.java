package org.badak.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector width: the machine's preferred one, or `-Dbadak.simd.bits=128|256|512`. Results never depend on it.
final class Width {
    private static final String PROPERTY = "badak.simd.bits";
    private static final VectorShape SHAPE = shape(Integer.getInteger(PROPERTY, 0));

    /// Vectors of float32.
    static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    /// Vectors of float64, as many bits.
    static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

    private Width() {}

    /// Bits of the machine's widest useful vectors.
    static int preferredBits() {
        return Math.max(FloatVector.SPECIES_PREFERRED.vectorBitSize(), DoubleVector.SPECIES_PREFERRED.vectorBitSize());
    }

    private static VectorShape shape(int bits) {
        return switch (bits) {
            case 0 -> VectorShape.preferredShape();
            case 128, 256, 512 -> VectorShape.forBitSize(bits);
            default -> throw new IllegalStateException("-D" + PROPERTY + ": expected 128, 256 or 512, found " + bits);
        };
    }
}
