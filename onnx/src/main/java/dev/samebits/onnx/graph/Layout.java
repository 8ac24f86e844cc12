package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the numbers of a row stand: its columns are those of all dimensions but that of the rows, the last running fastest.
 * What moves numbers within a row is told by a list: for each column of the result, which column of the row it is.
 */
public final class Layout {
    private Layout() {}

    /**
     * Takes some places of each dimension, in an order of dimensions.
     *
     * @param shape of the row, known
     * @param order dimensions of it, each but that of the rows once
     * @param picks for each dimension of the shape the places that are taken, in order; null for all of them
     * @return for each column of the result, which column it is
     * @throws Refusal if they are more than a row has
     */
    public static int[] columns(Graph graph, Shape shape, List<Integer> order, List<long[]> picks) throws Refusal {
        long[] strides = strides(shape);
        List<long[]> steps = new ArrayList<>();
        long columns = 1;
        for (int d : order) {
            long[] places = picks.get(d);
            long length = places == null ? shape.dim(d) : places.length;
            columns = Math.min(columns * length, Limits.ELEMENTS);
            check(columns);
            long[] offsets = new long[(int) length];
            for (int i = 0; i < length; i++) {
                offsets[i] = (places == null ? i : places[i]) * strides[d];
            }
            steps.add(offsets);
        }
        graph.budget().take(Integer.BYTES * columns);
        int[] result = new int[(int) columns];
        int filled = 1;
        // From the first dimension on: each place of the next stands in for one before.
        for (long[] offsets : steps) {
            for (int i = filled - 1; i >= 0; i--) {
                int base = result[i];
                for (int k = offsets.length - 1; k >= 0; k--) {
                    result[i * offsets.length + k] = base + (int) offsets[k];
                }
            }
            filled *= offsets.length;
        }
        return result;
    }

    /** The dimensions of a shape but that of the rows, in order. */
    public static List<Integer> dimensions(Shape shape) {
        List<Integer> dims = new ArrayList<>();
        for (int d = 0; d < shape.rank(); d++) {
            if (d != shape.rows()) {
                dims.add(d);
            }
        }
        return dims;
    }

    /** Nothing but all of each dimension. */
    public static List<long[]> all(Shape shape) {
        List<long[]> picks = new ArrayList<>();
        for (int d = 0; d < shape.rank(); d++) {
            picks.add(null);
        }
        return picks;
    }

    /**
     * Spreads a row over a larger one by ONNX's rules.
     *
     * @param from the shape of the row, which fits
     * @param to the shape that it becomes, known
     * @return for each column of the result, which column it is; null if nothing changes
     * @throws Refusal if they are more than a row has
     */
    public static int[] spread(Graph graph, Shape from, Shape to) throws Refusal {
        if (from.columns() == to.columns()) {
            return null;
        }
        List<long[]> picks = new ArrayList<>();
        List<Long> dims = new ArrayList<>();
        for (int d = 0; d < to.rank(); d++) {
            int own = d - to.rank() + from.rank();
            long length = own < 0 || d == to.rows() ? 1 : from.dim(own);
            dims.add(length);
            picks.add(length == 1 && d != to.rows() && to.dim(d) != 1 ? zeros(to.dim(d)) : null);
        }
        return columns(graph, new Shape(dims, to.rows()), dimensions(to), picks);
    }

    private static long[] zeros(long length) throws Refusal {
        check(length);
        return new long[(int) length];
    }

    private static void check(long columns) throws Refusal {
        if (columns < 1 || columns > Limits.COLUMNS) {
            throw Graph.refused("a row would have " + columns + " columns in it, and 1 to " + Limits.COLUMNS
                    + " are read: export another model");
        }
    }

    private static long[] strides(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        for (int d = shape.rank() - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= d == shape.rows() ? 1 : shape.dim(d);
        }
        return strides;
    }
}
