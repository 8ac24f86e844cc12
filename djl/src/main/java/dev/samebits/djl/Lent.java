package dev.samebits.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Elements from a caller's buffer: direct memory stays where it is, anything else is copied. */
final class Lent {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final Map<DataType, Class<? extends Buffer>> BUFFERS = new EnumMap<>(Map.of(
            DataType.FLOAT32, FloatBuffer.class, DataType.FLOAT64, DoubleBuffer.class,
            DataType.INT32, IntBuffer.class, DataType.UINT32, IntBuffer.class,
            DataType.INT64, LongBuffer.class, DataType.UINT64, LongBuffer.class));

    static {
        for (DataType type : new DataType[] {DataType.INT16, DataType.UINT16, DataType.FLOAT16, DataType.BFLOAT16}) {
            BUFFERS.put(type, ShortBuffer.class);
        }
        for (DataType type : new DataType[] {DataType.INT8, DataType.UINT8, DataType.BOOLEAN}) {
            BUFFERS.put(type, ByteBuffer.class);
        }
    }

    private Lent() {}

    /**
     * The elements that an array of this shape has.
     *
     * @throws IllegalArgumentException if they are unknown, or more than a Java array holds
     */
    static int size(Shape shape) {
        return size(shape.getShape());
    }

    static int size(long... dims) {
        long size = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("the shape " + Arrays.toString(dims)
                        + " has a dimension that is not known: give its size");
            }
            // Two ints at most, so that nothing overflows.
            size *= Math.min(dim, LONGEST_ARRAY + 1L);
            if (size > LONGEST_ARRAY) {
                throw new IllegalArgumentException("the shape " + Arrays.toString(dims)
                        + " has more elements than a Java array holds, " + LONGEST_ARRAY + ": split its rows");
            }
        }
        return (int) size;
    }

    /** New elements of a type, all 0. */
    static Elements zeros(int size, DataType type) {
        check(type);
        return type == DataType.FLOAT32 ? FloatElements.of(new float[size]) : ByteElements.zeros(size, type.getNumOfBytes());
    }

    private static void check(DataType type) {
        if (!BUFFERS.containsKey(type)) {
            throw Unsupported.toDjl("an NDArray of " + type, "give numbers, such as " + DataType.FLOAT32);
        }
    }

    /**
     * The elements from a buffer's position to its limit, which stay as they are.
     *
     * @param data of the type; or bytes, in the machine's order unless the buffer says little-endian
     * @throws IllegalArgumentException if they are of another type, or not as many
     */
    static Elements of(Buffer data, int size, DataType type) {
        check(type);
        boolean bytes = data instanceof ByteBuffer;
        if (!bytes && !BUFFERS.get(type).isInstance(data)) {
            throw new IllegalArgumentException("an NDArray of " + type + " cannot be made of a "
                    + DataType.fromBuffer(data) + " buffer: give the type of its elements");
        }
        long wanted = bytes ? (long) size * type.getNumOfBytes() : size;
        if (data.remaining() != wanted) {
            throw new IllegalArgumentException("an NDArray of " + size + " elements of " + type + " needs " + wanted
                    + (bytes ? " bytes" : " elements") + ", but from position to limit the buffer has " + data.remaining());
        }
        if (type == DataType.FLOAT32) {
            return floats(data instanceof ByteBuffer raw ? ordered(raw).asFloatBuffer() : ((FloatBuffer) data).slice());
        }
        if (data instanceof ByteBuffer raw) {
            ByteBuffer mine = ordered(raw);
            if (mine.isDirect() && mine.order() == ByteOrder.nativeOrder()) {
                return new ByteElements(mine, type.getNumOfBytes());
            }
            return copy(switch (type.getNumOfBytes()) {
                case 2 -> mine.asShortBuffer();
                case 4 -> mine.asIntBuffer();
                case 8 -> mine.asLongBuffer();
                default -> mine;
            }, size, type);
        }
        return copy(data, size, type);
    }

    private static FloatElements floats(FloatBuffer data) {
        if (data.isDirect() && data.order() == ByteOrder.nativeOrder()) {
            return new FloatElements(data);
        }
        float[] values = new float[data.remaining()];
        data.get(values);
        return FloatElements.of(values);
    }

    // Nobody's bytes are little-endian by default, but every new ByteBuffer says that it is big-endian.
    private static ByteBuffer ordered(ByteBuffer raw) {
        return raw.slice().order(raw.order() == ByteOrder.LITTLE_ENDIAN ? raw.order() : ByteOrder.nativeOrder());
    }

    private static ByteElements copy(Buffer data, int size, DataType type) {
        ByteElements copy = ByteElements.zeros(size, type.getNumOfBytes());
        if (data instanceof DoubleBuffer doubles) {
            copy.buffer().asDoubleBuffer().put(doubles.duplicate());
        } else if (data instanceof IntBuffer ints) {
            copy.buffer().asIntBuffer().put(ints.duplicate());
        } else if (data instanceof LongBuffer longs) {
            copy.buffer().asLongBuffer().put(longs.duplicate());
        } else if (data instanceof ShortBuffer shorts) {
            copy.buffer().asShortBuffer().put(shorts.duplicate());
        } else {
            copy.buffer().duplicate().put(((ByteBuffer) data).duplicate());
        }
        return copy;
    }

    /**
     * A copy of rows, one behind the other.
     *
     * @throws IllegalArgumentException if one has not so many columns
     */
    static FloatElements rows(float[][] rows, int columns) {
        float[] values = new float[size(rows.length, columns)];
        for (int n = 0; n < rows.length; n++) {
            if (rows[n].length != columns) {
                throw new IllegalArgumentException("row " + n + " has " + rows[n].length + " elements, but row 0 has "
                        + columns + ": give rows of one length");
            }
            System.arraycopy(rows[n], 0, values, n * columns, columns);
        }
        return FloatElements.of(values);
    }

    /** The elements of another engine's array, as it hands them out. */
    static Elements of(NDArray foreign) {
        return of(foreign.toByteBuffer(true), size(foreign.getShape()), foreign.getDataType());
    }
}
