package org.badak.data;

import java.util.ArrayList;
import java.util.List;
import org.badak.loss.Targets;
import org.badak.matrix.Matrix;
import org.badak.matrix.SparseMatrix;

/// Takes some neighbouring rows out of batches, into buffers of its own: a part is good until the
/// next is taken. Once parts of each size have been taken, taking one allocates nothing.
public final class BatchPart {
    private final List<Batch> sizes = new ArrayList<>(); // a part of each number of rows

    /// The rows first … first + rows − 1 of a batch, their targets and weights.
    ///
    /// @throws org.badak.matrix.ShapeException if the batch has too few rows
    public Batch of(Batch whole, int first, int rows) {
        Batch part = buffer(whole, rows);
        part.x().copyRows(whole.x(), first);
        switch (part.targets()) {
            case Targets.Labels(int[] labels, int count) ->
                System.arraycopy(((Targets.Labels) whole.targets()).values(), first, labels, 0, count);
            case Targets.Values(Matrix values) -> values.copyRows(((Targets.Values) whole.targets()).matrix(), first);
        }
        if (whole.weights().length > 0) {
            System.arraycopy(whole.weights(), first, part.weights(), 0, rows);
        }
        return part;
    }

    private Batch buffer(Batch whole, int rows) {
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i).rows() == rows && fits(sizes.get(i), whole)) {
                return sizes.get(i);
            }
        }
        Matrix x = whole.x() instanceof SparseMatrix sparse
                ? new SparseMatrix(sparse.stored(), rows)
                : Matrix.zeros(whole.x().precision(), rows, whole.x().columns());
        Targets targets = switch (whole.targets()) {
            case Targets.Labels labels -> new Targets.Labels(new int[rows], rows);
            case Targets.Values(Matrix values) ->
                new Targets.Values(Matrix.zeros(values.precision(), rows, values.columns()));
        };
        Batch made = new Batch(x, targets, new double[whole.weights().length > 0 ? rows : 0]);
        sizes.add(made);
        return made;
    }

    /// Whether a buffer can hold rows of a batch.
    private static boolean fits(Batch buffer, Batch whole) {
        boolean sameInputs = buffer.x() instanceof SparseMatrix mine
                ? whole.x() instanceof SparseMatrix its && mine.sharesRows(its)
                : !(whole.x() instanceof SparseMatrix)
                        && buffer.x().precision() == whole.x().precision();
        boolean sameTargets = switch (buffer.targets()) {
            case Targets.Labels labels -> whole.targets() instanceof Targets.Labels;
            case Targets.Values(Matrix mine) ->
                whole.targets() instanceof Targets.Values(Matrix its) && mine.columns() == its.columns();
        };
        return sameInputs
                && sameTargets
                && buffer.x().columns() == whole.x().columns()
                && buffer.weights().length > 0 == whole.weights().length > 0;
    }
}
