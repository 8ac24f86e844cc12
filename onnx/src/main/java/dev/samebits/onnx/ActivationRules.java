package dev.samebits.onnx;

import static dev.samebits.onnx.Pattern.constant;
import static dev.samebits.onnx.Pattern.exactly;
import static dev.samebits.onnx.Pattern.operator;
import static dev.samebits.onnx.Pattern.optionalScalar;
import static dev.samebits.onnx.Pattern.scalar;
import static dev.samebits.onnx.Pattern.x;
import static dev.samebits.onnx.Rule.rule;

import dev.samebits.Activation;
import dev.samebits.Layer;
import java.util.List;

/** What may stand behind an affine operator and makes a layer of it. The first rule that matches counts. */
final class ActivationRules {
    /** Makes a layer of an affine operator. */
    interface LayerEnd {
        /**
         * Puts the two together.
         *
         * @throws IllegalArgumentException if they do not fit
         */
        Layer on(AffineRules.Affine affine);
    }

    static final List<Rule<LayerEnd>> RULES = List.of(
            rule(operator("Sigmoid", x()), match -> dense(Activation.LOGISTIC)),
            rule(operator("Tanh", x()), match -> dense(Activation.TANH)),
            rule(operator("Relu", x()), match -> dense(Activation.RELU)),
            rule(operator("Softplus", x()), match -> dense(Activation.SOFTPLUS)),
            rule(operator("Sin", x()), match -> dense(Activation.SINE)),
            rule(operator("LeakyRelu", x()).attributes("alpha"),
                    match -> dense(Activation.leakyRelu(match.root().floatAttribute("alpha", 0.01f)))),
            rule(operator("Elu", x()).attributes("alpha"),
                    match -> dense(Activation.elu(match.root().floatAttribute("alpha", 1)))),
            rule(operator("HardSigmoid", x()).attributes("alpha", "beta"),
                    match -> dense(Activation.hardLogistic(
                            match.root().floatAttribute("alpha", 0.2f), match.root().floatAttribute("beta", 0.5f)))),
            rule(operator("Clip", x(), optionalScalar("minimum"), optionalScalar("maximum")), ActivationRules::clip),
            rule(operator("PRelu", x(), constant("slopes")), ActivationRules::prelu),
            rule(operator("Add", operator("Mul", x(), scalar("slope")), scalar("shift")),
                    match -> dense(linear(match.scalar("slope"), match.scalar("shift")))),
            rule(operator("Mul", x(), operator("Sigmoid", x())), match -> dense(Activation.swish(1))),
            // β stands first in swish and 1.702 second in GELU, or swish with β = 1.702 could not be told from GELU.
            rule(operator("Mul", x(), operator("Sigmoid", operator("Mul", scalar("beta"), x()))),
                    match -> dense(Activation.swish(match.scalar("beta")))),
            rule(operator("Mul", x(), operator("Sigmoid",
                            operator("Mul", x(), exactly("the 1.702 of GELU", Constants.GELU_LOGISTIC)))),
                    match -> dense(Activation.GELU_LOGISTIC)),
            rule(operator("Mul",
                            operator("Mul", x(), operator("Add",
                                    operator("Erf", operator("Div", x(), exactly("the √2 of GELU", Constants.SQRT_2))),
                                    exactly("the 1 of GELU", Constants.ONE))),
                            exactly("the ½ of GELU", Constants.HALF)),
                    match -> dense(Activation.GELU)),
            rule(operator("Mul", exactly("the ½ of GELU", Constants.HALF),
                            operator("Mul", x(), operator("Add", exactly("the 1 of GELU", Constants.ONE),
                                    operator("Tanh", operator("Mul",
                                            exactly("the √(2/π) of GELU", Constants.SQRT_2_OVER_PI),
                                            operator("Add", x(), operator("Mul",
                                                    exactly("the 0.044715 of GELU", Constants.GELU_CUBIC),
                                                    operator("Mul", x(), operator("Mul", x(), x()))))))))),
                    match -> dense(Activation.GELU_TANH)),
            rule(operator("ReduceMax", operator("Reshape", x(), constant("shape")).attributes("allowzero"))
                            .attributes("axes", "keepdims"),
                    ActivationRules::maxout));

    private ActivationRules() {}

    private static LayerEnd dense(Activation activation) {
        return affine -> Layer.dense(affine.weights(), affine.bias(), activation);
    }

    /** A slope and a shift can be given as text alone, and the text of a float is exact. */
    private static Activation linear(float slope, float shift) {
        return Activation.parse(Activation.Kind.LINEAR_LOGISTIC.label() + ":" + slope + ":" + shift);
    }

    private static LayerEnd clip(Match match) {
        float minimum = match.has("minimum") ? match.scalar("minimum") : Float.NEGATIVE_INFINITY;
        float maximum = match.has("maximum") ? match.scalar("maximum") : Float.POSITIVE_INFINITY;
        return dense(Activation.hardTanh(minimum, maximum));
    }

    private static LayerEnd prelu(Match match) throws OnnxFormatException {
        Tensor slopes = match.constant("slopes");
        if (!slopes.isFloat(1)) {
            throw match.root().refused("slopes must be a float tensor of 1 dimension, not " + slopes.dims());
        }
        float[] values = slopes.floats();
        return affine -> Layer.prelu(affine.weights(), affine.bias(), values);
    }

    /** Rows stand piece by piece, so [batch × pieces · outputs] is reshaped to [batch × pieces × outputs]. */
    private static LayerEnd maxout(Match match) throws OnnxFormatException {
        Node reduce = match.root();
        if (!List.of(1L).equals(reduce.intsAttribute("axes")) || reduce.intAttribute("keepdims", 1) != 0) {
            throw reduce.refused("only axes=[1] and keepdims=0 are read, as maxout has them");
        }
        if (match.graph().producer(reduce.inputs().get(0)).intAttribute("allowzero", 0) != 0) {
            throw reduce.refused("the Reshape in front of it has allowzero=1, so the batch is not kept");
        }
        Tensor shape = match.constant("shape");
        if (shape.isFloat() || !shape.dims().equals(List.of(3L)) || shape.longs()[0] != 0) {
            throw reduce.refused("the shape in front of it must be the int64 tensor [0, pieces, outputs], as maxout has it");
        }
        long pieces = shape.longs()[1];
        long outputs = shape.longs()[2];
        return affine -> {
            long rows = affine.weights().rows();
            // Compared by division, for the product of two numbers out of a file may overflow.
            if (pieces < 1 || outputs < 1 || rows % pieces != 0 || rows / pieces != outputs) {
                throw new IllegalArgumentException("a maxout of " + pieces + " pieces and " + outputs
                        + " outputs does not fit " + rows + " rows of weights");
            }
            return Layer.maxout(affine.weights(), affine.bias(), (int) pieces);
        };
    }
}
