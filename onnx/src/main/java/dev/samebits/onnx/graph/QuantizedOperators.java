package dev.samebits.onnx.graph;

import dev.samebits.Quantization;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Operators of quantised networks: their names, the shapes that they give, and what they make of constants. */
public final class QuantizedOperators {
    private static final String DOMAIN = "com.microsoft.";
    public static final String QUANTIZE = "QuantizeLinear";
    public static final String DEQUANTIZE = "DequantizeLinear";
    /** By the range of its operand; gives the whole numbers, their scale, and their zero point. */
    public static final String DYNAMIC = "DynamicQuantizeLinear";
    public static final String INTEGER = "MatMulInteger";
    public static final String LINEAR = "QLinearMatMul";
    public static final String GEMM = DOMAIN + "QGemm";
    public static final String TO_FLOAT = DOMAIN + "MatMulIntegerToFloat";
    public static final String DYNAMIC_MATMUL = DOMAIN + "DynamicQuantizeMatMul";
    /** Which of its operands the weights are. */
    private static final Map<String, Integer> WEIGHTS =
            Map.of(INTEGER, 1, LINEAR, 3, GEMM, 3, TO_FLOAT, 1, DYNAMIC_MATMUL, 1);

    private QuantizedOperators() {}

    /** Whether it is one of them. */
    static boolean isOne(Node node) {
        return WEIGHTS.containsKey(node.operator()) || List.of(QUANTIZE, DEQUANTIZE, DYNAMIC).contains(node.operator());
    }

    /** Whether an operator of this type is, in whichever domain. */
    static boolean isOne(String type) {
        return WEIGHTS.containsKey(type) || WEIGHTS.containsKey(DOMAIN + type)
                || List.of(QUANTIZE, DEQUANTIZE, DYNAMIC).contains(type);
    }

    /** Whether some of them compute with rows, and not with constants alone. */
    public static boolean areIn(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> isOne(node) && node.outputs().stream().noneMatch(name -> graph.constant(name) != null));
    }

    /** Notes the shapes of what a node gives; the scale of a row is a column beside it. */
    static void shape(Graph graph, Node node, Shape shape) throws Refusal {
        Integer number = WEIGHTS.get(node.operator());
        if (number == null) {
            graph.shape(node.outputs().get(0), shape);
            for (int i = 1; i < node.outputs().size(); i++) {
                graph.shape(node.outputs().get(i), ofRow(shape));
            }
            return;
        }
        Tensor weights = graph.constant(node.input(number));
        if (weights == null) {
            graph.problem(node, "its weights are computed, and a layer has constant weights: choose an output that does not"
                    + " need it");
            return;
        }
        boolean turned = node.operator().equals(GEMM) && node.intAttribute("transB", 0) != 0;
        int last = shape.rank() - 1;
        if (weights.dims().size() != 2 || !shape.isWholeRow(last)
                || shape.dim(last) != Shape.UNKNOWN && shape.dim(last) != weights.dims().get(turned ? 1 : 0)) {
            graph.problem(node, "its weights " + weights.dims() + " do not fit rows of shape " + shape
                    + ": export the model with two dimensions, [rows, columns]");
            return;
        }
        graph.shape(node.outputs().get(0), shape.with(last, weights.dims().get(turned ? 0 : 1)));
    }

    private static Shape ofRow(Shape shape) {
        Shape one = shape;
        for (int d = 0; d < shape.rank(); d++) {
            one = d == shape.rows() ? one : one.with(d, 1);
        }
        return one;
    }

    /** Scale and zero point along one dimension, or for all. */
    private record Scales(float[] scale, long[] zero, int stride) {
        float scale(int index) {
            return scale[scale.length == 1 ? 0 : index / stride % scale.length];
        }

        long zero(int index) {
            return zero[zero.length == 1 ? 0 : index / stride % zero.length];
        }

        static Scales of(Graph graph, Node node, Tensor tensor) throws Refusal {
            Tensor scale = graph.constant(node.input(1));
            Tensor zero = graph.constant(node.input(2));
            if (scale == null || !scale.isReal() || zero == null && !node.input(2).isEmpty()) {
                return null;
            }
            long[] zeros = zero == null ? new long[1] : zero.longs();
            int count = Math.max(scale.elements(), zeros.length);
            int stride = 1;
            if (count > 1) {
                long axis = node.intAttribute("axis", 1);
                int at = (int) (axis < 0 ? axis + tensor.dims().size() : axis);
                if (at < 0 || at >= tensor.dims().size() || tensor.dims().get(at) != count
                        || scale.elements() != 1 && scale.elements() != count
                        || zeros.length != 1 && zeros.length != count) {
                    return null;
                }
                for (int d = at + 1; d < tensor.dims().size(); d++) {
                    stride *= (int) (long) tensor.dims().get(d);
                }
            }
            return new Scales(scale.floats(), zeros, stride);
        }
    }

    /** The floats that constant whole numbers stand for, or null. */
    static Tensor dequantized(Graph graph, Node node, Tensor tensor) throws Refusal {
        boolean whole = tensor.type().isByte() || tensor.type().isInteger();
        Scales scales = whole && !node.has("block_size") ? Scales.of(graph, node, tensor) : null;
        if (scales == null) {
            return null;
        }
        graph.budget().take((long) Float.BYTES * tensor.elements());
        long[] numbers = tensor.longs();
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (numbers[i] - scales.zero(i)) * scales.scale(i);
        }
        return Tensor.of(node.outputs().get(0), tensor.dims(), floats);
    }

    /** The whole numbers that constant floats become, or null. */
    static Tensor quantized(Graph graph, Node node, Tensor tensor) throws Refusal {
        ElementType type = type(graph, node);
        Scales scales = tensor.isReal() && type.isByte() && !node.has("block_size") ? Scales.of(graph, node, tensor) : null;
        if (scales == null) {
            return null;
        }
        graph.budget().take((long) Long.BYTES * tensor.elements());
        float[] floats = tensor.floats();
        long[] numbers = new long[floats.length];
        for (int i = 0; i < floats.length; i++) {
            numbers[i] = (long) quantization(node, type, scales.scale(i), scales.zero(i)).value(floats[i]);
        }
        return Tensor.of(node.outputs().get(0), tensor.dims(), numbers);
    }

    /** The type of what QuantizeLinear gives: that of its zero point, or else uint8. */
    public static ElementType type(Graph graph, Node node) throws Refusal {
        Tensor zero = graph.constant(node.input(2));
        ElementType otherwise = ElementType.of((int) node.intAttribute("output_dtype", ElementType.UINT8.number));
        return zero != null ? zero.type() : otherwise == null ? ElementType.FLOAT : otherwise;
    }

    /** To whole numbers of this type. */
    public static Quantization quantization(Node node, ElementType type, float scale, long zero) throws Refusal {
        if (!type.isByte()) {
            throw node.refused("its whole numbers are of type " + type.label + ", and uint8 and int8 are read: quantise the"
                    + " model to one of these");
        }
        try {
            int z = Math.toIntExact(zero);
            return type == ElementType.UINT8 ? Quantization.uint8(scale, z) : Quantization.int8(scale, z);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Refusal(node.toString(), e.getMessage() + ": quantise the model again", e);
        }
    }
}
