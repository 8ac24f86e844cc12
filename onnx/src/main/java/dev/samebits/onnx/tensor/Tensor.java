package dev.samebits.onnx.tensor;

import com.google.protobuf.ByteString;
import dev.samebits.Bfloat16;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A constant: its shape has been checked against the data that are there. Those of a file are decoded when they are asked
 * for; what the reader works out itself is held as an array.
 */
public final class Tensor {
    public static final int FLOAT = ElementType.FLOAT.number;
    public static final int BFLOAT16 = ElementType.BFLOAT16.number;
    public static final int BOOL = ElementType.BOOL.number;
    public static final int INT64 = ElementType.INT64.number;
    /** In shapes that were worked out: the number of rows, which nobody knows. No file gives it. */
    public static final long ROWS = Long.MIN_VALUE;

    private final String name;
    private final ElementType type;
    private final List<Long> dims;
    private final TensorProto proto;
    private final ByteString raw;
    /** {@code float[]} or {@code long[]} of a tensor that was worked out; else null. */
    private final Object values;
    /** Null where there is nothing to tell of how its numbers are taken. */
    private final Notes notes;

    private Tensor(String name, ElementType type, List<Long> dims, TensorProto proto, ByteString raw, Object values,
            Notes notes) {
        this.name = name;
        this.type = type;
        this.dims = List.copyOf(dims);
        this.proto = proto;
        this.raw = raw;
        this.values = values;
        this.notes = notes;
    }

    /**
     * A tensor out of a file, checked by {@link TensorReader}.
     *
     * @param raw its bytes, or null if they stand in lists
     */
    static Tensor of(String name, ElementType type, TensorProto proto, ByteString raw, Notes notes) {
        return new Tensor(name, type, proto.getDimsList(), proto, raw, null, notes);
    }

    /** Floats that the reader worked out; the array is not copied. */
    public static Tensor of(String name, List<Long> dims, float[] values) {
        return new Tensor(name, ElementType.FLOAT, dims, null, null, values, null);
    }

    /** Integers that the reader worked out; the array is not copied. */
    public static Tensor of(String name, List<Long> dims, long[] values) {
        return new Tensor(name, ElementType.INT64, dims, null, null, values, null);
    }

    /** Truths that the reader worked out, as 0 and 1; the array is not copied. */
    public static Tensor ofTruths(String name, List<Long> dims, long[] values) {
        return new Tensor(name, ElementType.BOOL, dims, null, null, values, null);
    }

    /** The same elements under another name, or in another shape of as many. */
    public Tensor as(String newName, List<Long> newDims) {
        return new Tensor(newName, type, newDims, proto, raw, values, notes);
    }

    /** As a Cast to float leaves numbers of two bytes: the same ones, and that rows meet them in float is no news then. */
    public Tensor widened(String newName) {
        return new Tensor(newName, type, dims, proto, raw, values, null);
    }

    /** As a Cast to a type of two bytes leaves numbers: each the nearest of that type. Takes memory for as many floats. */
    public Tensor rounded(String newName, ElementType to) throws Refusal {
        float[] rounded = floats();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = to.nearest(rounded[i]);
        }
        return new Tensor(newName, to, dims, null, null, rounded, null);
    }

    public String name() {
        return name;
    }

    public ElementType type() {
        return type;
    }

    public List<Long> dims() {
        return dims;
    }

    /** Elements: at most those of a Java array. */
    public int elements() {
        return (int) dims.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    public boolean isReal() {
        return type.isReal();
    }

    /** Whether it is of truths. */
    public boolean isTruth() {
        return type == ElementType.BOOL;
    }

    /** Whether it is one number, in whatever shape. */
    public boolean isScalar() {
        return isReal() && elements() == 1;
    }

    /** Whether its one number is the one nearest to this, among those of its type or, widened later, of float. */
    public boolean isNearest(double number) throws Refusal {
        return Float.compare(scalar(), type.nearest(number)) == 0;
    }

    /**
     * The elements as floats: float bit for bit, half precision exactly, double rounded; which is noted.
     *
     * @throws Refusal if a double is beyond the largest float
     */
    public float[] floats() throws Refusal {
        if (values instanceof float[] floats) {
            return floats.clone();
        }
        if (type != ElementType.FLOAT && notes != null) {
            notes.add(type == ElementType.DOUBLE
                    ? "weights of type double are rounded to float, and rows are computed in float"
                    : "weights of type " + type.label + " are taken exactly, and rows are computed in float");
        }
        float[] floats = new float[elements()];
        if (raw != null) {
            ByteBuffer bytes = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            if (type == ElementType.FLOAT) {
                bytes.asFloatBuffer().get(floats);
                return floats;
            }
            for (int i = 0; i < floats.length; i++) {
                floats[i] = switch (type) {
                    case DOUBLE -> rounded(bytes.getDouble());
                    case FLOAT16 -> ElementType.halfToFloat(bytes.getShort());
                    default -> Bfloat16.value(bytes.getShort());
                };
            }
            return floats;
        }
        for (int i = 0; i < floats.length; i++) {
            floats[i] = switch (type) {
                case FLOAT -> proto.getFloatData(i);
                case DOUBLE -> rounded(proto.getDoubleData(i));
                case FLOAT16 -> ElementType.halfToFloat((short) proto.getInt32Data(i));
                default -> Bfloat16.value((short) proto.getInt32Data(i));
            };
        }
        return floats;
    }

    private float rounded(double value) throws Refusal {
        float rounded = (float) value;
        if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
            throw refused("it holds " + value + ", which is beyond the largest float");
        }
        return rounded;
    }

    /** The one element of a scalar. */
    public float scalar() throws Refusal {
        return floats()[0];
    }

    /** The elements of a tensor of integers, or of truth values as 0 and 1. */
    public long[] longs() {
        if (values instanceof long[] longs) {
            return longs.clone();
        }
        long[] longs = new long[elements()];
        ByteBuffer bytes = raw == null ? null : raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < longs.length; i++) {
            longs[i] = switch (type) {
                case INT64 -> Math.max(bytes == null ? proto.getInt64Data(i) : bytes.getLong(), ROWS + 1);
                case BOOL, INT8 -> bytes == null ? proto.getInt32Data(i) : bytes.get();
                case UINT8 -> bytes == null ? proto.getInt32Data(i) : Byte.toUnsignedInt(bytes.get());
                default -> bytes == null ? proto.getInt32Data(i) : bytes.getInt();
            };
        }
        return longs;
    }

    /** The elements as text: that of a file on one line, and numbers as Java writes them. */
    public List<String> texts() throws Refusal {
        List<String> texts = new ArrayList<>();
        if (type == ElementType.STRING) {
            for (ByteString text : proto.getStringDataList()) {
                if (!text.isValidUtf8()) {
                    throw refused("one of its texts is not UTF-8");
                }
                texts.add(text.toStringUtf8());
            }
        } else if (type.isInteger()) {
            for (long number : longs()) {
                texts.add(Long.toString(number));
            }
        } else {
            throw refused("its type is " + type.label + ", and the names of classes are read as text or integers");
        }
        return texts;
    }

    /** {@code [rows × columns]} as {@code [columns × rows]}; the array itself if that is the same. */
    public static float[] transposed(float[] from, int rows, int columns) {
        if (rows == 1 || columns == 1) {
            return from;
        }
        float[] to = new float[from.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                to[c * rows + r] = from[r * columns + c];
            }
        }
        return to;
    }

    public Refusal refused(String what) {
        return new Refusal(where(name), what);
    }

    public static String where(String name) {
        return "initializer " + Refusal.quote(name);
    }
}
