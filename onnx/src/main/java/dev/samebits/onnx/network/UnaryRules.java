package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.constant;
import static dev.samebits.onnx.network.Pattern.either;
import static dev.samebits.onnx.network.Pattern.exactly;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.product;
import static dev.samebits.onnx.network.Pattern.scalar;
import static dev.samebits.onnx.network.Pattern.sum;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.Activation;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Constants;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Activations that are one elementary function, or are made of a few of them. The first that matches counts. */
final class UnaryRules {
    private static final String LISTED = ": docs/onnx.md lists the activations that are read";
    private static final Pattern MINUS_X = either(operator("Neg", x()), product(exactly("the −1 of −x", -1), x()));
    private static final Pattern SOFTPLUS = either(operator("Softplus", x()),
            operator("Log", sum(operator("Exp", x()), exactly("the 1 of softplus", 1))));
    private static final Pattern SIX = exactly("the 6 of hard-swish", 6);
    private static final Pattern ZERO = exactly("the 0 of hard-swish", 0);
    private static final Pattern SHIFTED = sum(exactly("the 3 of hard-swish", 3), x());
    private static final Pattern RELU6 = either(
            operator("Clip", SHIFTED, ZERO, SIX).since(11),
            operator("Clip", operator("Relu", SHIFTED), ZERO, SIX).since(11),
            operator("Min", operator("Relu", SHIFTED), SIX));

    static final List<Rule> RULES = List.of(
            rule(operator("HardSwish", x()).since(14), match -> of(match, Activation.HARD_SWISH)),
            rule(product(operator("HardSigmoid", x()).attributes("alpha", "beta"), x()), UnaryRules::hardSwish),
            rule(product(RELU6, exactly("the 1/6 of hard-swish", Constants.SIXTH), x()),
                    match -> of(match, Activation.HARD_SWISH)),
            rule(product(operator("Div", RELU6, SIX), x()), match -> of(match, Activation.HARD_SWISH)),
            rule(operator("Div", product(RELU6, x()), SIX), match -> of(match, Activation.HARD_SWISH)),

            rule(operator("Mish", x()).since(18), match -> of(match, Activation.MISH)),
            rule(product(operator("Tanh", SOFTPLUS), x()), match -> of(match, Activation.MISH)),

            rule(operator("Softsign", x()), match -> of(match, Activation.SOFTSIGN)),
            rule(operator("Div", x(), sum(operator("Abs", x()), exactly("the 1 of softsign", 1))),
                    match -> of(match, Activation.SOFTSIGN)),

            rule(operator("Log", operator("Sigmoid", x())), match -> of(match, Activation.LOG_LOGISTIC)),
            rule(operator("Neg", operator("Softplus", MINUS_X)), match -> of(match, Activation.LOG_LOGISTIC)),
            rule(product(operator("Softplus", MINUS_X), exactly("the −1 of −softplus", -1)),
                    match -> of(match, Activation.LOG_LOGISTIC)),

            rule(operator("Shrink", x()).attributes("bias", "lambd"), UnaryRules::softshrink),
            rule(operator("Abs", x()), match -> of(match, Activation.ABS)),
            rule(operator("Exp", x()), match -> of(match, Activation.EXP)),
            rule(operator("Sqrt", x()), match -> of(match, Activation.SQRT)),
            rule(operator("Log", x()), match -> of(match, Activation.LOG)),
            rule(operator("Reciprocal", x()), match -> of(match, Activation.RECIPROCAL)),
            rule(operator("Cos", x()), match -> of(match, Activation.COSINE)),
            rule(operator("Div", scalar("dividend"), x()), UnaryRules::quotient),
            rule(operator("Pow", x(), constant("exponent")), UnaryRules::power),
            rule(product(x(), x()), match -> of(match, Activation.SQUARE)));

    private UnaryRules() {}

    private static List<Step> of(Match match, Activation... activations) {
        List<Step> steps = new ArrayList<>();
        for (Activation each : activations) {
            steps.add(new Step.Activate(each, new float[0], match.graph().columns(match.x()), match.root()));
        }
        return steps;
    }

    private static List<Step> hardSwish(Match match) throws Refusal {
        for (String input : match.root().inputs()) {
            Node gate = match.graph().producer(input);
            if (gate != null && gate.operator().equals("HardSigmoid")) {
                return gate.floatAttribute("alpha", 0.2f) == Constants.SIXTH
                        && gate.floatAttribute("beta", 0.5f) == Constants.HALF ? of(match, Activation.HARD_SWISH) : null;
            }
        }
        return null;
    }

    private static List<Step> softshrink(Match match) throws Refusal {
        float lambda = match.root().floatAttribute("lambd", 0.5f);
        float bias = match.root().floatAttribute("bias", 0);
        if (lambda != bias) {
            throw match.root().refused("its lambd is " + lambda + " and its bias " + bias
                    + ", and only softshrink is read, where the two are the same" + LISTED);
        }
        return of(match, Activation.softshrink(lambda));
    }

    /** {@code c / x}. */
    private static List<Step> quotient(Match match) throws Refusal {
        List<Step> steps = of(match, Activation.RECIPROCAL);
        float dividend = match.scalar("dividend");
        if (dividend != 1) {
            steps.add(Scaling.multiply(new double[] {dividend}, new double[] {0}, match.graph().columns(match.x()),
                    match.root()));
        }
        return steps;
    }

    private static List<Step> power(Match match) throws Refusal {
        Tensor exponent = match.constant("exponent");
        double power = exponent.elements() != 1 ? Double.NaN
                : exponent.isReal() ? exponent.scalar() : exponent.type().isInteger() ? exponent.longs()[0] : Double.NaN;
        if (power == 1) {
            return List.of();
        } else if (power == 2) {
            return of(match, Activation.SQUARE);
        } else if (power == 0.5) {
            return of(match, Activation.SQRT);
        } else if (power == -1) {
            return of(match, Activation.RECIPROCAL);
        } else if (power == -0.5) {
            return of(match, Activation.SQRT, Activation.RECIPROCAL);
        }
        throw match.root().refused("its exponent is none of 2, 1, 0.5, -0.5 and -1" + LISTED);
    }
}
