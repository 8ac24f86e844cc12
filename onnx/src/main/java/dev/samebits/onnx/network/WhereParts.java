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
import java.util.ArrayList;
import java.util.List;

/**
 * Where with a mask m that an input holds as 0 and 1: with {@code t = (m − ½) · ∞}, which is ∞ or −∞, it is
 * {@code max(min(a, t), min(b, −t))}, exactly a or b.
 */
final class WhereParts {
    private WhereParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        boolean not = node.operator().equals("Not");
        if (!not && !node.operator().equals("Where") || graph.constant(node.input(0)) != null
                || !graph.isTruth(node.input(0))
                || node.inputs().contains("") || node.inputs().size() != (not ? 1 : 3)) {
            return null;
        }
        Shape shape = graph.shape(value);
        if (!shape.isKnown()) {
            throw node.refused("the number of its columns is not known: export the model with a fixed number of columns");
        }
        if (not) {
            return Part.of(node, List.of(node.input(0)), (emitter, operands) -> emitter.scale(operands.get(0), -1, 1));
        }
        List<String> computed = node.inputs().stream().filter(name -> graph.constant(name) == null).toList();
        return Part.of(node, computed, (emitter, operands) -> chosen(emitter, computed, operands, shape));
    }

    private static Value chosen(Emitter emitter, List<String> computed, List<Value> operands, Shape shape) throws Refusal {
        Graph graph = emitter.graph();
        Node node = emitter.node();
        int width = (int) shape.columns();
        List<Value> full = new ArrayList<>();
        for (String name : node.inputs()) {
            Tensor constant = graph.constant(name);
            if (constant == null) {
                full.add(emitter.select(operands.get(computed.indexOf(name)),
                        Layout.spread(graph, graph.shape(name), shape)));
            } else {
                float[] numbers = Columns.of(graph, node, constant, shape);
                full.add(emitter.constant(full.get(0),
                        numbers.length == 1 ? Emitter.filled(width, numbers[0]) : numbers));
            }
        }
        Value mask = full.get(0);
        float[] half = Emitter.filled(width, 0.5f);
        float infinity = Float.POSITIVE_INFINITY;
        Value upTo = emitter.step(new Operation.CenterScale(half, Emitter.filled(width, infinity)), mask);
        Value other = emitter.step(new Operation.CenterScale(half, Emitter.filled(width, -infinity)), mask);
        Operation smaller = new Operation.Combine(Combination.MINIMUM);
        return emitter.step(new Operation.Combine(Combination.MAXIMUM), emitter.step(smaller, full.get(1), upTo),
                emitter.step(smaller, full.get(2), other));
    }
}
