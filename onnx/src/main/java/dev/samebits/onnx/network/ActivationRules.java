package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.constant;
import static dev.samebits.onnx.network.Pattern.exactly;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.optionalScalar;
import static dev.samebits.onnx.network.Pattern.product;
import static dev.samebits.onnx.network.Pattern.scalar;
import static dev.samebits.onnx.network.Pattern.sum;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.Activation;
import dev.samebits.onnx.graph.Axes;
import dev.samebits.onnx.graph.Columns;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * What an activation looks like, as an operator of its own and in the forms that exporters write. The first that matches
 * counts.
 */
final class ActivationRules {
    private static final float[] NONE = {};
    /** From here on {@code softplus(x) = x} in float: what it adds is less than half a unit in the last place. */
    private static final float SOFTPLUS_LINEAR = 17;

    static final List<Rule> RULES = List.of(
            rule(operator("Sigmoid", x()), match -> of(match, Activation.LOGISTIC)),
            rule(operator("Tanh", x()), match -> of(match, Activation.TANH)),
            rule(operator("Relu", x()), match -> of(match, Activation.RELU)),
            rule(operator("Softplus", x()), match -> of(match, Activation.SOFTPLUS)),
            rule(operator("Sin", x()), match -> of(match, Activation.SINE)),
            rule(operator("LeakyRelu", x()).attributes("alpha"),
                    match -> of(match, Activation.leakyRelu(match.root().floatAttribute("alpha", 0.01f)))),
            rule(operator("Elu", x()).attributes("alpha"),
                    match -> of(match, Activation.elu(match.root().floatAttribute("alpha", 1)))),
            rule(operator("Selu", x()).attributes("alpha", "gamma"), ActivationRules::selu),
            rule(operator("Celu", x()).attributes("alpha"), ActivationRules::celu),
            rule(operator("HardSigmoid", x()).attributes("alpha", "beta"),
                    match -> of(match, Activation.hardLogistic(
                            match.root().floatAttribute("alpha", 0.2f), match.root().floatAttribute("beta", 0.5f)))),
            rule(operator("Gelu", x()).attributes("approximate").since(20), ActivationRules::gelu),
            rule(operator("PRelu", x(), constant("slopes")), ActivationRules::prelu),

            // max(min(slope · x + shift, 1), 0), as Keras writes it; then the clips that are nothing else.
            rule(operator("Clip", sum(product(scalar("slope"), x()), scalar("shift")),
                            exactly("the 0 of hard-sigmoid", 0), exactly("the 1 of hard-sigmoid", 1)).since(11),
                    match -> of(match, Activation.hardLogistic(match.scalar("slope"), match.scalar("shift")))),
            rule(operator("Clip", operator("Relu", x()), exactly("the 0 of ReLU6", 0), scalar("maximum")).since(11),
                    match -> clip(match, 0, match.scalar("maximum"))),
            rule(operator("Clip", x(), optionalScalar("minimum"), optionalScalar("maximum")).since(11),
                    match -> clip(match, match.has("minimum") ? match.scalar("minimum") : Float.NEGATIVE_INFINITY,
                            match.has("maximum") ? match.scalar("maximum") : Float.POSITIVE_INFINITY)),
            rule(operator("Clip", x()).attributes("min", "max").until(10),
                    match -> clip(match, match.root().floatAttribute("min", -Float.MAX_VALUE),
                            match.root().floatAttribute("max", Float.MAX_VALUE))),
            rule(operator("Min", operator("Max", x(), scalar("minimum")), scalar("maximum")),
                    match -> clip(match, match.scalar("minimum"), match.scalar("maximum"))),
            rule(operator("Min", operator("Relu", x()), scalar("maximum")), match -> clip(match, 0,
                    match.scalar("maximum"))),
            rule(operator("Min", x(), scalar("maximum")),
                    match -> clip(match, Float.NEGATIVE_INFINITY, match.scalar("maximum"))),
            rule(operator("Max", operator("Min", x(), scalar("maximum")), scalar("minimum")),
                    match -> clip(match, match.scalar("minimum"), match.scalar("maximum"))),
            rule(operator("Max", x(), exactly("the 0 of ReLU", 0)), match -> of(match, Activation.RELU)),
            rule(operator("Max", exactly("the 0 of ReLU", 0), x()), match -> of(match, Activation.RELU)),
            rule(operator("Max", x(), scalar("minimum")),
                    match -> clip(match, match.scalar("minimum"), Float.POSITIVE_INFINITY)),
            rule(operator("Max", product(scalar("gamma"), x()), x()), ActivationRules::leakyMax),
            rule(operator("Max", x(), product(scalar("gamma"), x())), ActivationRules::leakyMax),
            rule(operator("Max", x(), x()), match -> List.of()),

            // max(0, x) − γ max(0, −x), as Keras writes PReLU.
            rule(sum(product(constant("negative"), operator("Relu", operator("Neg", x()))), operator("Relu", x())),
                    match -> slopes(match, "negative", -1)),
            rule(operator("Sub", operator("Relu", x()), product(constant("slopes"), operator("Relu", operator("Neg", x())))),
                    match -> slopes(match, "slopes", 1)),

            // Only right behind a Gemm, as Samebits writes it; elsewhere it is a normalisation.
            rule(operator("Add", operator("Mul", x(), scalar("slope")), scalar("shift")), ActivationRules::linear),
            rule(GeluPatterns.EXACT, match -> of(match, Activation.GELU)),
            rule(GeluPatterns.TANH, match -> of(match, Activation.GELU_TANH)),
            rule(GeluPatterns.TANH_FACTORED, match -> of(match, Activation.GELU_TANH)),
            rule(GeluPatterns.LOGISTIC, match -> of(match, Activation.GELU_LOGISTIC)),
            rule(product(operator("Sigmoid", product(scalar("beta"), x())), x()),
                    match -> of(match, Activation.swish(match.scalar("beta")))),
            rule(product(operator("Sigmoid", x()), x()), match -> of(match, Activation.swish(1))),
            rule(operator("Log", sum(operator("Exp", x()), exactly("the 1 of softplus", 1))),
                    match -> of(match, Activation.SOFTPLUS)),
            rule(operator("Where", operator("Greater", product(scalar("beta"), x()), scalar("threshold")), x(),
                            operator("Div", operator("Softplus", product(scalar("beta2"), x())), scalar("beta3"))),
                    ActivationRules::softplus),
            rule(operator("ReduceMax", x()).attributes("axes", "keepdims").until(Axes.REDUCE_MAX - 1),
                    ActivationRules::maxout),
            rule(operator("ReduceMax", x(), constant("axes")).attributes("keepdims", "noop_with_empty_axes")
                            .since(Axes.REDUCE_MAX),
                    ActivationRules::maxout));

