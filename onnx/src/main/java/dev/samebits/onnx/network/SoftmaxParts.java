package dev.samebits.onnx.network;

import dev.samebits.Output;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;
import java.util.Set;

/** Softmax and log-softmax, wherever they stand, of whole rows or of parts. */
final class SoftmaxParts {
    /** From here on they are along one axis; before over all from one axis on. */
    private static final int ONE_AXIS = 13;

    private SoftmaxParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        boolean softmax = node.operator().equals("Softmax");
        if (!softmax && !node.operator().equals("LogSoftmax") || graph.shape(node.input(0)) == null) {
            return null;
        }
        Shape shape = graph.shape(node.input(0));
        boolean old = node.opset() < ONE_AXIS;
        long given = node.intAttribute("axis", old ? 1 : -1);
        int axis = shape.axis(given);
        boolean fits = node.attributeBeyond(Set.of("axis")) == null && axis >= 0 && shape.isKnown();
        int[] group = fits ? OfAxes.group(shape, d -> old ? d >= axis : d == axis) : null;
        if (group == null) {
            throw node.refused("axis=" + given + " is not along the row of shape " + shape
                    + ": export the model with it along the columns");
        }
        Output output = softmax ? Output.SOFTMAX : Output.LOG_SOFTMAX;
        return Part.of(node, List.of(node.input(0)), (emitter, operands) -> {
            OfAxes axes = new OfAxes(emitter, shape, d -> old ? d >= axis : d == axis);
            Value result = emitter.groups(axes.last(operands.get(0)), group[0], each -> emitter.softmax(each, output));
            return axes.back(result);
        });
    }
}
