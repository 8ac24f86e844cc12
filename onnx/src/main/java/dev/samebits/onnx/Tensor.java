package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.onnx.proto.TensorProto;
import java.nio.ByteOrder;
import java.util.List;

/** An initializer whose shape has been checked against the bytes that are there. Decoded when it is asked for. */
final class Tensor {
    static final int FLOAT = 1;
    static final int INT64 = 7;
    private static final int EXTERNAL = 1;
    private static final List<String> TYPES = List.of("undefined", "float", "uint8", "int8", "uint16", "int16", "int32",
            "int64", "string", "bool", "float16", "double", "uint32", "uint64", "complex64", "complex128", "bfloat16");

    private final TensorProto proto;

    private Tensor(TensorProto proto) {
        this.proto = proto;
    }

    /**
     * Checks a tensor.
     *
     * @throws OnnxFormatException if its data are elsewhere, of another type, or not as many as its dimensions say
     */
    static Tensor of(TensorProto proto) throws OnnxFormatException {
        Tensor tensor = new Tensor(proto);
        if (proto.getDataLocation() == EXTERNAL || proto.getExternalDataCount() > 0) {
            throw tensor.refused("external data is not read yet: save the model as one file");
        }
        if (proto.getDataLocation() != 0 || proto.hasSegment()) {
            throw tensor.refused("data in segments or at a location of an unknown kind are not read");
        }
        if (proto.getDataType() != FLOAT && proto.getDataType() != INT64) {
            throw tensor.refused("its type is " + typeName(proto.getDataType())
                    + ", and only float and int64 are read: export the model in single precision");
        }
        tensor.checkElements();
        return tensor;
    }

    /** The name of an ONNX data type. */
    static String typeName(int type) {
        return type >= 0 && type < TYPES.size() ? TYPES.get(type) : "number " + type;
    }

    private void checkElements() throws OnnxFormatException {
        if (proto.getDimsCount() > Limits.RANK) {
            throw refused("it has " + proto.getDimsCount() + " dimensions, more than " + Limits.RANK);
        }
        long elements = 1;
        for (long dim : proto.getDimsList()) {
            if (dim < 0) {
                throw refused("its shape " + dims() + " has a negative dimension");
            }
            try {
                elements = Math.multiplyExact(elements, dim);
            } catch (ArithmeticException e) {
                throw new OnnxFormatException(where(), "its shape " + dims() + " has more than 2⁶³ elements", e);
            }
        }
        if (elements > Limits.ELEMENTS) {
            throw refused("its shape " + dims() + " has " + elements + " elements, more than a Java array holds");
        }
        int size = isFloat() ? Float.BYTES : Long.BYTES;
        int listed = isFloat() ? proto.getFloatDataCount() : proto.getInt64DataCount();
        if (proto.getFloatDataCount() + (long) proto.getInt64DataCount() != listed) {
            throw refused("it has data of two types");
        }
        if (proto.hasRawData() && listed > 0) {
            throw refused("it has its data twice, raw and as a list");
        }
        long present = proto.hasRawData() ? proto.getRawData().size() : (long) listed * size;
        if (present != elements * size) {
            throw refused("its shape " + dims() + " needs " + elements * size + " bytes, but " + present
                    + " are there: the file is damaged or incomplete");
        }
    }

    String name() {
        return proto.getName();
    }

    List<Long> dims() {
        return proto.getDimsList();
    }

    boolean isFloat() {
        return proto.getDataType() == FLOAT;
    }

    /** Whether it is one float, with at most one dimension, so that it broadcasts without changing a rank. */
    boolean isScalar() {
        return isFloat() && dims().size() <= 1 && (dims().isEmpty() || dims().get(0) == 1);
    }

    /** Whether it holds floats in this many dimensions. */
    boolean isFloat(int rank) {
        return isFloat() && dims().size() == rank;
    }

    /** The elements of a float tensor, bit for bit. */
    float[] floats() {
        if (!proto.hasRawData()) {
            float[] values = new float[proto.getFloatDataCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = proto.getFloatData(i);
            }
            return values;
        }
        ByteString raw = proto.getRawData();
        float[] values = new float[raw.size() / Float.BYTES];
        raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** The one element of a scalar. */
    float scalar() {
        return floats()[0];
    }

    /** The elements of an int64 tensor. */
    long[] longs() {
        if (!proto.hasRawData()) {
            return proto.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        ByteString raw = proto.getRawData();
        long[] values = new long[raw.size() / Long.BYTES];
        raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
        return values;
    }

    OnnxFormatException refused(String what) {
        return new OnnxFormatException(where(), what);
    }

    private String where() {
        return "initializer " + OnnxFormatException.quote(name());
    }
}
