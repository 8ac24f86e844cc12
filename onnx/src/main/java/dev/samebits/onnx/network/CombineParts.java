package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.Operation;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Columns;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Layout;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;
import java.util.Set;

/** Add, Sub, Mul, Div, Max, Min, Sum and Mean of values, constants among them, each spread over the others. */
final class CombineParts {
    private static final Set<String> OPERATORS = Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean");
    private static final Set<String> EXTREMES = Set.of("Max", "Min");
    /** The largest exponent that is products. */
    private static final int MOST_FACTORS = 8;

    private CombineParts() {}

    /** Of one value and constants, in ways that rules do not have. */
    static Part ofOne(Graph graph, Node node, String value) throws Refusal {
        if (node.operator().equals("Pow")) {
            return power(graph, node);
        }
        if (!OPERATORS.contains(node.operator()) || node.inputs().contains("")) {
            return null;
        }
        List<String> computed = computed(graph, node);
        if (computed.size() != 1) {
            return null;
        }
        boolean wider = graph.columns(computed.get(0)) != graph.columns(value);
        boolean many = node.inputs().size() > 2;
        boolean vector = node.inputs().stream().map(graph::constant)
                .anyMatch(constant -> constant != null && constant.elements() > 1);
        boolean byColumn = vector && (EXTREMES.contains(node.operator())
                || node.operator().equals("Div") && graph.constant(node.input(0)) != null);
        boolean maximum = EXTREMES.contains(node.operator()) && graph.constant(node.input(0)) != null;
        return wider || many || byColumn || maximum || node.operator().equals("Mean") ? part(graph, node, value) : null;
    }

    /** Of several values. */
    static Part of(Graph graph, Node node, String value) throws Refusal {
        return OPERATORS.contains(node.operator()) && !node.inputs().contains("") && computed(graph, node).size() > 1
                ? part(graph, node, value) : null;
    }

    private static List<String> computed(Graph graph, Node node) {
        return node.inputs().stream().filter(name -> graph.constant(name) == null).toList();
    }

    private static Part part(Graph graph, Node node, String value) throws Refusal {
        String unknown = node.attributeBeyond(Set.of());
        Shape shape = graph.shape(value);
        if (unknown != null || !shape.isKnown()) {
            throw node.refused(unknown != null
                    ? "its attribute " + Refusal.quote(unknown) + " is not known here: export the model without it"
                    : "the number of its columns is not known: export the model with a fixed number of columns");
        }
        return Part.of(node, computed(graph, node), (emitter, operands) -> combined(emitter, operands, shape));
    }

    private static Value combined(Emitter emitter, List<Value> operands, Shape shape) throws Refusal {
        Graph graph = emitter.graph();
        Node node = emitter.node();
        int width = (int) shape.columns();
        Value result = null;
        boolean full = false;
        int next = 0;
        for (String name : node.inputs()) {
            if (graph.constant(name) != null) {
                continue;
            }
            Value operand = operands.get(next++);
            Shape own = graph.shape(name);
            // One column goes with each of the other's without being spread.
            boolean one = own.columns() == 1;
            Value spread = one ? operand : emitter.select(operand, Layout.spread(graph, own, shape));
            result = result == null ? spread : combine(emitter, result, spread);
            full |= result.width() == width;
        }
        if (!full) {
            result = emitter.spread(result, width);
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            Tensor constant = graph.constant(node.input(i));
            if (constant != null) {
                float[] numbers = Columns.of(graph, node, constant, shape);
                result = withConstant(emitter, result, numbers.length == 1 ? Emitter.filled(width, numbers[0]) : numbers,
                        i == 0);
            }
        }
        return node.operator().equals("Mean") ? emitter.scale(result, 1f / node.inputs().size(), 0) : result;
    }

    private static Value combine(Emitter emitter, Value a, Value b) throws Refusal {
        Combination combination = switch (emitter.node().operator()) {
            case "Sub" -> Combination.SUBTRACT;
            case "Mul", "Div" -> Combination.MULTIPLY;
            case "Max" -> Combination.MAXIMUM;
            case "Min" -> Combination.MINIMUM;
            default -> Combination.ADD;
        };
        boolean quotient = emitter.node().operator().equals("Div");
        return emitter.step(new Operation.Combine(combination), a,
                quotient ? emitter.activate(b, Activation.RECIPROCAL) : b);
    }

    private static Value withConstant(Emitter emitter, Value value, float[] numbers, boolean first) throws Refusal {
        float[] ones = Emitter.filled(numbers.length, 1);
        float[] zeros = new float[numbers.length];
        switch (emitter.node().operator()) {
            case "Mul" -> {
                return emitter.scale(value, numbers, zeros);
            }
            case "Sub" -> {
                return first ? emitter.scale(value, Emitter.filled(numbers.length, -1), numbers)
                        : emitter.scale(value, ones, mapped(numbers, number -> -number));
            }
            case "Div" -> {
                return first ? emitter.scale(emitter.activate(value, Activation.RECIPROCAL), numbers, zeros)
                        : emitter.scale(value, mapped(numbers, number -> 1 / number), zeros);
            }
            case "Max", "Min" -> {
                return combine(emitter, value, emitter.constant(value, numbers));
            }
            default -> {
                return emitter.scale(value, ones, numbers);
            }
        }
    }

    private interface OfNumber {
        float of(float number);
    }

    private static float[] mapped(float[] numbers, OfNumber function) {
        float[] mapped = new float[numbers.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = function.of(numbers[i]);
        }
        return mapped;
    }

    /** Whole exponents from 3 on are products. */
    private static Part power(Graph graph, Node node) throws Refusal {
        Tensor exponent = graph.constant(node.input(1));
        if (exponent == null || exponent.elements() != 1 || graph.shape(node.input(0)) == null) {
            return null;
        }
        double power = exponent.isReal() ? exponent.scalar() : exponent.type().isInteger() ? exponent.longs()[0] : 0;
        if (power < 3 || power > MOST_FACTORS || power != Math.rint(power)) {
            return null;
        }
        return Part.of(node, List.of(node.input(0)), (emitter, operands) -> {
            Value product = operands.get(0);
            for (int i = 1; i < power; i++) {
                product = emitter.step(new Operation.Combine(Combination.MULTIPLY), product, operands.get(0));
            }
            return product;
        });
    }
}
