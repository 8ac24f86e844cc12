package dev.samebits.spi;

import dev.samebits.IdColumn;
import dev.samebits.Matrix;
import java.nio.FloatBuffer;
import java.util.List;

/** The ids of embeddings in the rows of a call, looked at before anything is written. */
final class RowIds {
    private final IdColumn[] columns;

    RowIds(List<IdColumn> columns) {
        this.columns = columns.toArray(IdColumn[]::new);
    }

    /** @throws IllegalArgumentException naming input, column and row of the first number that is no id */
    void check(Matrix x) {
        check("predict", x);
    }

    /** The same for another call. */
    void check(String call, Matrix x) {
        for (int n = 0; n < x.rows() && columns.length > 0; n++) {
            check(call, x.data(), x.rowOffset(n), n);
        }
    }

    /** The same for a single row. */
    void check(float[] x) {
        check("predict", x, 0, 0);
    }

    private void check(String call, float[] x, int offset, int row) {
        for (IdColumn column : columns) {
            refuseUnlessId(call, column, x[offset + column.position()], row);
        }
    }

    /** The same for rows from a buffer's position on. */
    void check(FloatBuffer x, int inputs, int rows) {
        for (int n = 0; n < rows && columns.length > 0; n++) {
            for (IdColumn column : columns) {
                refuseUnlessId("predict", column, x.get(x.position() + n * inputs + column.position()), n);
            }
        }
    }

    private static void refuseUnlessId(String call, IdColumn column, float id, int row) {
        if (!column.has(id)) {
            throw new IllegalArgumentException(call + ": " + column.refusal(id, row));
        }
    }
}
