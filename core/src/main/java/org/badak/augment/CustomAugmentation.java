package org.badak.augment;

/// The open door for users' own augmentations: implement [Augmentation]'s methods.
public non-sealed interface CustomAugmentation extends Augmentation {}
