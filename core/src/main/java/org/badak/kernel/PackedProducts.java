package org.badak.kernel;

import org.badak.matrix.Matrix;

/// Large products of a kernel set whose right operand is first copied into panels: some columns wide, as tall as the
/// operand, the rows of a panel one behind another. Panels are made once, by all threads together, and read by all.
///
/// The bits are those of [Operations#multiply].
public interface PackedProducts {
    /// No product is packed.
    PackedProducts NONE = new PackedProducts() {
        @Override
        public boolean pays(int rows, int inner, int columns) {
            return false;
        }

        @Override
        public int panelColumns() {
            return 0;
        }

        @Override
        public void pack(Matrix b, boolean transposed, Matrix panels, int from, int to) {
            throw new UnsupportedOperationException("no product is packed");
        }

        @Override
        public void multiply(Matrix a, boolean transposed, Matrix panels, Matrix c, int from, int to) {
            throw new UnsupportedOperationException("no product is packed");
        }
    };

    /// Whether [rows, inner]·[inner, columns] is done faster packed than by [Operations#multiply], packing included.
    boolean pays(int rows, int inner, int columns);

    /// How many columns of the right operand a panel holds; 0 if no product is packed.
    int panelColumns();

    /// Copies b, or bᵀ, into the panels [from, to).
    ///
    /// @param b [inner, columns], or [columns, inner] if `transposed`
    /// @param panels [panels, inner · panelColumns], overwritten: element (k, column) of the operand goes to row
    ///     column / panelColumns, column k · panelColumns + column mod panelColumns
    void pack(Matrix b, boolean transposed, Matrix panels, int from, int to);

    /// c += a·b for the rows [from, to) of c, b being given in panels.
    ///
    /// @param a [rows, inner], or [inner, rows] if `transposed`
    /// @param panels made by [#pack]
    /// @param c [rows, columns], added to
    void multiply(Matrix a, boolean transposed, Matrix panels, Matrix c, int from, int to);
}
