package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.Operation;
import dev.samebits.Value;
import dev.samebits.onnx.graph.FusedOperators;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Products;
import dev.samebits.onnx.graph.Reduction;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sums, means, norms and extremes within a row, and products of two computed values. */
final class ReduceParts {
    private static final Set<String> LAYERS = Set.of("Gemm", "MatMul", FusedOperators.GEMM);

    private ReduceParts() {}

    /** ReduceMax, unless a layer of maxout may end there. */
    static Part largest(Graph graph, Node node, String value) throws Refusal {
        if (!node.operator().equals("ReduceMax") || graph.shape(node.input(0)) == null) {
            return null;
        }
        Node behind = graph.producer(node.input(0));
        if (behind != null && behind.operator().equals("Add")) {
            behind = graph.producer(graph.constant(behind.input(0)) == null ? behind.input(0) : behind.input(1));
        }
        return behind != null && LAYERS.contains(behind.operator()) ? null : of(graph, node, value);
    }

    static Part of(Graph graph, Node node, String value) throws Refusal {
        if (graph.shape(node.input(0)) == null) {
            return null;
        }
        if (node.operator().equals("MatMul") && graph.shape(node.input(1)) != null) {
            Products products = Products.of(graph.shape(node.input(0)), graph.shape(node.input(1)));
            return products == null ? null : Part.of(node, List.of(node.input(0), node.input(1)),
                    (emitter, operands) -> product(emitter, operands.get(0), operands.get(1), products));
        }
        Reduction reduction = Reduction.isOne(node) ? Reduction.of(graph, node) : null;
        if (reduction == null) {
            return null;
        }
        if (!reduction.from().isKnown()) {
            throw node.refused("the number of columns of what it takes is not known: export the model with a fixed number of"
                    + " columns");
        }
        return Part.of(node, List.of(node.input(0)), (emitter, operands) -> reduced(emitter, operands.get(0), reduction));
    }

    private static Value reduced(Emitter emitter, Value operand, Reduction reduction) throws Refusal {
        Value value = emitter.select(operand, isInOrder(reduction) ? null : reduction.columns(emitter.graph()));
        int count = (int) reduction.count();
        int outputs = value.width() / count;
        return switch (emitter.node().operator()) {
            case "ReduceSum" -> sum(emitter, value, outputs);
            case "ReduceMean" -> emitter.scale(sum(emitter, value, outputs), 1f / count, 0);
            case "ReduceL1" -> sum(emitter, emitter.activate(value, Activation.ABS), outputs);
            case "ReduceSumSquare" -> sum(emitter, emitter.activate(value, Activation.SQUARE), outputs);
            case "ReduceL2" -> emitter.activate(
                    sum(emitter, emitter.activate(value, Activation.SQUARE), outputs), Activation.SQRT);
            case "ReduceMax" -> halved(emitter, value, outputs, Combination.MAXIMUM);
            case "ReduceMin" -> halved(emitter, value, outputs, Combination.MINIMUM);
            case "ReduceProd" -> halved(emitter, value, outputs, Combination.MULTIPLY);
            default -> throw emitter.node().refused("the logarithm of a sum is not read here: export the model with"
                    + " log-softmax");
        };
    }

    /** Whether the columns stand as they are added up: those that become one number far apart. */
    private static boolean isInOrder(Reduction reduction) {
        boolean kept = false;
        for (int d = 0; d < reduction.reduced().length; d++) {
            boolean counts = d != reduction.from().rows() && reduction.from().dim(d) != 1;
            if (counts && kept && reduction.reduced()[d]) {
                return false;
            }
            kept |= counts && !reduction.reduced()[d];
        }
        return true;
    }

    private static Value sum(Emitter emitter, Value value, int outputs) throws Refusal {
        return value.width() == outputs ? value : emitter.step(new Operation.Sum(outputs), value);
    }

    /** Of blocks of columns one: the first half with the second, until one is left. */
    static Value halved(Emitter emitter, Value value, int width, Combination combination) throws Refusal {
        Value left = value;
        Value odd = null;
        while (left.width() > width) {
            int blocks = left.width() / width;
            int half = blocks / 2 * width;
            Value first = emitter.columns(left, 0, half);
            Value second = emitter.columns(left, half, half);
            if (blocks % 2 == 1) {
                Value last = emitter.columns(left, 2 * half, width);
                odd = odd == null ? last : emitter.step(new Operation.Combine(combination), odd, last);
            }
            left = emitter.step(new Operation.Combine(combination), first, second);
        }
        return odd == null ? left : emitter.step(new Operation.Combine(combination), left, odd);
    }

    private static Value product(Emitter emitter, Value first, Value second, Products products) throws Refusal {
        int depth = products.depth();
        int inner = products.inner();
        if ((long) products.outer() * inner > Limits.GROUPS) {
            throw emitter.node().refused("it multiplies computed matrices into " + (long) products.outer() * inner
                    + " numbers a row, and at most " + Limits.GROUPS + " are read: export a smaller model");
        }
        Value columns = second;
        if (inner > 1 && depth > 1) {
            int[] turned = new int[depth * inner];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = i % depth * inner + i / depth;
            }
            columns = emitter.select(second, turned);
        }
        List<Value> sums = new ArrayList<>();
        for (int o = 0; o < products.outer(); o++) {
            Value row = emitter.columns(first, o * depth, depth);
            for (int i = 0; i < inner; i++) {
                sums.add(emitter.step(new Operation.Dot(), row, emitter.columns(columns, i * depth, depth)));
            }
        }
        return emitter.concat(sums);
    }
}
