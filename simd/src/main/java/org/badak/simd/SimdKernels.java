package org.badak.simd;

import org.badak.kernel.Fma;
import org.badak.kernel.KernelSet;
import org.badak.kernel.Operations;
import org.badak.matrix.Precision;

/// Kernels written with the Vector API: the same operations as the scalar ones, 4 to 16 elements at a time, with
/// results
/// equal to the bit.
public final class SimdKernels implements KernelSet {
    /// Made by the service loader.
    public SimdKernels() {}

    @Override
    public String name() {
        return "simd";
    }

    @Override
    public String description() {
        return "Vector API, " + Width.FLOATS.vectorBitSize() + " bits: " + Width.FLOATS.length() + " float32 or "
                + Width.DOUBLES.length() + " float64 lanes";
    }

    @Override
    public String objection() {
        if (!Fma.HARDWARE) {
            return "this processor (or -XX:UseAVX=0) has no fused multiply-add instruction";
        }
        if (Width.FLOATS.vectorBitSize() > Width.preferredBits()) {
            return "vectors of " + Width.FLOATS.vectorBitSize() + " bits were asked for, the machine has "
                    + Width.preferredBits();
        }
        return Width.FLOATS.vectorBitSize() < 128 || Width.FLOATS.vectorBitSize() > 512
                ? "vectors of " + Width.FLOATS.vectorBitSize() + " bits are not supported, 128 to 512 are"
                : "";
    }

    @Override
    public Operations operations(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> new SimdFloat32();
            case FLOAT64 -> new SimdFloat64();
        };
    }
}
