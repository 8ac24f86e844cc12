package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.index.full.NDIndexFullSlice;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers with a shape. Arrays of another shape, and parts along the first axis, are views of the same memory; everything
 * else copies. It lives as long as its manager is open, and need not be closed. As thread-safe as a Java array.
 */
final class PlainArray extends RefusingArray {
    private final Elements elements;
    private boolean temporary;

    PlainArray(NDManager manager, Shape shape, DataType type, Elements elements) {
        super(manager, shape, type);
        this.elements = elements;
    }

    Elements elements() {
        checkOpen();
        return elements;
    }

    private void checkOpen() {
        if (isReleased()) {
            throw new IllegalStateException("this NDArray was closed, or its " + manager
                    + ": read it before that, or attach it to another manager");
        }
    }

    @Override
    public boolean isReleased() {
        return isClosed || !manager.isOpen();
    }

    @Override
    public DataType getDataType() {
        checkOpen();
        return dataType;
    }

    @Override
    public Shape getShape() {
        checkOpen();
        return shape;
    }

    @Override
    public String getUid() {
        if (uid == null) {
            uid = NDManager.nextUid();
        }
        return uid;
    }

    /** To any engine's manager, whose end is this array's end. */
    @Override
    public void attach(NDManager other) {
        if (temporary) {
            manager.detachInternal(getUid());
            temporary = false;
        }
        manager = other;
    }

    @Override
    public void tempAttach(NDManager other) {
        NDManager original = manager;
        attach(other);
        other.tempAttachInternal(original, getUid(), this);
        temporary = true;
    }

    @Override
    public void detach() {
        attach(PlainManager.system());
    }

    @Override
    public void close() {
        detach();
        isClosed = true;
    }

    @Override
    public float[] toFloatArray() {
        return elements() instanceof FloatElements floats ? floats.toArray() : super.toFloatArray();
    }

    @Override
    public String[] toStringArray(@Nullable Charset charset) {
        if (elements() instanceof ClassElements classes && dataType == DataType.STRING) {
            return classes.texts();
        }
        throw Unsupported.array();
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        return elements().bytes();
    }

    @Override
    public void set(Buffer data) {
        if (elements() instanceof ClassElements) {
            throw Unsupported.array();
        }
        Lent.of(data, elements.size(), dataType).copy(0, elements, 0, elements.size());
    }

    @Override
    public boolean contentEquals(NDArray other) {
        if (other.getDataType() != getDataType() || !other.getShape().equals(shape)) {
            return false;
        }
        if (elements instanceof ClassElements mine) {
            return other instanceof PlainArray plain && plain.elements instanceof ClassElements theirs
                    ? mine.numbers().equals(theirs.numbers()) && mine.output().classes().equals(theirs.output().classes())
                    : dataType != DataType.STRING && super.contentEquals(other);
        }
        return super.contentEquals(other);
    }

    @Override
    public String toString() {
        return !isReleased() && elements instanceof ClassElements classes ? name + ": " + shape + " " + classes
                : super.toString();
    }

    /** Like this one, with other elements. */
    PlainArray with(Shape other, DataType type, Elements others) {
        checkOpen();
        return new PlainArray(manager, other, type, others);
    }

    @Override
    public NDArray duplicate() {
        Elements copy = elements().make(elements.size());
        elements.copy(0, copy, 0, elements.size());
        PlainArray duplicate = with(shape, dataType, copy);
        duplicate.setName(name);
        return duplicate;
    }

    @Override
    public NDArray toType(DataType type, boolean copy) {
        if (type == getDataType()) {
            return copy ? duplicate() : this;
        }
        PlainArray converted = with(shape, type, Conversion.to(type, this));
        converted.setName(name);
        return converted;
    }

    private PlainArray view(long... dims) {
        return with(Dims.shape(dims), dataType, elements());
    }

    @Override
    public NDArray reshape(Shape wanted) {
        return view(Dims.reshaped(getShape(), wanted));
    }

    @Override
    public NDArray flatten() {
        return view(elements().size());
    }

    @Override
    public NDArray expandDims(int axis) {
        return view(Dims.inserted(getShape(), axis, 1));
    }

    @Override
    public NDArray squeeze(int[] axes) {
        return view(Dims.without(getShape(), axes));
    }

    @Override
    public NDList split(long sections, int axis) {
        return split(Dims.starts(getShape().get(Dims.axis(shape, axis)), sections), axis);
    }

    @Override
    public NDList split(long[] starts, int axis) {
        if (Dims.axis(getShape(), axis) != 0) {
            throw Unsupported.array();
        }
        NDList parts = new NDList(starts.length + 1);
        long length = shape.get(0);
        int width = length == 0 ? 0 : elements.size() / (int) length;
        long from = 0;
        for (int i = 0; i <= starts.length; i++) {
            long to = i < starts.length ? starts[i] : length;
            if (to < from || to > length) {
                throw new IllegalArgumentException("split: part " + i + " would go from " + from + " to " + to
                        + " of " + length + ": give places that ascend");
            }
            long[] dims = shape.getShape().clone();
            dims[0] = to - from;
            parts.add(with(Dims.shape(dims), dataType, elements.view((int) from * width, (int) (to - from) * width)));
            from = to;
        }
        return parts;
    }

    @Override
    public NDArray get(NDIndex index) {
        return get(manager, index);
    }

    /** A copy of what slices and fixed places pick. */
    @Override
    public NDArray get(NDManager other, NDIndex index) {
        Optional<NDIndexFullSlice> slice = NDIndexFullSlice.fromIndex(index, getShape());
        if (slice.isEmpty()) {
            throw Unsupported.array();
        }
        PlainArray picked = with(slice.get().getSqueezedShape(), dataType, Moves.pick(elements, shape, slice.get()));
        picked.attach(other);
        return picked;
    }

    @Override
    public NDArray softmax(int axis) {
        return Conversion.softmax(this, axis, false);
    }

    @Override
    public NDArray logSoftmax(int axis) {
        return Conversion.softmax(this, axis, true);
    }

    @Override
    public NDArrayEx getNDArrayInternal() {
        return ArrayExtras.of(this);
    }
}
