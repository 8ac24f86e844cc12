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
                throw new IllegalArgumentException("get: axis " + d + " of " + shape + " has no " + slice.getMin()[d] + " to "
                        + (slice.getMax()[d] - 1) + " by " + slice.getStep()[d] + ": give places within it");
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
        int width = (int) shape.slice(axis + 1).size();
        int step = (int) slice.getStep()[axis];
        int first = start + (int) slice.getMin()[axis] * width;
        int count = (int) slice.getShape().get(axis);
        int block = (int) slice.getShape().slice(axis + 1).size();
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
    static PlainArray concat(String call, List<PlainArray> arrays, int axis) {
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
                throw new IllegalArgumentException(call + ": " + array.getDataType() + " " + array.getShape()
                        + " does not go with " + first.getDataType() + " " + first.getShape()
                        + ": give arrays of one type and shape");
            }
            dims[along] += array.getShape().get(along);
        }
        Shape shape = new Shape(dims);
        Elements all = first.elements().make(Lent.size(shape));
        long outer = shape.slice(0, along).size();
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (PlainArray array : arrays) {
                int block = (int) array.getShape().slice(along).size();
                array.elements().copy(o * block, all, at, block);
                at += block;
            }
        }
        return first.with(shape, first.getDataType(), all);
    }
}
