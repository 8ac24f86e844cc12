package dev.samebits.onnx;

import static dev.samebits.onnx.Pattern.constant;
import static dev.samebits.onnx.Pattern.operator;
import static dev.samebits.onnx.Pattern.x;
import static dev.samebits.onnx.Rule.rule;

import dev.samebits.Matrix;
import java.util.List;

/** How {@code z = W x + b} stands in a file. */
final class AffineRules {
    /** W {@code [rows × inputs]} and b {@code [rows]}. */
    record Affine(Matrix weights, float[] bias) {
        long bytes() {
            return Float.BYTES * ((long) weights.data().length + bias.length);
        }
    }

    static final List<Rule<Affine>> RULES = List.of(
            rule(operator("Gemm", x(), constant("weights"), constant("bias"))
                            .attributes("alpha", "beta", "transA", "transB"),
                    AffineRules::gemm));

    private AffineRules() {}

    private static Affine gemm(Match match) throws OnnxFormatException {
        Node node = match.root();
        if (node.floatAttribute("alpha", 1) != 1 || node.floatAttribute("beta", 1) != 1) {
            throw node.refused("alpha or beta is not 1, and only 1 is read");
        }
        if (node.intAttribute("transA", 0) != 0 || node.intAttribute("transB", 0) != 1) {
            throw node.refused("only transA=0 and transB=1 are read: weights are [outputs × inputs]");
        }
        Tensor weights = match.constant("weights");
        Tensor bias = match.constant("bias");
        if (!weights.isFloat(2) || !bias.isFloat(1)) {
            throw node.refused("weights and bias must be float tensors of 2 and 1 dimensions, not " + weights.dims()
                    + " and " + bias.dims());
        }
        // Each dimension is at most an int: the elements are there, unless the other is 0, which Matrix refuses or takes.
        return new Affine(Matrix.of(size(weights, 0), size(weights, 1), weights.floats()), bias.floats());
    }

    private static int size(Tensor tensor, int dimension) {
        return Math.toIntExact(Math.min(tensor.dims().get(dimension), Limits.ELEMENTS));
    }
}
