package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.Set;

/**
 * Operators as opsets 6 to 8 had them, where later ones say the same in other words: the old words are taken off, so that
 * rules see one form. Where they say something else, the graph learns of it. All others did not change.
 */
final class OldOperators {
    /** From here on operands are broadcast by themselves. */
    private static final int BROADCASTING = 7;
    private static final int BROADCASTING_OF_MANY = 8;
    private static final int WITHOUT_SPATIAL = 9;
    private static final Set<String> OF_TWO = Set.of("Add", "Sub", "Mul", "Div", "Pow", "Greater", "Less");
    private static final Set<String> OF_MANY = Set.of("Max", "Min", "Sum", "Mean");

    private static final String NOT_SPREAD = "its operands differ in shape, and its opset spreads none over the others:"
            + " export the model with opset 9 or later";

    private OldOperators() {}

    /**
     * Takes the old attributes of a node off.
     *
     * @param shape of its first operand that is no constant
     */
    static void modernise(Graph graph, Node node, Shape shape) throws Refusal {
        long opset = node.opset();
        if (opset >= WITHOUT_SPATIAL) {
            return;
        }
        String operator = node.operator();
        if (opset < BROADCASTING && OF_TWO.contains(operator)) {
            broadcast(graph, node, shape);
        } else if (opset < BROADCASTING_OF_MANY && OF_MANY.contains(operator)) {
            checkRanks(graph, node, shape);
        } else if (opset < BROADCASTING && operator.equals("Gemm")) {
            Tensor bias = graph.constant(node.input(2));
            if (bias != null && bias.dims().size() < 2 && node.intAttribute("broadcast", 0) == 0) {
                graph.problem(node, NOT_SPREAD);
            }
            node.forget("broadcast");
        } else if (operator.equals("BatchNormalization")) {
            normalisation(graph, node, shape);
        } else if (opset < BROADCASTING && operator.equals("Dropout") && node.intAttribute("is_test", 0) == 0) {
            graph.problem(node, Simplifier.DROPS);
        } else if (opset < BROADCASTING && operator.equals("PRelu")) {
            Tensor slopes = graph.constant(node.input(1));
            if (slopes != null && slopes.elements() > 1 && shape.rank() > 2) {
                graph.problem(node, "its slopes are those of channels: export the model with opset 9 or later");
            }
        }
    }

    /** The second operand is spread over the first where {@code broadcast} says so, from {@code axis} on or at the end. */
    private static void broadcast(Graph graph, Node node, Shape shape) throws Refusal {
        Tensor second = graph.constant(node.input(1));
        if (node.intAttribute("broadcast", 0) == 0 || graph.constant(node.input(0)) != null) {
            checkRanks(graph, node, shape);
        } else if (second != null && second.elements() > 1 && node.has("axis")
                && shape.axis(node.intAttribute("axis", 0)) + second.dims().size() != shape.rank()) {
            graph.problem(node, "its second operand does not stand at the end of the first: export the model with opset 9 or"
                    + " later");
        }
        node.forget("broadcast");
        node.forget("axis");
    }

    private static void checkRanks(Graph graph, Node node, Shape shape) {
        for (String operand : node.inputs()) {
            Tensor constant = graph.constant(operand);
            if (constant != null && constant.dims().size() != shape.rank()) {
                graph.problem(node, NOT_SPREAD);
            }
        }
    }

    private static void normalisation(Graph graph, Node node, Shape shape) throws Refusal {
        if (node.opset() < BROADCASTING && node.intAttribute("is_test", 0) == 0) {
            graph.problem(node, "it is in training mode, in which rows depend on each other: export the model for"
                    + " inference");
        }
        // In two dimensions each column is a channel.
        if (node.intAttribute("spatial", 1) == 0 && shape.rank() != 2) {
            graph.problem(node, "it normalises every place of a channel by itself: export the model with opset 9 or later");
        }
        node.forget("is_test");
        node.forget("spatial");
    }
}
