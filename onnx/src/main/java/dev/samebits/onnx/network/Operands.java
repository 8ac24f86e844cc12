package dev.samebits.onnx.network;

import dev.samebits.Combination;
import dev.samebits.Operation;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Columns;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Layout;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;

/** The operands of an operator that chooses or compares, computed ones and constants, each spread over the columns. */
final class Operands {
    /** Beyond it a float does not hold every whole number. */
    private static final long LARGEST_WHOLE = 1L << 24;

    private Operands() {}

    static List<String> computed(Graph graph, Node node) {
        return node.inputs().stream().filter(name -> graph.constant(name) == null).toList();
    }

    static boolean isTruth(Graph graph, String name) {
        Tensor constant = graph.constant(name);
        return constant == null ? graph.isTruth(name) : constant.isTruth();
    }

    /** In the order of the node's inputs; what is one column wide goes with all others. */
    static List<Value> of(Emitter emitter, List<Value> computed, Shape shape) throws Refusal {
        Graph graph = emitter.graph();
        Node node = emitter.node();
        int width = (int) shape.columns();
        Value[] all = new Value[node.inputs().size()];
        boolean full = false;
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            Tensor constant = graph.constant(node.input(i));
            if (constant == null) {
                Shape own = graph.shape(node.input(i));
                Value operand = computed.get(next++);
                all[i] = own.columns() == 1 ? operand : emitter.select(operand, Layout.spread(graph, own, shape));
            } else {
                all[i] = constant(emitter, computed.get(0), numbers(graph, node, constant, shape));
            }
            full |= all[i].width() == width;
        }
        if (!full) {
            all[0] = emitter.spread(all[0], width);
        }
        return List.of(all);
    }

    private static float[] numbers(Graph graph, Node node, Tensor constant, Shape shape) throws Refusal {
        if (constant.isReal()) {
            return Columns.of(graph, node, constant, shape);
        }
        if (!constant.type().isInteger() && !constant.isTruth()) {
            throw node.refused("its constant " + Refusal.quote(constant.name()) + " is of type " + constant.type().label
                    + ", which is no number of a row: export the model in single precision");
        }
        long[] whole = constant.longs();
        float[] numbers = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            if (Math.abs(whole[i]) > LARGEST_WHOLE) {
                throw node.refused("its constant " + Refusal.quote(constant.name()) + " holds " + whole[i]
                        + ", which is beyond the whole numbers that a float column has: export the model with smaller ones");
            }
            numbers[i] = whole[i];
        }
        return Columns.of(graph, node, Tensor.of(constant.name(), constant.dims(), numbers), shape);
    }

    /** +0 in each column, whatever the value holds: no number is less than itself. */
    static Value zero(Emitter emitter, Value value) throws Refusal {
        return emitter.step(new Operation.Combine(Combination.LESS), value, value);
    }

    /** The same numbers in every row, also in those with a NaN. */
    private static Value constant(Emitter emitter, Value any, float[] numbers) throws Refusal {
        Value zero = zero(emitter, emitter.columns(any, 0, 1));
        return emitter.layer(zero, numbers.length, new float[numbers.length], numbers);
    }
}
