package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.TensorShapeProto;
import dev.samebits.onnx.proto.TypeProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Models as other exporters write them, operator by operator. Weights are random, and always the same. */
public final class ModelBuilder {
    /** In shapes: any number of rows. */
    public static final int N = -1;

    final int opset;
    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setProducerName("test");
    private final SplitMix64 random = new SplitMix64(11);
    private NodeProto.Builder last;
    private int names;

    public ModelBuilder(int opset) {
        this.opset = opset;
        model.addOpsetImportBuilder().setDomain("").setVersion(opset);
        model.addOpsetImportBuilder().setDomain(Node.ML).setVersion(2);
        model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
        model.getGraphBuilder().setName("graph");
    }

    /** The input, of this shape. */
    public String input(long... dims) {
        model.getGraphBuilder().addInput(value("x", Tensor.FLOAT, dims));
        return "x";
    }

    /** One more input. */
    String input(String name, long... dims) {
        model.getGraphBuilder().addInput(value(name, Tensor.FLOAT, dims));
        return name;
    }

    /** An input of text, one a row. */
    String text(String name) {
        model.getGraphBuilder().addInput(value(name, ElementType.STRING.number, N, 1));
        return name;
    }

    /** A value of this shape, or of any if there are no dimensions. */
    static ValueInfoProto value(String name, int type, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            if (dim == N) {
                shape.addDimBuilder().setDimParam("N");
            } else {
                shape.addDimBuilder().setDimValue(dim);
            }
        }
        TypeProto.TensorType.Builder tensor = TypeProto.TensorType.newBuilder().setElemType(type);
        if (dims.length > 0) {
            tensor.setShape(shape);
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(tensor)).build();
    }

    /** An operator; gives the name of its output. */
    public String op(String type, String... inputs) {
        last = model.getGraphBuilder().addNodeBuilder().setOpType(type.substring(type.lastIndexOf('.') + 1))
                .setName("n" + names).addAllInput(List.of(inputs)).addOutput("v" + names++);
        if (type.contains(".")) {
            last.setDomain(type.substring(0, type.lastIndexOf('.')));
        }
        return last.getOutput(0);
    }

    /** Gives the latest operator an attribute. */
    ModelBuilder with(String name, Object value) {
        AttributeProto.Builder attribute = last.addAttributeBuilder().setName(name);
        if (value instanceof Float number) {
            attribute.setType(1).setF(number);
        } else if (value instanceof Integer number) {
            attribute.setType(2).setI(number);
        } else if (value instanceof String text) {
            attribute.setType(3).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof TensorProto tensor) {
            attribute.setType(4).setT(tensor);
        } else if (value instanceof float[] numbers) {
            attribute.setType(6);
            for (float number : numbers) {
                attribute.addFloats(number);
            }
        } else if (value instanceof long[] numbers) {
            attribute.setType(7);
            for (long number : numbers) {
                attribute.addInts(number);
            }
        } else {
            attribute.setType(8);
            for (String text : (String[]) value) {
                attribute.addStrings(ByteString.copyFromUtf8(text));
            }
        }
        return this;
    }

    /** One more output of the latest operator. */
    String second() {
        last.addOutput("v" + names++);
        return last.getOutput(1);
    }

    /** Another output of the latest operator. */
    String more() {
        last.addOutput("v" + names++);
        return last.getOutput(last.getOutputCount() - 1);
    }

    /** The latest operator's output. */
    String out() {
        return last.getOutput(0);
    }

    /** Random weights, uniform on [−1, 1). */
    String weights(long... dims) {
        int elements = 1;
        for (long dim : dims) {
            elements *= (int) dim;
        }
        return floats(dims, Networks.matrix(random, 1, elements).data());
    }

    /** A scalar without dimensions. */
    String scalar(float value) {
        return floats(new long[0], value);
    }

    String floats(long[] dims, float... values) {
        return tensor(floatTensor(dims, values));
    }

    static TensorProto.Builder floatTensor(long[] dims, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(Tensor.FLOAT).setRawData(ByteString.copyFrom(bytes));
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor;
    }

    String ints(long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(Tensor.INT64).addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor(tensor);
    }

    /** An initializer. */
    public String tensor(TensorProto.Builder tensor) {
        String name = "c" + names++;
        model.getGraphBuilder().addInitializer(tensor.setName(name));
        return name;
    }

    /** {@code x W + b} with random weights, as PyTorch writes it. */
    String gemm(String x, int inputs, int outputs) {
        op("Gemm", x, weights(outputs, inputs), weights(outputs));
        with("transB", 1);
        return out();
    }

    public ModelProto.Builder output(String name, long... dims) {
        model.getGraphBuilder().addOutput(value(name, Tensor.FLOAT, dims));
        return model;
    }

    ModelProto.Builder model() {
        return model;
    }
}
