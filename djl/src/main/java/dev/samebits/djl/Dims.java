package dev.samebits.djl;

import ai.djl.ndarray.types.LayoutType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Shapes made of shapes. */
final class Dims {
    // Of as many dimensions as the index says.
    private static final LayoutType[][] UNKNOWN = new LayoutType[8][];

    static {
        for (int n = 0; n < UNKNOWN.length; n++) {
            UNKNOWN[n] = new LayoutType[n];
            Arrays.fill(UNKNOWN[n], LayoutType.UNKNOWN);
        }
    }

    private Dims() {}

    /** A shape of these dimensions. DJL's own way to it makes much garbage for layouts that nobody asks for. */
    static Shape shape(long... dims) {
        return dims.length < UNKNOWN.length ? new Shape(dims, UNKNOWN[dims.length]) : new Shape(dims);
    }

    /** The elements of the dimensions from one to the one before another, of a shape that exists. */
    static int product(long[] dims, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product *= (int) dims[d];
        }
        return product;
    }

    /**
     * An axis that may be counted from the end.
     *
     * @throws IllegalArgumentException if there is none such
     */
    static int axis(Shape shape, int axis) {
        return axis(axis, shape.dimension(), shape);
    }

    private static int axis(int axis, int dimensions, Shape shape) {
        if (axis < -dimensions || axis >= dimensions) {
            throw new IllegalArgumentException("the shape " + shape + " has no axis " + axis + " here: give "
                    + -dimensions + " to " + (dimensions - 1));
        }
        return axis < 0 ? axis + dimensions : axis;
    }

    /** The wanted shape, of which one dimension may be left to be found: −1. */
    static long[] reshaped(Shape shape, Shape wanted) {
        long[] dims = wanted.getShape().clone();
        int open = -1;
        for (int d = 0; d < dims.length; d++) {
            if (dims[d] < 0) {
                if (open >= 0) {
                    throw new IllegalArgumentException("reshape: " + wanted + " leaves two dimensions open: leave one");
                }
                open = d;
                dims[d] = 1;
            }
        }
        long size = shape.size();
        int known = Lent.size(dims);
        if (open >= 0 && known > 0) {
            dims[open] = size / known;
        }
        if (open >= 0 ? known == 0 || size % known != 0 : size != known) {
            throw new IllegalArgumentException("reshape: " + shape + " has " + size + " elements, which do not fill "
                    + wanted + ": give a shape of as many");
        }
        return dims;
    }

    /** Where the second part and each later one begins, of so many equal parts of an axis. */
    static long[] starts(long length, long parts) {
        if (parts < 1 || length % parts != 0) {
            throw new IllegalArgumentException("split: an axis of " + length + " cannot be cut into " + parts
                    + " equal parts: give a number that divides it");
        }
        long[] starts = new long[Math.toIntExact(parts - 1)];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = (i + 1) * (length / parts);
        }
        return starts;
    }

    /** With one more dimension, before this axis or behind the last. */
    static long[] inserted(Shape shape, int axis, long dim) {
        long[] before = shape.getShape();
        int at = axis(axis, before.length + 1, shape);
        long[] dims = Arrays.copyOf(before, before.length + 1);
        System.arraycopy(before, at, dims, at + 1, before.length - at);
        dims[at] = dim;
        return dims;
    }

    /** Without these axes, each of which must have the length 1. */
    static long[] without(Shape shape, int[] axes) {
        boolean[] out = new boolean[shape.dimension()];
        for (int axis : axes) {
            int d = axis(shape, axis);
            if (shape.get(d) != 1) {
                throw new IllegalArgumentException("squeeze: axis " + axis + " of " + shape + " is not of length 1");
            }
            out[d] = true;
        }
        long[] dims = new long[out.length];
        int n = 0;
        for (int d = 0; d < out.length; d++) {
            if (!out[d]) {
                dims[n++] = shape.get(d);
            }
        }
        return Arrays.copyOf(dims, n);
    }
}
