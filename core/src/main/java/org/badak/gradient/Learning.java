package org.badak.gradient;

/// What a trainer learns by: a [Gradient], by which it takes every step itself, or [LocalSgd], which
/// takes several steps at a time.
public sealed interface Learning permits Gradient, LocalSgd {
    /// How, in a few words: `backprop`, `backprop in 4 shards, averaged every 10 steps`. Part of a
    /// checkpoint.
    String name();
}
