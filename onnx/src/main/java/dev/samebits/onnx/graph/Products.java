package dev.samebits.onnx.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A product of two computed values, row by row: in a row {@code [outer × depth] · [depth × inner]}. A vector stands for a
 * matrix of one row in front, and of one column behind.
 *
 * @param outer columns of the first, in groups of the depth
 * @param depth numbers in each sum
 * @param inner columns of the second, which is {@code [depth × inner]}
 * @param shape of the result
 */
public record Products(int outer, int depth, int inner, Shape shape) {
    /**
     * The product of values of these shapes.
     *
     * @return null if rows would meet other rows, or they do not fit
     */
    public static Products of(Shape first, Shape second) {
        if (!first.isKnown() || !second.isKnown() || first.rank() < 1 || second.rank() < 1) {
            return null;
        }
        boolean oneRowEach = first.rank() == 2 && second.rank() == 2 && first.rows() == 0 && second.rows() == 1
                && first.dim(0) == 1 && second.dim(1) == 1;
        int firstDims = first.rank() - (first.rows() == 0 ? 1 : 0);
        int secondDims = second.rank() - (second.rows() == 0 || oneRowEach ? 1 : 0);
        boolean each = second.rows() != 0 || first.rows() == Shape.ONE_ROW || firstDims == 2;
        if (first.rows() > 0 || second.rows() > 0 && !oneRowEach || firstDims > 2 || secondDims > 2 || firstDims < 1
                || secondDims < 1 || second.rows() == 0 && secondDims < 2 || !each) {
            return null;
        }
        long depth = first.dim(first.rank() - 1);
        long other = secondDims == 1 && !oneRowEach ? second.dim(second.rank() - 1) : second.dim(second.rank() - 2);
        if (depth != other) {
            return null;
        }
        long outer = firstDims == 2 ? first.dim(first.rank() - 2) : 1;
        long inner = secondDims == 2 ? second.dim(second.rank() - 1) : 1;
        List<Long> dims = new ArrayList<>();
        boolean rows = first.rows() == 0 || second.rows() == 0;
        if (rows) {
            dims.add(first.rows() == 0 ? first.dim(0) : second.dim(0));
        }
        if (firstDims == 2) {
            dims.add(outer);
        }
        if (secondDims == 2 || oneRowEach) {
            dims.add(inner);
        }
        return new Products((int) outer, (int) depth, (int) inner, rows ? new Shape(dims, 0) : Shape.ofOneRow(dims));
    }
}