    private ActivationRules() {}

    private static List<Step> of(Match match, Activation activation) {
        return List.of(activate(match, activation, NONE));
    }

    private static Step activate(Match match, Activation activation, float[] slopes) {
        return new Step.Activate(activation, slopes, match.graph().columns(match.x()), match.root());
    }

    private static Scaling times(Match match, double factor) {
        return Scaling.multiply(new double[] {factor}, new double[] {0}, match.graph().columns(match.x()), match.root());
    }

    /** {@code γ ELU_α(x)}. */
    private static List<Step> selu(Match match) throws Refusal {
        float alpha = match.root().floatAttribute("alpha", 1.67326319217681884765625f);
        float gamma = match.root().floatAttribute("gamma", 1.05070102214813232421875f);
        return List.of(activate(match, Activation.elu(alpha), NONE), times(match, gamma));
    }

    /** {@code max(0, x) + min(0, α(e^{x/α} − 1)) = α ELU(x / α)} for positive α. */
    private static List<Step> celu(Match match) throws Refusal {
        float alpha = match.root().floatAttribute("alpha", 1);
        if (alpha == 1) {
            return of(match, Activation.elu(1));
        }
        if (!(alpha > 0) || !Float.isFinite(alpha)) {
            throw match.root().refused("its alpha is " + alpha + ", and only positive ones are read");
        }
        return List.of(times(match, 1.0 / alpha), activate(match, Activation.elu(1), NONE), times(match, alpha));
    }

