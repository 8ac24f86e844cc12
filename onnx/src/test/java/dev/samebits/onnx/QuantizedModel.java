package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Quantised layers as exporters and ONNX Runtime's quantiser write them. Weights are random, and always the same. */
final class QuantizedModel {
    private static final int UINT8 = 2;
    private static final int INT8 = 3;
    private static final int INT32 = 6;
    private static final float SCALE = 0.0171f;
    private static final int ZERO = 119;

    final ModelBuilder model = new ModelBuilder(17);
    private final SplitMix64 random = new SplitMix64(3);

    String input(long... dims) {
        return model.input(dims);
    }

    ModelProto.Builder output(String name) {
        return model.output(name);
    }

    String op(String type, String... inputs) {
        return model.op(type, inputs);
    }

    String relu(String x) {
        return op("Relu", x);
    }

    String bytes(int type, long[] dims, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return tensor(TensorProto.newBuilder().setDataType(type).setRawData(ByteString.copyFrom(bytes)), dims);
    }

    String ints(long[] dims, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return tensor(TensorProto.newBuilder().setDataType(INT32).setRawData(ByteString.copyFrom(bytes)), dims);
    }

    private String tensor(TensorProto.Builder tensor, long... dims) {
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return model.tensor(tensor);
    }

    String zero(int type, int zero) {
        return bytes(type, new long[0], zero);
    }

    /** Whole numbers from −range to range, around a zero point. */
    private int[] random(int count, int range, int zero) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(2 * range + 1) - range + zero;
        }
        return values;
    }

    /** Signed weights, or unsigned ones with a zero point for each column. */
    private String weights(int inputs, int outputs, boolean unsigned) {
        return bytes(unsigned ? UINT8 : INT8, new long[] {inputs, outputs},
                random(inputs * outputs, 127, unsigned ? 128 : 0));
    }

    /** One scale, or one for each column. */
    private String scales(int outputs, boolean byColumn) {
        if (!byColumn) {
            return model.scalar(0.0023f);
        }
        float[] scales = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            scales[i] = 0.001f * (1 + random.nextFloat());
        }
        return model.floats(new long[] {outputs}, scales);
    }

    private String zeros(int outputs, boolean unsigned) {
        return unsigned ? bytes(UINT8, new long[] {outputs}, random(outputs, 5, 128)) : zero(INT8, 0);
    }

    /** As ONNX Runtime's quantize_dynamic writes it. */
    String dynamic(String x, int inputs, int outputs, boolean byColumn) {
        String whole = op("DynamicQuantizeLinear", x);
        String scale = model.second();
        String zero = model.more();
        String sums = op("MatMulInteger", whole, weights(inputs, outputs, byColumn), zero, zeros(outputs, byColumn));
        String floats = op("Cast", sums);
        model.with("to", 1);
        String product = op("Mul", scale, scales(outputs, byColumn));
        return op("Add", op("Mul", floats, product), model.weights(outputs));
    }

    String quantized(String x) {
        return op("QuantizeLinear", x, model.scalar(SCALE), zero(UINT8, ZERO));
    }

    String dequantized(String whole) {
        return op("DequantizeLinear", whole, model.scalar(SCALE), zero(UINT8, ZERO));
    }

    String sums(String x, int inputs, int outputs) {
        String sums = op("MatMulInteger", quantized(x), weights(inputs, outputs, false), zero(UINT8, ZERO));
        String floats = op("Cast", op("Add", sums, ints(new long[] {outputs}, random(outputs, 9000, 0))));
        model.with("to", 1);
        return op("Mul", floats, scales(outputs, true));
    }

    String linear(String whole, int inputs, int outputs) {
        return op("QLinearMatMul", whole, model.scalar(SCALE), zero(UINT8, ZERO), weights(inputs, outputs, false),
                model.scalar(0.0023f), zero(INT8, 0), model.scalar(SCALE), zero(UINT8, ZERO));
    }

    String qGemm(String whole, int inputs, int outputs) {
        String y = op("com.microsoft.QGemm", whole, model.scalar(SCALE), zero(UINT8, ZERO), weights(outputs, inputs, false),
                model.scalar(0.0023f), zero(INT8, 0), ints(new long[] {outputs}, random(outputs, 9000, 0)),
                model.scalar(SCALE), zero(UINT8, ZERO));
        model.with("transB", 1);
        return y;
    }

    String dynamicMatMul(String x, int inputs, int outputs) {
        return op("com.microsoft.DynamicQuantizeMatMul", x, weights(inputs, outputs, false), model.scalar(0.0023f),
                zero(INT8, 0), model.weights(outputs));
    }

    String toFloat(String x, int inputs, int outputs) {
        String whole = op("DynamicQuantizeLinear", x);
        String scale = model.second();
        String zero = model.more();
        return op("com.microsoft.MatMulIntegerToFloat", whole, weights(inputs, outputs, false), scale,
                scales(outputs, false), zero, zero(INT8, 0), model.weights(outputs));
    }

    /** Weights by row of {@code [outputs × inputs]}; a bias of whole numbers with the product of both scales. */
    String qdqGemm(String x, int inputs, int outputs) {
        String rows = dequantized(quantized(x));
        String weights = op("DequantizeLinear", weights(outputs, inputs, false), model.scalar(0.0023f), zero(INT8, 0));
        String bias = op("DequantizeLinear", ints(new long[] {outputs}, random(outputs, 9000, 0)),
                model.scalar(SCALE * 0.0023f));
        String y = op("Gemm", rows, weights, bias);
        model.with("transB", 1);
        return y;
    }

    String qdqMatMul(String x, int inputs, int outputs) {
        String rows = dequantized(quantized(x));
        String weights = op("DequantizeLinear", weights(inputs, outputs, true), scales(outputs, true), zeros(outputs, true));
        return op("Add", op("MatMul", rows, model.with("axis", 1).out()), model.weights(outputs));
    }
}
