package dev.samebits.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/** The shape that values have together where each is spread over the others, row by row. */
final class Broadcast {
    private static final long UNFIT = Long.MIN_VALUE;

    private Broadcast() {}

    /**
     * Aligns the shapes at their last dimension.
     *
     * @return null if they do not fit, or rows would meet other rows
     */
    static Shape of(List<Shape> shapes) {
        int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
        int rows = Shape.ONE_ROW;
        for (Shape shape : shapes) {
            if (shape.rows() != Shape.ONE_ROW) {
                int at = shape.rows() + rank - shape.rank();
                if (rows != Shape.ONE_ROW && rows != at) {
                    return null;
                }
                rows = at;
            }
        }
        List<Long> dims = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            long length = d == rows ? rowsOf(shapes, d, rank) : lengthOf(shapes, d, rank);
            if (length == UNFIT) {
                return null;
            }
            dims.add(length);
        }
        return rows == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows);
    }

    /** How many rows the file says there are; {@link #UNFIT} if one row of many columns would meet them. */
    private static long rowsOf(List<Shape> shapes, int dimension, int rank) {
        long rows = 0;
        for (Shape shape : shapes) {
            int own = dimension - rank + shape.rank();
            if (own == shape.rows() && own >= 0) {
                rows = rows == 0 || rows == shape.dim(own) ? shape.dim(own) : Shape.UNKNOWN;
            } else if (own >= 0 && shape.dim(own) != 1) {
                return UNFIT;
            }
        }
        return rows;
    }

    /** The length of a dimension of columns; {@link #UNFIT} if two differ. */
    private static long lengthOf(List<Shape> shapes, int dimension, int rank) {
        long length = 1;
        for (Shape shape : shapes) {
            int own = dimension - rank + shape.rank();
            long next = own < 0 ? 1 : shape.dim(own);
            if (length == 1 || length == Shape.UNKNOWN && next > 1) {
                length = next;
            } else if (next != 1 && next != Shape.UNKNOWN && next != length) {
                return UNFIT;
            }
        }
        return length;
    }
}