    private static List<Step> gelu(Match match) throws Refusal {
        String approximate = match.root().stringAttribute("approximate", "none");
        return switch (approximate) {
            case "none" -> of(match, Activation.GELU);
            case "tanh" -> of(match, Activation.GELU_TANH);
            default -> throw match.root().refused("its approximate is '" + approximate + "', and none and tanh are read");
        };
    }

    /** Attributes of a Clip are never infinite: the largest float stands for no bound. */
    private static List<Step> clip(Match match, float minimum, float maximum) {
        boolean attributes = match.root().has("min") || match.root().has("max");
        return of(match, Activation.hardTanh(
                attributes && minimum == -Float.MAX_VALUE ? Float.NEGATIVE_INFINITY : minimum,
                attributes && maximum == Float.MAX_VALUE ? Float.POSITIVE_INFINITY : maximum));
    }

    /** {@code max(x, γx)} is leaky ReLU for γ ≤ 1 alone. */
    private static List<Step> leakyMax(Match match) throws Refusal {
        float gamma = match.scalar("gamma");
        if (!(gamma <= 1)) {
            throw match.root().refused("max(x, " + gamma + " x) is leaky ReLU only for factors of at most 1");
        }
        return of(match, Activation.leakyRelu(gamma));
    }

    private static List<Step> linear(Match match) throws Refusal {
        Node before = match.graph().producer(match.x());
        return before == null || !before.operator().equals("Gemm") ? null
                : of(match, Activation.linearLogistic(match.scalar("slope"), match.scalar("shift")));
    }

    private static List<Step> prelu(Match match) throws Refusal {
        return slopes(match, "slopes", 1);
    }

    private static List<Step> slopes(Match match, String key, float sign) throws Refusal {
        Shape shape = match.graph().shape(match.x());
        float[] slopes = Columns.of(match.graph(), match.root(), match.constant(key), shape);
        if (sign < 0) {
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = -slopes[i];
            }
        }
        return List.of(activate(match, Activation.PRELU, slopes));
    }

    /** {@code softplus(βx) / β}, and x itself where the two are the same float anyway. */
    private static List<Step> softplus(Match match) throws Refusal {
        float beta = match.scalar("beta");
        if (beta != match.scalar("beta2") || beta != match.scalar("beta3") || !(beta > 0)
                || !(match.scalar("threshold") >= SOFTPLUS_LINEAR)) {
            throw match.root().refused("it is softplus only if its three factors are the same and its threshold is at least "
                    + SOFTPLUS_LINEAR);
        }
        Step softplus = activate(match, Activation.SOFTPLUS, NONE);
        return beta == 1 ? List.of(softplus) : List.of(times(match, beta), softplus, times(match, 1.0 / beta));
    }

    /** Columns that stand as {@code [before × pieces × after]}. */
    private static List<Step> maxout(Match match) throws Refusal {
        Node reduce = match.root();
        Shape shape = match.graph().shape(match.x());
        int axis = shape == null ? -1 : Axes.reduced(match.graph(), reduce, shape);
        if (axis < 0 || axis == shape.rows() || !shape.isKnown()) {
            throw reduce.refused("it is read along one axis of rows whose shape is known, as maxout has it, not " + shape);
        }
        long before = 1;
        long after = 1;
        for (int d = 0; d < shape.rank(); d++) {
            if (d != shape.rows() && d != axis) {
                before *= d < axis ? shape.dim(d) : 1;
                after *= d > axis ? shape.dim(d) : 1;
            }
        }
        return List.of(new Step.Maxout(before, shape.dim(axis), after, reduce));
    }
}
