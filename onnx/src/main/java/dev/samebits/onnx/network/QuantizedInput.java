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
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of whole numbers makes its whole numbers of.
 *
 * @param x the value that they are made of
 * @param quantization how; null is by the range of each row
 * @param isWhole whether x is whole numbers already, from which the zero point is still to be taken
 */
record QuantizedInput(String x, @Nullable Quantization quantization, boolean isWhole) {
    /**
     * Of whole numbers that an operator takes.
     *
     * @param node that takes them
     * @param whole its operand
     * @param zero the name of the zero point that it takes from them; empty is 0
     * @throws Refusal if they are not made of one quantisation, or their type is not known
     */
    static QuantizedInput of(Graph graph, Node node, String whole, String zero) throws Refusal {
        Node producer = graph.producer(whole);
        if (producer != null && producer.operator().equals(QuantizedOperators.DYNAMIC)) {
            if (!graph.isSame(zero, producer.outputs().get(2))) {
                throw node.refused("its zero point " + quote(zero) + " is not that of " + producer.label()
                        + ": quantise the model again");
            }
            return new QuantizedInput(producer.input(0), null, false);
        }
        long point = zero(graph, node, zero);
        if (producer != null && producer.operator().equals(QuantizedOperators.QUANTIZE)) {
            Quantization made = quantization(graph, producer);
            if (made.zeroPoint() == point) {
                return new QuantizedInput(producer.input(0), made, false);
            }
        }
        Quantization none = QuantizedOperators.quantization(node, type(graph, node, whole, zero), 1, point);
        return new QuantizedInput(whole, none, true);
    }

    /** The quantisation of a QuantizeLinear. */
    static Quantization quantization(Graph graph, Node node) throws Refusal {
        return QuantizedOperators.quantization(node, QuantizedOperators.type(graph, node), scale(graph, node, node.input(1)),
                zero(graph, node, node.input(2)));
    }

    /** One constant scale. */
    static float scale(Graph graph, Node node, String name) throws Refusal {
        Tensor scale = graph.constant(name);
        if (scale == null || !scale.isScalar() || node.has("block_size")) {
            throw node.refused("the scale " + quote(name) + " of its rows is not one constant number: quantise activations"
                    + " with one scale each");
        }
        return scale.scalar();
    }

    /** One constant zero point; empty is 0. */
    static long zero(Graph graph, Node node, String name) throws Refusal {
        Tensor zero = graph.constant(name);
        if (!name.isEmpty() && (zero == null || zero.elements() != 1)) {
            throw node.refused("the zero point " + quote(name) + " of its rows is not one constant number: quantise"
                    + " activations with one zero point each");
        }
        return zero == null ? 0 : zero.longs()[0];
    }

    private static ElementType type(Graph graph, Node node, String whole, String zero) throws Refusal {
        Tensor point = graph.constant(zero);
        ElementType type = point != null ? point.type() : ElementType.of(graph.inputType(whole));
        Node producer = graph.producer(whole);
        if (point == null && producer != null && producer.operator().equals(QuantizedOperators.QUANTIZE)) {
            type = QuantizedOperators.type(graph, producer);
        }
        if (type == null) {
            throw node.refused("the type of its whole numbers " + quote(whole)
                    + " is not known: quantise the model with a zero point for each activation");
        }
        return type;
    }

    /** The value that the layer takes. */
    Value take(Emitter emitter, Value value) throws Refusal {
        return isWhole && quantization.zeroPoint() != 0 ? emitter.step(new Operation.CenterScale(
                Emitter.filled(value.width(), quantization.zeroPoint()), Emitter.filled(value.width(), 1)), value) : value;
    }

    /** A layer of these inputs. */
    IntegerLayer layer(int inputs, short[] weights, float[] scale) {
        return quantization == null ? IntegerLayer.ofRows(inputs, weights, scale)
                : IntegerLayer.of(isWhole ? quantization.centered() : quantization, inputs, weights, scale);
    }
}
