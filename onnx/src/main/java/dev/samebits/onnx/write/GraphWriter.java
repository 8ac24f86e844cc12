package dev.samebits.onnx.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.samebits.Bfloat16;
import dev.samebits.Layer;
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

/**
 * Puts a graph together, operator by operator: names the values, and turns floats into bytes. Names begin with the layer's,
 * as in {@code layer2.Gemm}. Not thread-safe.
 */
final class GraphWriter {
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
    private final Map<String, Integer> uses = new HashMap<>();
    private String prefix = "";
    private NodeProto.Builder last;

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

    /** The layer's weights as a constant of floats, or where two bytes hold each of them of bfloat16; gives its name. */
    String weights(String name, Layer layer, boolean bfloat16) {
        ByteBuffer bytes = buffer(layer.rows() * layer.inputs() * (bfloat16 ? Short.BYTES : Float.BYTES));
        // One by one: large weights are in memory as the layer and as bytes, and not a third time.
        for (int row = 0; row < layer.rows(); row++) {
            for (int column = 0; column < layer.inputs(); column++) {
                if (bfloat16) {
                    bytes.putShort(Bfloat16.bits(layer.weight(row, column)));
                } else {
                    put(bytes, layer.weight(row, column));
                }
            }
        }
        return constant(name, bfloat16 ? Tensor.BFLOAT16 : Tensor.FLOAT, bytes.rewind(), layer.rows(), layer.inputs());
    }

    /** A constant; gives its name. */
    String vector(String name, float[] values) {
        return floats(name, values, values.length);
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

    private String constant(String name, int type, ByteBuffer bytes, long... dims) {
        ByteString raw = UnsafeByteOperations.unsafeWrap(bytes);
        TensorProto.Builder tensor = graph.addInitializerBuilder().setName(prefix + name).setDataType(type).setRawData(raw);
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return prefix + name;
    }

    int nodes() {
        return graph.getNodeCount();
    }

    /** The graph, whose output is that of the latest operator. */
    GraphProto build(String input, int inputs, String output, int outputs) {
        last.setOutput(0, output);
        return graph.addInput(value(input, inputs)).addOutput(value(output, outputs)).build();
    }

    private static ValueInfoProto value(String name, int columns) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(columns);
        TypeProto.TensorType.Builder tensor = TypeProto.TensorType.newBuilder().setElemType(Tensor.FLOAT).setShape(shape);
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }
}
