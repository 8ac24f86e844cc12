package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a value: one dimension counts the rows, whatever their number, and the others together are the columns of a
 * row. A file that computes one vector has no dimension for rows: there the whole value is one. Immutable.
 *
 * @param dims each dimension, {@link #UNKNOWN} where the file does not say; that of the rows as the file declares it
 * @param rows which dimension counts the rows, or {@link #ONE_ROW}
 */
public record Shape(List<Long> dims, int rows) {
    public static final long UNKNOWN = -1;
    /** Where no dimension counts the rows. */
    public static final int ONE_ROW = -1;

    public Shape {
        dims = List.copyOf(dims);
    }

    /** The shape of a single row; a dimension of 1 in front counts the rows from there on. */
    static Shape ofOneRow(List<Long> dims) {
        return new Shape(dims, dims.size() > 1 && dims.get(0) == 1 ? 0 : ONE_ROW);
    }

    public int rank() {
        return dims.size();
    }

    public long dim(int dimension) {
        return dims.get(dimension);
    }

    /** Columns of a row, or {@link #UNKNOWN}; also where they are more than a Java array holds. */
    public long columns() {
        long columns = 1;
        for (int d = 0; d < rank(); d++) {
            if (d == rows) {
                continue;
            }
            if (dim(d) == UNKNOWN || dim(d) > Limits.ELEMENTS) {
                return UNKNOWN;
            }
            columns *= dim(d);
            if (columns > Limits.ELEMENTS) {
                return UNKNOWN;
            }
        }
        return columns;
    }

    /** Whether it is known how many columns a row has. */
    public boolean isKnown() {
        return columns() != UNKNOWN;
    }

    /** Whether this dimension alone makes up the row: every other one, but that of the rows, is 1. */
    public boolean isWholeRow(int dimension) {
        if (dimension == rows) {
            return false;
        }
        for (int d = 0; d < rank(); d++) {
            if (d != dimension && d != rows && dim(d) != 1) {
                return false;
            }
        }
        return true;
    }

    /** The same with another length of this dimension. */
    Shape with(int dimension, long length) {
        List<Long> changed = new ArrayList<>(dims);
        changed.set(dimension, length);
        return new Shape(changed, rows);
    }

    /** This axis counted from the front, or -1 if there is none such. */
    public int axis(long axis) {
        long fromFront = axis < 0 ? axis + rank() : axis;
        return fromFront < 0 || fromFront >= rank() ? -1 : (int) fromFront;
    }

    /** Such as {@code [N, 28, 28]}. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        for (int d = 0; d < rank(); d++) {
            texts.add(d == rows ? "N" : dim(d) == UNKNOWN ? "?" : Long.toString(dim(d)));
        }
        return texts.toString();
    }
}
