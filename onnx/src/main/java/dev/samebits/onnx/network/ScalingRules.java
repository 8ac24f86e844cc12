package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.constant;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.x;
import static dev.samebits.onnx.network.Rule.rule;

import dev.samebits.onnx.graph.Columns;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Arithmetic with constants, column by column: biases, normalisation, and whatever else {@link Scaling} covers. */
final class ScalingRules {
    private static final double[] ZERO = {0};

    static final List<Rule> RULES = List.of(
            rule(operator("Add", x(), constant("c")), ScalingRules::add),
            rule(operator("Add", constant("c"), x()), ScalingRules::add),
            rule(operator("Sum", x(), constant("c")), ScalingRules::add),
            rule(operator("Sum", constant("c"), x()), ScalingRules::add),
            rule(operator("Sub", x(), constant("c")),
                    match -> List.of(Scaling.subtract(columns(match, "c"), width(match), match.root()))),
            rule(operator("Sub", constant("c"), x()),
                    match -> List.of(Scaling.multiply(new double[] {-1}, columns(match, "c"), width(match), match.root()))),
            rule(operator("Mul", x(), constant("c")), ScalingRules::multiply),
            rule(operator("Mul", constant("c"), x()), ScalingRules::multiply),
            rule(operator("Div", x(), constant("c")), ScalingRules::divide),
            rule(operator("Neg", x()),
                    match -> List.of(Scaling.multiply(new double[] {-1}, ZERO, width(match), match.root()))),
            rule(operator("BatchNormalization", x(), constant("scale"), constant("bias"), constant("mean"),
                    constant("variance"))
                            .attributes("epsilon", "momentum", "training_mode"),
                    ScalingRules::batchNormalization),
            rule(operator(Node.ML + ".Scaler", x()).attributes("offset", "scale"), ScalingRules::scaler));

    private ScalingRules() {}

    private static Shape shape(Match match) {
        return match.graph().shape(match.root().outputs().get(0));
    }

    private static long width(Match match) {
        return match.graph().columns(match.root().outputs().get(0));
    }

    /** The constant, one number or as many as a row has, which must not become wider by it. */
    private static double[] columns(Match match, String key) throws Refusal {
        Shape shape = match.graph().shape(match.x());
        if (shape != null && shape.isKnown() && shape.columns() != width(match)) {
            throw match.root().refused("its constant of shape " + match.constant(key).dims() + " would widen rows of shape "
                    + shape);
        }
        return Columns.ofDouble(match.graph(), match.root(), match.constant(key), shape(match));
    }

    /** Adds the constant c. */
    static List<Step> add(Match match) throws Refusal {
        double[] negated = columns(match, "c");
        for (int i = 0; i < negated.length; i++) {
            negated[i] = -negated[i];
        }
        return List.of(Scaling.subtract(negated, width(match), match.root()));
    }

    private static List<Step> multiply(Match match) throws Refusal {
        return List.of(Scaling.multiply(columns(match, "c"), ZERO, width(match), match.root()));
    }

    private static List<Step> divide(Match match) throws Refusal {
        double[] inverse = columns(match, "c");
        for (int i = 0; i < inverse.length; i++) {
            if (inverse[i] == 0) {
                throw match.root().refused("it divides by 0 in column " + i);
            }
            inverse[i] = 1 / inverse[i];
        }
        return List.of(Scaling.multiply(inverse, ZERO, width(match), match.root()));
    }

    /** {@code (x − mean) · scale / √(variance + ε) + bias}, channel by channel. */
    private static List<Step> batchNormalization(Match match) throws Refusal {
        Node node = match.root();
        boolean training = node.opset() >= 14
                ? node.intAttribute("training_mode", 0) != 0
                : node.outputs().stream().skip(1).anyMatch(name -> !name.isEmpty());
        if (training) {
            throw node.refused("it is in training mode, in which rows depend on each other: export the model for inference");
        }
        Shape shape = shape(match);
        if (shape == null || shape.rows() != 0) {
            throw node.refused("its rows are not along the first dimension");
        }
        double[] scale = channels(match, "scale", shape);
        double[] variance = channels(match, "variance", shape);
        double[] factor = new double[Math.max(scale.length, variance.length)];
        double epsilon = node.floatAttribute("epsilon", 1e-5f);
        for (int i = 0; i < factor.length; i++) {
            double deviation = Math.sqrt(variance[variance.length == 1 ? 0 : i] + epsilon);
            if (!(deviation > 0)) {
                throw node.refused("its variance of channel " + i + " is 0 or negative, and so is its epsilon");
            }
            factor[i] = scale[scale.length == 1 ? 0 : i] / deviation;
        }
        return List.of(new Scaling(channels(match, "mean", shape), factor, channels(match, "bias", shape), shape.columns(),
                List.of(node)));
    }

    private static double[] channels(Match match, String key, Shape shape) throws Refusal {
        Tensor tensor = match.constant(key);
        if (tensor.dims().size() != 1 || shape.rank() > 1 && shape.dim(1) != tensor.dims().get(0)
                || shape.rank() < 2 && tensor.elements() != 1) {
            throw match.root().refused("its " + key + " of shape " + tensor.dims()
                    + " does not fit channels of rows of shape "
                    + shape);
        }
        // Channels are the second dimension; the ones behind are alike.
        List<Long> dims = new ArrayList<>(tensor.dims());
        dims.addAll(Collections.nCopies(Math.max(shape.rank() - 2, 0), 1L));
        return Columns.ofDouble(match.graph(), match.root(), tensor.as(tensor.name(), dims), shape);
    }

    /** {@code (x − offset) · scale}, as scikit-learn's scalers are exported. */
    private static List<Step> scaler(Match match) throws Refusal {
        double[] offset = doubles(match, "offset", 0);
        double[] scale = doubles(match, "scale", 1);
        return List.of(new Scaling(offset, scale, ZERO, width(match), List.of(match.root())));
    }

    private static double[] doubles(Match match, String name, float otherwise) throws Refusal {
        float[] floats = match.root().floatsAttribute(name);
        if (floats == null) {
            return new double[] {otherwise};
        }
        if (floats.length != 1 && floats.length != width(match)) {
            throw match.root().refused("its " + name + " has " + floats.length + " numbers for rows of shape "
                    + shape(match));
        }
        return Columns.widened(match.graph(), floats);
    }
}
