package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.Activation;
import dev.samebits.Output;
import dev.samebits.onnx.graph.LinearOperators;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear and logistic regression as scikit-learn's exporter writes them: one operator with the weights in attributes, and
 * for a classifier a Normalizer, which changes nothing where the probabilities of a row add up to 1 already.
 */
final class LinearModels {
    private static final Pattern.Operator CLASSES = operator(LinearOperators.CLASSIFIER, x()).attributes(
            "classlabels_ints", "classlabels_strings", "coefficients", "intercepts", "multi_class", "post_transform");

    static final List<Rule> RULES = List.of(
            rule(operator(LinearOperators.REGRESSOR, x())
                            .attributes("coefficients", "intercepts", "post_transform", "targets"),
                    LinearModels::regressor),
            rule(CLASSES, match -> classifier(match, match.root(), false)),
            rule(operator(LinearOperators.NORMALIZER, CLASSES).attributes("norm"), LinearModels::normalized));

    private LinearModels() {}

    private static List<Step> regressor(Match match) throws Refusal {
        checkTransform(match.root(), "NONE");
        Step.Affine affine = affine(match, match.root());
        if (match.root().intAttribute("targets", 1) != affine.rows()) {
            throw match.root().refused("it has " + match.root().intAttribute("targets", 1) + " targets, but weights for "
                    + affine.rows());
        }
        return List.of(affine);
    }

    private static String checkTransform(Node node, String... known) throws Refusal {
        String transform = node.stringAttribute("post_transform", "NONE");
        if (!List.of(known).contains(transform)) {
            throw node.refused("its post_transform is " + transform + ", and " + String.join(", ", known) + " are read");
        }
        return transform;
    }

    /** Softmax is read as the last step alone. */
    private static List<Step> classifier(Match match, Node node, boolean addsUp) throws Refusal {
        Step.Affine affine = affine(match, node);
        String transform = checkTransform(node, "NONE", "LOGISTIC", "SOFTMAX");
        int classes = LinearOperators.labels(node, "classlabels_strings", "classlabels_ints").size();
        if (classes != affine.rows() || classes < 2) {
            throw node.refused("it has weights for " + affine.rows() + " classes, which are not those that it names");
        }
        if (addsUp && !transform.equals("SOFTMAX") && !(transform.equals("LOGISTIC") && isPair(affine))) {
            throw match.root().refused("it scales each row by its sum, which is read only where that is 1 already");
        }
        List<Step> steps = new ArrayList<>(List.of(affine));
        if (transform.equals("LOGISTIC")) {
            steps.add(new Step.Activate(Activation.LOGISTIC, new float[0], affine.rows(), node));
        } else if (transform.equals("SOFTMAX")) {
            steps.add(new Step.Finish(Output.SOFTMAX));
        }
        return steps;
    }

    private static List<Step> normalized(Match match) throws Refusal {
        String norm = match.root().stringAttribute("norm", "MAX");
        if (!norm.equals("L1")) {
            throw match.root().refused("its norm is " + norm + ", and only L1 is read, behind probabilities");
        }
        return classifier(match, match.graph().producer(match.root().input(0)), true);
    }

    /** Whether the second logit is the first with its sign changed, so that their logistics add up to 1. */
    private static boolean isPair(Step.Affine affine) {
        boolean pair = affine.rows() == 2 && affine.bias()[0] == -affine.bias()[1];
        for (int j = 0; pair && j < affine.inputs(); j++) {
            pair = affine.weights()[j] == -affine.weights()[affine.inputs() + j];
        }
        return pair;
    }

    private static Step.Affine affine(Match match, Node node) throws Refusal {
        Shape rows = match.graph().shape(match.x());
        Shape shape = rows == null ? null : LinearOperators.shape(node, rows);
        if (shape == null || shape.columns() < 1) {
            throw node.refused("its coefficients do not fit rows of shape " + rows);
        }
        float[] weights = node.floatsAttribute("coefficients");
        float[] intercepts = node.floatsAttribute("intercepts");
        int outputs = (int) shape.columns();
        match.graph().layers().take(Float.BYTES * ((long) weights.length + outputs));
        return new Step.Affine(outputs, (int) rows.columns(), weights, intercepts == null ? new float[outputs] : intercepts);
    }
}
