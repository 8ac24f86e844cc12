package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.constant;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.optionalConstant;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.onnx.graph.Columns;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;

/** How {@code z = W x + b} stands in a file. A bias that is added behind it is a {@link Scaling}. */
final class AffineRules {
    private static final String[] GEMM = {"alpha", "beta", "transA", "transB"};

    static final List<Rule> RULES = List.of(
            rule(operator("Gemm", x(), constant("weights"), optionalConstant("bias")).attributes(GEMM),
                    match -> gemm(match, match.root().intAttribute("transB", 0) != 0)),
            rule(operator("Gemm", constant("weights"), x(), optionalConstant("bias")).attributes(GEMM),
                    match -> gemm(match, match.root().intAttribute("transA", 0) == 0)),
            rule(operator("MatMul", x(), constant("weights")), match -> List.of(affine(match, false, 1))),
            rule(operator("MatMul", constant("weights"), x()), match -> List.of(affine(match, true, 1))));

    private AffineRules() {}

    /** The weights and bias of a Gemm, or of what begins with one. */
    static List<Step> gemm(Match match, boolean rowsFirst) throws Refusal {
        Node node = match.root();
        Step.Affine affine = affine(match, rowsFirst, node.floatAttribute("alpha", 1));
        float beta = node.floatAttribute("beta", 1);
        if (!match.has("bias") || beta == 0) {
            return List.of(affine);
        }
        // The shape of the result is what the bias is broadcast to.
        Shape shape = match.graph().shape(node.outputs().get(0));
        Tensor tensor = match.constant("bias");
        if (isPerRow(tensor, shape)) {
            throw node.refused("its bias of shape " + tensor.dims()
                    + " differs from row to row or does not fit " + shape
                    + ": export the model with one number for each column");
        }
        float[] bias = Columns.of(match.graph(), node, tensor, shape);
        for (int i = 0; i < affine.rows(); i++) {
            float b = bias[bias.length == 1 ? 0 : i];
            affine.bias()[i] = beta == 1 ? b : beta * b;
        }
        return List.of(affine);
    }

    private static boolean isPerRow(Tensor bias, Shape shape) {
        int offset = shape.rank() - bias.dims().size();
        for (int d = 0; d < bias.dims().size(); d++) {
            long length = bias.dims().get(d);
            int at = d + offset;
            if (length != 1 && (at < 0 || at == shape.rows() || shape.dim(at) != length)) {
                return true;
            }
        }
        return offset < 0;
    }

    /**
     * The weights, with no bias yet.
     *
     * @param rowsFirst whether they stand as {@code [outputs × inputs]}
     */
    private static Step.Affine affine(Match match, boolean rowsFirst, float alpha) throws Refusal {
        Tensor tensor = match.constant("weights");
        if (!tensor.isReal()) {
            throw match.root().refused("its weights are of type " + tensor.type().label + ", not floating-point"
                    + " numbers: export the model in single precision");
        }
        long first = tensor.dims().get(0);
        long second = tensor.dims().size() == 1 ? 1 : tensor.dims().get(1);
        long rows = rowsFirst ? first : second;
        long inputs = rowsFirst ? second : first;
        if (match.graph().isOfParts(match.root())) {
            throw match.root().refused("its weights meet parts of a row, each by itself, and a layer takes whole rows:"
                    + " export the model for one part a row");
        }
        if (rows < 1 || inputs < 1) {
            throw match.root().refused("its weights of shape " + tensor.dims()
                    + " make no layer, which has at least one input (1 column) and at least one output: export"
                    + " the model without it");
        }
        // One tensor may serve many layers, each with a copy of its own.
        match.graph().layers().take(Float.BYTES * (rows * inputs + rows));
        float[] weights = rowsFirst ? tensor.floats() : Tensor.transposed(tensor.floats(), (int) inputs, (int) rows);
        if (alpha != 1) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= alpha;
            }
        }
        return new Step.Affine((int) rows, (int) inputs, weights, new float[(int) rows]);
    }
}
