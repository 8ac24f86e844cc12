package dev.samebits.djl;

import ai.djl.ndarray.index.full.NDIndexFullSlice;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Elements moved to other places. */
final class Moves {
    private Moves() {}

    /**
     * A copy of the elements of a slice.
     *
     * @throws IllegalArgumentException if it leaves the array, or steps backwards
     */
    static Elements pick(Elements from, Shape shape, NDIndexFullSlice slice) {
        int dimensions = shape.dimension();
        for (int d = 0; d < dimensions; d++) {
            if (slice.getMin()[d] > slice.getMax()[d] || slice.getMax()[d] > shape.get(d) || slice.getStep()[d] < 1) {
                throw new IllegalArgumentException("get: axis " + d + " of " + shape + " has no " + slice.getMin()[d]
                        + " to " + (slice.getMax()[d] - 1) + " by " + slice.getStep()[d] + ": give places within it");
            }
        }
        Elements to = from.make(Lent.size(slice.getShape()));
        if (to.size() > 0) {
            pick(from, 0, shape, slice, 0, to, 0);
        }
        return to;
    }

    private static void pick(
            Elements from, int start, Shape shape, NDIndexFullSlice slice, int axis, Elements to, int at) {
        if (axis == shape.dimension()) {
            from.copy(start, to, at, 1);
            return;
        }
        int width = Dims.product(shape.getShape(), axis + 1, shape.dimension());
        int step = (int) slice.getStep()[axis];
        int first = start + (int) slice.getMin()[axis] * width;
        int count = (int) slice.getShape().get(axis);
        int block = Dims.product(slice.getShape().getShape(), axis + 1, shape.dimension());
        if (block == width && step == 1) {
            from.copy(first, to, at, count * width);
            return;
        }
        for (int i = 0; i < count; i++) {
            pick(from, first + i * step * width, shape, slice, axis + 1, to, at + i * block);
        }
    }

    /**
     * Arrays one behind the other along an axis.
     *
     * @throws IllegalArgumentException if they differ in type, or in shape along another axis
     */
    static PlainArray concat(List<PlainArray> arrays, int axis) {
        PlainArray first = arrays.get(0);
        int along = Dims.axis(first.getShape(), axis);
        long[] dims = first.getShape().getShape().clone();
        dims[along] = 0;
        for (PlainArray array : arrays) {
            boolean fits = array.getDataType() == first.getDataType() && array.getShape().dimension() == dims.length;
            for (int d = 0; fits && d < dims.length; d++) {
                fits = d == along || array.getShape().get(d) == dims[d];
            }
            if (!fits) {
                throw unlike("concat", array, first);
            }
            dims[along] += array.getShape().get(along);
        }
        Elements all = first.elements().make(Lent.size(dims));
        interleave(arrays, Dims.product(dims, 0, along), all);
        return first.with(Dims.shape(dims), first.getDataType(), all);
    }

    /**
     * Arrays side by side along a new axis.
     *
     * @throws IllegalArgumentException if they differ in type or shape
     */
    static PlainArray stack(List<PlainArray> arrays, int axis) {
        PlainArray first = arrays.get(0);
        for (PlainArray array : arrays) {
            if (array.getDataType() != first.getDataType() || !array.getShape().equals(first.getShape())) {
                throw unlike("stack", array, first);
            }
        }
        long[] dims = Dims.inserted(first.getShape(), axis, arrays.size());
        Elements all = first.elements().make(Lent.size(dims));
        interleave(arrays, Dims.product(dims, 0, axis < 0 ? axis + dims.length : axis), all);
        return first.with(Dims.shape(dims), first.getDataType(), all);
    }

    // From each array in turn its share of the first of so many parts, then of the second, and so on.
    private static void interleave(List<PlainArray> arrays, int parts, Elements all) {
        int at = 0;
        for (int part = 0; part < parts; part++) {
            for (PlainArray array : arrays) {
                int share = array.elements().size() / parts;
                array.elements().copy(part * share, all, at, share);
                at += share;
            }
        }
    }

    private static IllegalArgumentException unlike(String call, PlainArray array, PlainArray first) {
        return new IllegalArgumentException(call + ": " + array.getDataType() + " " + array.getShape()
                + " does not go with " + first.getDataType() + " " + first.getShape()
                + ": give arrays of one type and shape");
    }
}
