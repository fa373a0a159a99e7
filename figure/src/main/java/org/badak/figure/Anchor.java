package org.badak.figure;

/// Which end of a text stands at the given point.
enum Anchor {
    START,
    MIDDLE,
    END
}
