package org.badak.kernel;

import org.badak.matrix.Precision;

/// Plain Java loops: the readable kernel set and the reference for the others.
final class ScalarKernels implements KernelSet {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public String description() {
        return Fma.HARDWARE ? "plain Java loops" : "plain Java loops, fused multiply-add emulated";
    }

    @Override
    public String objection() {
        return "";
    }

    @Override
    public Operations operations(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> new ScalarFloat32();
            case FLOAT64 -> new ScalarFloat64();
        };
    }
}
