package dev.samebits.onnx.write;

import com.google.protobuf.UnsafeByteOperations;
import dev.samebits.Bfloat16;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.TensorShapeProto;
import dev.samebits.onnx.proto.TypeProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a graph together, operator by operator: names the values, and turns floats into bytes. Names begin with the
 * step's, as in {@code layer2.Gemm}. Not thread-safe.
 */
final class GraphWriter {
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    private final Map<String, Integer> uses = new HashMap<>();
    private final boolean parameters;
    private String prefix = "";
    private NodeProto.Builder last;

    /**
     * An empty graph.
     *
     * @param parameters whether constants that are parameters get their numbers, too, or their names and shapes alone
     */
    GraphWriter(boolean parameters) {
        this.parameters = parameters;
    }

    /** What the names from here on begin with. */
    void prefix(String name) {
        prefix = name + ".";
    }

    /** An operator of the values of these names; gives the name of its one output. */
    String operator(String type, String... inputs) {
        // The second Mul of a layer is Mul2.
        int use = uses.merge(prefix + type, 1, Integer::sum);
        String name = prefix + type + (use == 1 ? "" : use);
        last = graph.addNodeBuilder().setOpType(type).setName(name).addAllInput(List.of(inputs)).addOutput(name + ".output");
        return last.getOutput(0);
    }

    /** Gives the latest operator an attribute. */
    GraphWriter with(String name, float value) {
        return with(AttributeProto.newBuilder().setName(name).setType(ATTRIBUTE_FLOAT).setF(value));
    }

    /** Gives the latest operator an attribute. */
    GraphWriter with(String name, long value) {
        return with(AttributeProto.newBuilder().setName(name).setType(ATTRIBUTE_INT).setI(value));
    }

    /** Gives the latest operator an attribute that is a list of one. */
    GraphWriter withList(String name, long value) {
        return with(AttributeProto.newBuilder().setName(name).setType(ATTRIBUTE_INTS).addInts(value));
    }

    private GraphWriter with(AttributeProto.Builder attribute) {
        last.addAttribute(attribute);
        return this;
    }

    /** Gives what the latest operator makes a name that others know it by. */
    String named(String name) {
        last.setOutput(0, name);
        return name;
    }

    /** A number of a matrix of parameters. */
    interface Numbers {
        float at(int row, int column);
    }

    /** A matrix of parameters as a constant of floats, or where two bytes hold each of them of bfloat16; gives its name. */
    String matrix(String name, int rows, int columns, boolean bfloat16, Numbers numbers) {
        int type = bfloat16 ? Tensor.BFLOAT16 : Tensor.FLOAT;
        if (!parameters) {
            return constant(name, type, null, rows, columns);
        }
        ByteBuffer bytes = buffer(rows * columns * (bfloat16 ? Short.BYTES : Float.BYTES));
        // One by one: large weights are in memory as the layer and as bytes, and not a third time.
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (bfloat16) {
                    bytes.putShort(Bfloat16.bits(numbers.at(row, column)));
                } else {
                    put(bytes, numbers.at(row, column));
                }
            }
        }
        return constant(name, type, bytes.rewind(), rows, columns);
    }

    /** Parameters as a constant; gives its name. */
    String vector(String name, float[] values) {
        return parameters ? floats(name, values, values.length) : constant(name, Tensor.FLOAT, null, values.length);
    }

    /** A constant without dimensions; gives its name. */
    String scalar(String name, float value) {
        return floats(name, new float[] {value});
    }

    /** A constant; gives its name. */
    String integers(String name, long... values) {
        ByteBuffer bytes = buffer(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return constant(name, Tensor.INT64, bytes, values.length);
    }

    private String floats(String name, float[] values, long... dims) {
        ByteBuffer bytes = buffer(values.length * Float.BYTES);
        for (float value : values) {
            put(bytes, value);
        }
        return constant(name, Tensor.FLOAT, bytes.rewind(), dims);
    }

    private static void put(ByteBuffer bytes, float value) {
        // All NaNs are equal here, so they are written alike: the same network gives the same file.
        bytes.putInt(Float.floatToIntBits(value));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String constant(String name, int type, @Nullable ByteBuffer bytes, long... dims) {
        TensorProto.Builder tensor = graph.addInitializerBuilder().setName(prefix + name).setDataType(type);
        if (bytes != null) {
            tensor.setRawData(UnsafeByteOperations.unsafeWrap(bytes));
        }
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return prefix + name;
    }

    /** The name of what the latest operator makes. */
    String latest() {
        return last.getOutput(0);
    }

    int nodes() {
        return graph.getNodeCount();
    }

    /** Adds an input of the graph. */
    void input(String name, int type, int columns) {
        graph.addInput(value(name, type, columns));
    }

    /** Adds an output of the graph. */
    void output(String name, int columns) {
        graph.addOutput(value(name, Tensor.FLOAT, columns));
    }

    GraphProto build() {
        return graph.build();
    }

    private static ValueInfoProto value(String name, int type, int columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(columns);
        TypeProto.TensorType.Builder tensor = TypeProto.TensorType.newBuilder().setElemType(type).setShape(shape);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }
}
