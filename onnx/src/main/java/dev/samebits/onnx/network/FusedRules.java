package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.constant;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.optionalConstant;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.Activation;
import dev.samebits.onnx.graph.FusedOperators;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Constants;
import java.util.ArrayList;
import java.util.List;

/** What ONNX Runtime has put into one operator, taken apart again. */
final class FusedRules {
    private static final String ALPHA = "activation_alpha";
    private static final String BETA = "activation_beta";
    private static final String GAMMA = "activation_gamma";
    private static final String[] GEMM = {"alpha", "beta", "transA", "transB", "activation", ALPHA, BETA, GAMMA};

    static final List<Rule> RULES = List.of(
            rule(operator(FusedOperators.GEMM, x(), constant("weights"), optionalConstant("bias")).attributes(GEMM),
                    match -> activated(match, match.root().intAttribute("transB", 0) != 0)),
            rule(operator(FusedOperators.GEMM, constant("weights"), x(), optionalConstant("bias")).attributes(GEMM),
                    match -> activated(match, match.root().intAttribute("transA", 0) == 0)),
            rule(operator(FusedOperators.GELU, x()), match -> biased(match, Activation.GELU)),
            rule(operator(FusedOperators.BIAS_GELU, x(), constant("c")), match -> biased(match, Activation.GELU)),
            rule(operator(FusedOperators.FAST_GELU, x(), optionalConstant("c")),
                    match -> biased(match, Activation.GELU_TANH)),
            rule(operator(FusedOperators.QUICK_GELU, x()).attributes("alpha"), FusedRules::quick));

    private FusedRules() {}

    private static List<Step> activated(Match match, boolean rowsFirst) throws Refusal {
        List<Step> steps = new ArrayList<>(AffineRules.gemm(match, rowsFirst));
        Node node = match.root();
        String name = node.stringAttribute("activation", "");
        switch (name) {
            case "" -> { }
            case "Relu" -> add(match, Activation.RELU, steps);
            case "Sigmoid" -> add(match, Activation.LOGISTIC, steps);
            case "Tanh" -> add(match, Activation.TANH, steps);
            case "Softplus" -> add(match, Activation.SOFTPLUS, steps);
            case "Softsign" -> add(match, Activation.SOFTSIGN, steps);
            case "LeakyRelu" -> add(match, Activation.leakyRelu(parameter(node, ALPHA)), steps);
            case "Elu" -> add(match, Activation.elu(parameter(node, ALPHA)), steps);
            case "HardSigmoid" -> add(match, Activation.hardLogistic(parameter(node, ALPHA), parameter(node, BETA)), steps);
            case "Selu" -> {
                add(match, Activation.elu(parameter(node, ALPHA)), steps);
                steps.add(Scaling.multiply(new double[] {parameter(node, GAMMA)}, new double[] {0}, width(match), node));
            }
            default -> throw node.refused("its activation is " + Refusal.quote(name)
                    + ", which is not read: export the model without ONNX Runtime's optimisations");
        }
        return steps;
    }

    private static float parameter(Node node, String name) throws Refusal {
        if (!node.has(name)) {
            throw node.refused("its activation needs the attribute " + Refusal.quote(name)
                    + ", which is not there: the file is damaged; export the model again");
        }
        return node.floatAttribute(name, 0);
    }

    private static List<Step> biased(Match match, Activation activation) throws Refusal {
        List<Step> steps = new ArrayList<>(match.has("c") ? ScalingRules.add(match) : List.of());
        add(match, activation, steps);
        return steps;
    }

    /** {@code x σ(αx)}. */
    private static List<Step> quick(Match match) throws Refusal {
        float alpha = match.root().floatAttribute("alpha", Constants.GELU_LOGISTIC);
        return biased(match, alpha == Constants.GELU_LOGISTIC ? Activation.GELU_LOGISTIC : Activation.swish(alpha));
    }

    private static void add(Match match, Activation activation, List<Step> steps) {
        steps.add(new Step.Activate(activation, new float[0], width(match), match.root()));
    }

    private static long width(Match match) {
        return match.graph().columns(match.root().outputs().get(0));
    }
}
