package org.badak.simd;

import org.badak.testkit.FingerprintContract;

/// The SIMD kernels give the bits of the scalar ones, which are recorded.
class SimdFingerprintsTest extends FingerprintContract {}
