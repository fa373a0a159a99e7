package org.badak.simd;

import org.badak.testkit.TrainingContract;

/// Training keeps the contract on the SIMD kernels.
class SimdTrainingTest extends TrainingContract {}
