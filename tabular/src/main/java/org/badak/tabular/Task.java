package org.badak.tabular;

/// What is learned from a table.
public enum Task {
    /// Which of several classes a row belongs to.
    CLASSIFICATION,
    /// A number.
    REGRESSION
}
