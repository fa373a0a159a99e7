package org.badak.gradient;

/// How exact the latest gradient by truncated series is: see [NumericalGradient.Evaluation#SERIES].
///
/// @param bound of the truncation error of every element that came from the series; 0 if none did
/// @param tolerance units whose bound is larger were evaluated literally
/// @param units of all dense layers; the weights and the bias that lead to one are taken together
/// @param literalUnits how many of them were evaluated literally
public record SeriesReport(double bound, double tolerance, int units, int literalUnits) {}
