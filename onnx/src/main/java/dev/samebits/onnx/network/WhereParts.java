package dev.samebits.onnx.network;

import dev.samebits.Combination;
import dev.samebits.Operation;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * Where with a mask of truths: what is kept of the one value and what is kept of the other, added. What is not kept is −0, so
 * that the sum is exactly one of the two, whatever the other is.
 */
final class WhereParts {
    private WhereParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        if (!node.operator().equals("Where") || graph.constant(node.input(0)) != null || !graph.isTruth(node.input(0))
                || node.inputs().contains("") || node.inputs().size() != 3) {
            return null;
        }
        Shape shape = graph.shape(value);
        if (!shape.isKnown()) {
            throw node.refused("the number of its columns is not known: export the model with a fixed number of columns");
        }
        return Part.of(node, Operands.computed(graph, node), (emitter, operands) -> chosen(emitter, operands, shape));
    }

    private static Value chosen(Emitter emitter, List<Value> operands, Shape shape) throws Refusal {
        List<Value> all = Operands.of(emitter, operands, shape);
        Value mask = all.get(0);
        Operation keep = new Operation.Combine(Combination.KEEP);
        Value one = emitter.step(keep, mask, all.get(1));
        Value other = emitter.step(keep, CompareParts.not(emitter, mask), all.get(2));
        return emitter.step(new Operation.Combine(Combination.ADD), one, other);
    }
}
