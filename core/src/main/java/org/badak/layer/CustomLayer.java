package org.badak.layer;

/// The open door for users' own layers: implement [Layer]'s methods, in whole-array operations of
/// [org.badak.kernel.Kernels] or in loops of your own. Rows of a batch may influence one another; numerical gradients
/// make no assumption.
public non-sealed interface CustomLayer extends Layer {}
