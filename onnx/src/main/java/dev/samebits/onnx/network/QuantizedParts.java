package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.IntegerLayer;
import dev.samebits.Operation;
import dev.samebits.Quantization;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.QuantizedOperators;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers of quantised networks, in the forms of ONNX and of ONNX Runtime: their sums are exact. */
final class QuantizedParts {
    private static final String DYNAMIC = " is computed by the range of its rows, and read where DynamicQuantizeLinear,"
            + " MatMulInteger, a Cast to float, and a Mul by the scale follow one another: quantise the model in that form";

    private QuantizedParts() {}

    /** @return null if the operator is none of these */
    static @Nullable Part of(Graph graph, Node node, String value) throws Refusal {
        return switch (node.operator()) {
            case QuantizedOperators.QUANTIZE -> quantize(graph, node);
            case QuantizedOperators.DEQUANTIZE -> dequantize(graph, node);
            case "MatMul" -> dequantized(graph, node, false, "");
            case "Gemm" -> gemm(graph, node);
            case "Mul" -> dynamic(graph, node);
            case "Add" -> sums(graph, node);
            case QuantizedOperators.INTEGER -> integer(graph, node, "");
            case QuantizedOperators.LINEAR -> linear(graph, node);
            case QuantizedOperators.GEMM -> quantizedGemm(graph, node);
            case QuantizedOperators.TO_FLOAT -> toFloat(graph, node);
            case QuantizedOperators.DYNAMIC_MATMUL -> dynamicMatMul(graph, node);
            case QuantizedOperators.DYNAMIC -> throw node.refused("its output " + quote(value) + DYNAMIC);
            default -> null;
        };
    }

    private static Part quantize(Graph graph, Node node) throws Refusal {
        Quantization quantization = QuantizedInput.quantization(graph, node);
        return Part.of(node, List.of(node.input(0)),
                (emitter, operands) -> emitter.step(new Operation.Quantize(quantization), operands.get(0)));
    }

    private static Part dequantize(Graph graph, Node node) throws Refusal {
        Node producer = graph.producer(node.input(0));
        if (producer != null && producer.operator().equals(QuantizedOperators.DYNAMIC)) {
            throw producer.refused("its output " + quote(node.input(0)) + DYNAMIC);
        }
        float scale = QuantizedInput.scale(graph, node, node.input(1));
        float zero = QuantizedInput.zero(graph, node, node.input(2));
        return Part.of(node, List.of(node.input(0)), (emitter, operands) -> {
            int width = operands.get(0).width();
            return emitter.step(new Operation.CenterScale(Emitter.filled(width, zero), Emitter.filled(width, scale)),
                    operands.get(0));
        });
    }

    /** Floats that stand for whole numbers on both sides; null if they do not. */
    private static @Nullable Part dequantized(Graph graph, Node node, boolean rowsFirst, String bias) throws Refusal {
        Node rows = graph.producer(node.input(0));
        Node constant = graph.folded(node.input(1), QuantizedOperators.DEQUANTIZE);
        if (rows == null || !rows.operator().equals(QuantizedOperators.DEQUANTIZE) || constant == null
                || graph.constant(node.input(1)).dims().size() != 2 || !isByOutput(graph, constant, rowsFirst)) {
            return null;
        }
        QuantizedInput input = QuantizedInput.of(graph, rows, rows.input(0), rows.input(2));
        QuantizedWeights weights = QuantizedWeights.of(graph, node, constant.input(0), rowsFirst, constant.input(1),
                constant.input(2));
        float[] scale = weights.scaled(QuantizedInput.scale(graph, rows, rows.input(1)));
        Bias added = Bias.of(graph, node, bias, scale);
        return layer(node, input, weights, scale, added, null);
    }

    // Scales along the inputs would not leave sums of whole numbers.
    private static boolean isByOutput(Graph graph, Node dequantize, boolean rowsFirst) throws Refusal {
        Tensor scale = graph.constant(dequantize.input(1));
        Tensor zero = graph.constant(dequantize.input(2));
        boolean one = scale.elements() == 1 && (zero == null || zero.elements() == 1);
        long axis = dequantize.intAttribute("axis", 1);
        return one || Math.floorMod(axis, 2) == (rowsFirst ? 0 : 1);
    }

    private static @Nullable Part gemm(Graph graph, Node node) throws Refusal {
        boolean plain = node.floatAttribute("alpha", 1) == 1 && node.floatAttribute("beta", 1) == 1
                && node.intAttribute("transA", 0) == 0;
        return plain ? dequantized(graph, node, node.intAttribute("transB", 0) != 0, node.input(2)) : null;
    }

    /** A Mul of sums of whole numbers by the scale of each row, times that of the weights. */
    private static @Nullable Part dynamic(Graph graph, Node node) throws Refusal {
        for (int side = 0; side < 2; side++) {
            Node sums = graph.producer(node.input(side));
            Node source = sums == null || !sums.operator().equals(QuantizedOperators.INTEGER) ? null
                    : graph.producer(sums.input(0));
            if (source == null || !source.operator().equals(QuantizedOperators.DYNAMIC)) {
                continue;
            }
            String scale = node.input(1 - side);
            Node product = graph.producer(scale);
            String weightScale = "";
            if (product != null && product.operator().equals("Mul")) {
                boolean first = graph.constant(product.input(0)) != null;
                weightScale = product.input(first ? 0 : 1);
                scale = product.input(first ? 1 : 0);
            }
            if (!graph.isSame(scale, source.outputs().get(1))) {
                throw node.refused("it scales " + quote(node.input(side)) + ", which" + DYNAMIC);
            }
            QuantizedWeights weights = QuantizedWeights.of(graph, sums, sums.input(1), false, weightScale, sums.input(3));
            return layer(node, QuantizedInput.of(graph, sums, sums.input(0), sums.input(2)), weights, weights.scale(),
                    Bias.NONE, null);
        }
        return null;
    }

