package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.exactly;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.Output;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Constants;
import java.util.List;

/** What may stand behind the last layer. */
final class OutputRules {
    static final List<Rule> RULES = List.of(
            rule(operator("Softmax", x()).attributes("axis"), match -> alongRows(match, match.root(), Output.SOFTMAX)),
            rule(operator("LogSoftmax", x()).attributes("axis"), match -> alongRows(match, match.root(),
                    Output.LOG_SOFTMAX)),
            rule(operator("Log", operator("Softmax", x()).attributes("axis")),
                    match -> alongRows(match, match.graph().producer(match.root().input(0)), Output.LOG_SOFTMAX)),
            // The two probabilities of scikit-learn's binary classifiers.
            rule(operator("Concat",
                            operator("Sub", exactly("the 1 of 1 − p", Constants.ONE), operator("Sigmoid", x())),
                            operator("Sigmoid", x())).attributes("axis"),
                    OutputRules::pair));

    private OutputRules() {}

    /** From opset 13 on along one axis; before that over all from one axis on, as if they were one. */
    private static List<Step> alongRows(Match match, Node node, Output output) throws Refusal {
        Shape shape = match.graph().shape(node.input(0));
        boolean old = node.opset() < 13;
        long given = node.intAttribute("axis", old ? 1 : -1);
        int axis = shape == null ? -1 : shape.axis(given);
        boolean wholeRow = axis >= 0 && (old
                ? shape.rows() < axis && shape.dims().subList(shape.rows() + 1, axis).stream().allMatch(d -> d == 1)
                        && shape.dims().subList(0, Math.max(shape.rows(), 0)).stream().allMatch(d -> d == 1)
                : shape.isWholeRow(axis));
        if (!wholeRow) {
            throw node.refused("axis=" + given + " is not along the row of shape " + shape
                    + ": export the model with it along the columns");
        }
        return List.of(new Step.Finish(output));
    }

    private static List<Step> pair(Match match) throws Refusal {
        Shape shape = match.graph().shape(match.root().outputs().get(0));
        int axis = shape == null ? -1 : shape.axis(match.root().intAttribute("axis", 0));
        if (axis < 0 || !shape.isWholeRow(axis) || shape.dim(axis) != 2) {
            throw match.root().refused("it joins other values than the two probabilities of one output: choose an output in"
                    + " front of it");
        }
        return List.of(new Step.Pair(match.root()), new Step.Finish(Output.SOFTMAX));
    }
}
