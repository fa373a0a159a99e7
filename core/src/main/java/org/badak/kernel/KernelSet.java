package org.badak.kernel;

import org.badak.matrix.Precision;

/// A set of kernels, found as a service: `provides org.badak.kernel.KernelSet with …`.
public interface KernelSet {
    /// The set's name, by which it can be forced: `scalar`, `simd`.
    String name();

    /// What it is and what it uses, in one line: for example the vector width.
    String description();

    /// The reason why the set would be slow or wrong on this machine; empty if it serves.
    String objection();

    /// The loops for one precision.
    Operations operations(Precision precision);
}
