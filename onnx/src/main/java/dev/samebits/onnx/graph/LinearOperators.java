package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/** The operators of linear models, which ONNX's domain for machine learning has: their names, and what they give. */
public final class LinearOperators {
    public static final String REGRESSOR = Node.ML + ".LinearRegressor";
    public static final String CLASSIFIER = Node.ML + ".LinearClassifier";
    public static final String NORMALIZER = Node.ML + ".Normalizer";

    private LinearOperators() {}

    /** Which of its outputs holds numbers: a classifier's first is the class. */
    public static int scores(Node node) {
        return node.operator().equals(CLASSIFIER) && node.outputs().size() > 1 ? 1 : 0;
    }

    /** What the operator gives, for rows of this shape; null if its attributes do not say. */
    public static Shape shape(Node node, Shape rows) throws Refusal {
        float[] intercepts = node.floatsAttribute("intercepts");
        float[] coefficients = node.floatsAttribute("coefficients");
        boolean known = coefficients != null && rows.rank() == 2 && rows.rows() == 0 && rows.dim(1) > 0
                && coefficients.length % rows.dim(1) == 0
                && (intercepts == null || intercepts.length == coefficients.length / rows.dim(1));
        return known ? rows.with(1, coefficients.length / rows.dim(1)) : null;
    }

    /** The names of the classes, in the order of the columns. */
    public static List<String> labels(Node node, String texts, String numbers) throws Refusal {
        List<String> names = node.stringsAttribute(texts);
        List<Long> ints = node.intsAttribute(numbers);
        if (names != null && !names.isEmpty()) {
            return names;
        }
        return ints == null ? List.of() : ints.stream().map(number -> Long.toString(number)).toList();
    }
}