    /** Whole numbers added to sums of whole numbers. */
    private static @Nullable Part sums(Graph graph, Node node) throws Refusal {
        for (int side = 0; side < 2; side++) {
            Node sums = graph.producer(node.input(side));
            Tensor bias = graph.constant(node.input(1 - side));
            if (sums != null && sums.operator().equals(QuantizedOperators.INTEGER) && bias != null
                    && bias.type().isInteger()) {
                return integer(graph, sums, node.input(1 - side));
            }
        }
        return null;
    }

    private static Part integer(Graph graph, Node node, String bias) throws Refusal {
        QuantizedInput input = QuantizedInput.of(graph, node, node.input(0), node.input(2));
        if (input.quantization() == null) {
            throw node.refused("its output" + DYNAMIC);
        }
        QuantizedWeights weights = QuantizedWeights.of(graph, node, node.input(1), false, "", node.input(3));
        return layer(node, input, weights, weights.scale(), Bias.whole(graph, node, bias, weights.scale().length), null);
    }

    private static Part linear(Graph graph, Node node) throws Refusal {
        QuantizedInput input = QuantizedInput.of(graph, node, node.input(0), node.input(2));
        QuantizedWeights weights = QuantizedWeights.of(graph, node, node.input(3), false, node.input(4), node.input(5));
        float[] scale = requantized(graph, node, weights.scaled(QuantizedInput.scale(graph, node, node.input(1))), 6);
        return layer(node, input, weights, scale, Bias.NONE, result(graph, node, 7));
    }

    private static Part quantizedGemm(Graph graph, Node node) throws Refusal {
        if (node.floatAttribute("alpha", 1) != 1 || node.intAttribute("transA", 0) != 0) {
            throw node.refused("it is read with alpha 1 and rows that are not transposed: quantise the model with these");
        }
        QuantizedInput input = QuantizedInput.of(graph, node, node.input(0), node.input(2));
        QuantizedWeights weights = QuantizedWeights.of(graph, node, node.input(3), node.intAttribute("transB", 0) != 0,
                node.input(4), node.input(5));
        float[] scale = weights.scaled(QuantizedInput.scale(graph, node, node.input(1)));
        Bias bias = Bias.whole(graph, node, node.input(6), scale.length);
        boolean floats = node.input(7).isEmpty();
        return layer(node, input, weights, floats ? scale : requantized(graph, node, scale, 7), bias,
                floats ? null : result(graph, node, 8));
    }

    private static float[] requantized(Graph graph, Node node, float[] scale, int input) throws Refusal {
        float result = QuantizedInput.scale(graph, node, node.input(input));
        float[] scaled = scale.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= result;
        }
        return scaled;
    }

    private static Quantization result(Graph graph, Node node, int zero) throws Refusal {
        Tensor point = graph.constant(node.input(zero));
        if (point == null) {
            throw node.refused("the type of its result is that of a zero point, which is not there: quantise the model"
                    + " again");
        }
        return QuantizedOperators.quantization(node, point.type(), 1, QuantizedInput.zero(graph, node, node.input(zero)));
    }

    private static Part toFloat(Graph graph, Node node) throws Refusal {
        Node source = graph.producer(node.input(0));
        boolean dynamic = source != null && source.operator().equals(QuantizedOperators.DYNAMIC);
        if (dynamic && !graph.isSame(node.input(2), source.outputs().get(1))) {
            throw node.refused("its scale " + quote(node.input(2)) + " is not that of " + source.label()
                    + ": quantise the model again");
        }
        QuantizedInput input = QuantizedInput.of(graph, node, node.input(0), node.input(4));
        QuantizedWeights weights = QuantizedWeights.of(graph, node, node.input(1), false, node.input(3), node.input(5));
        float[] scale = dynamic ? weights.scale() : weights.scaled(QuantizedInput.scale(graph, node, node.input(2)));
        return layer(node, input, weights, scale, Bias.floats(graph, node, node.input(6), scale.length), null);
    }

    private static Part dynamicMatMul(Graph graph, Node node) throws Refusal {
        QuantizedWeights weights = QuantizedWeights.of(graph, node, node.input(1), false, node.input(2), node.input(3));
        Bias bias = Bias.floats(graph, node, node.input(4), weights.scale().length);
        return layer(node, new QuantizedInput(node.input(0), null, false), weights, weights.scale(), bias, null);
    }

    private static Part layer(Node node, QuantizedInput input, QuantizedWeights weights, float[] scale, Bias bias,
            @Nullable Quantization result) {
        return Part.of(node, List.of(input.x()), (emitter, operands) -> {
            Value x = input.take(emitter, operands.get(0));
            Value y = emitter.made(node, () -> {
                IntegerLayer layer = input.layer(weights.inputs(), weights.weights(), scale);
                return new Operation.IntegerDense(bias.addTo(layer));
            }, x);
            return result == null ? y : emitter.step(new Operation.Quantize(result), y);
        });
    }
}
