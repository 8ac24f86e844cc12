package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.either;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.optionalConstant;
import static dev.samebits.onnx.network.Pattern.product;
import static dev.samebits.onnx.network.Pattern.scalar;
import static dev.samebits.onnx.network.Pattern.sum;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.Operation;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Reduction;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * Norms as exporters put them together: layer norm, RMS norm and L2 norm. Gains and shifts follow as scalings. What is put
 * together otherwise is read operator by operator.
 */
final class NormRules {
    private static final Pattern MEAN = mean(x());
    private static final Pattern CENTERED = operator("Sub", x(), MEAN);
    private static final Pattern DEVIATION = deviation(mean(product(CENTERED, CENTERED)));
    private static final Pattern ROOT_MEAN_SQUARE = deviation(mean(product(x(), x())));
    private static final Pattern LENGTH = operator("ReduceL2", x(), optionalConstant("axes"))
            .attributes("axes", "keepdims");

    static final List<Rule> RULES = List.of(
            rule(operator("Div", CENTERED, DEVIATION), match -> norm(match, false)),
            rule(product(operator("Reciprocal", DEVIATION), CENTERED), match -> norm(match, false)),
            rule(operator("Div", x(), ROOT_MEAN_SQUARE), match -> norm(match, true)),
            rule(product(operator("Reciprocal", ROOT_MEAN_SQUARE), x()), match -> norm(match, true)),
            rule(operator("Div", x(), either(
                    operator("Clip", LENGTH, scalar("epsilon"), optionalConstant("none")),
                    operator("Expand", operator("Clip", LENGTH, scalar("epsilon"), optionalConstant("none")),
                            optionalConstant("shape")),
                    operator("Max", LENGTH, scalar("epsilon")))), NormRules::length));

    private NormRules() {}

    private static Pattern mean(Pattern of) {
        return operator("ReduceMean", of, optionalConstant("axes")).attributes("axes", "keepdims");
    }

    private static Pattern deviation(Pattern variance) {
        return operator("Sqrt", sum(scalar("epsilon"), variance));
    }

    private static List<Step> norm(Match match, boolean rms) throws Refusal {
        Shape shape = wholeRow(match, "ReduceMean");
        if (shape == null) {
            return null;
        }
        float epsilon = match.scalar("epsilon");
        int width = (int) shape.columns();
        float[] gains = Emitter.filled(width, 1);
        return NormParts.single(rms ? new Operation.RmsNorm(epsilon, gains)
                : new Operation.LayerNorm(epsilon, gains, new float[width]), match.root());
    }

    private static List<Step> length(Match match) throws Refusal {
        float epsilon = match.scalar("epsilon");
        return wholeRow(match, "ReduceL2") == null || !(epsilon > 0) || match.has("none") ? null
                : NormParts.single(new Operation.L2Norm(epsilon), match.root());
    }

    /** The shape of x, if every reduction behind the root is over the whole row and keeps its dimension; else null. */
    private static Shape wholeRow(Match match, String operator) throws Refusal {
        Graph graph = match.graph();
        Shape shape = graph.shape(match.x());
        if (shape == null || !shape.isKnown() || graph.columns(match.root().outputs().get(0)) != shape.columns()) {
            return null;
        }
        return areWhole(match, match.root(), operator, shape) ? shape : null;
    }

    // The formula ends at x, so this is as deep as it.
    private static boolean areWhole(Match match, Node node, String operator, Shape shape) throws Refusal {
        Graph graph = match.graph();
        if (node.operator().equals(operator)) {
            Reduction reduction = Reduction.of(graph, node);
            if (reduction == null || reduction.count() != shape.columns()
                    || node.intAttribute("keepdims", 1) == 0 && shape.rank() > 1) {
                return false;
            }
        }
        for (String input : node.inputs()) {
            Node before = graph.isSame(input, match.x()) ? null : graph.producer(input);
            if (before != null && !areWhole(match, before, operator, shape)) {
                return false;
            }
        }
        return true;
    }
}
