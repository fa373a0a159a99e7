package org.badak.testkit;

/// Training keeps the contract on the scalar kernels.
class TrainingStepTest extends TrainingContract {}
