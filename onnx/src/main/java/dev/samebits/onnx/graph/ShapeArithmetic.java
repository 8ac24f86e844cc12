package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers and truths that are worked out of shapes: how wide a half of the columns is, whether a dimension is 1. The
 * number of rows is not known, and what depends on it is not worked out.
 */
final class ShapeArithmetic {
    private static final Set<String> TRUTHS =
            Set.of("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Xor", "Not");
    private static final Set<String> NUMBERS =
            Set.of("Add", "Sub", "Mul", "Div", "Mod", "Min", "Max", "Neg", "Abs", "Where");

    private ShapeArithmetic() {}

    static boolean isOne(Node node) {
        return TRUTHS.contains(node.operator()) || NUMBERS.contains(node.operator());
    }

    /** @return null if an operand is of other numbers, or many, or what it gives is not known */
    static @Nullable Tensor of(Graph graph, Node node, String name) throws Refusal {
        List<Tensor> operands = new ArrayList<>();
        for (String input : node.inputs()) {
            Tensor tensor = graph.constant(input);
            if (tensor == null || !tensor.type().isInteger() && !tensor.isTruth() || tensor.dims().size() > 1
                    || tensor.elements() > 2 * Limits.RANK) {
                return null;
            }
            operands.add(tensor);
        }
        boolean one = Set.of("Not", "Neg", "Abs").contains(node.operator());
        if (operands.size() != (one ? 1 : node.operator().equals("Where") ? 3 : 2)) {
            return null;
        }
        int length = operands.stream().mapToInt(Tensor::elements).max().orElse(0);
        int rank = operands.stream().mapToInt(tensor -> tensor.dims().size()).max().orElse(0);
        if (operands.stream().anyMatch(tensor -> tensor.elements() != length && tensor.elements() != 1)) {
            return null;
        }
        long[][] numbers = operands.stream().map(Tensor::longs).toArray(long[][]::new);
        long[] result = new long[length];
        for (int i = 0; i < length; i++) {
            long[] at = new long[numbers.length];
            for (int k = 0; k < at.length; k++) {
                at[k] = numbers[k][numbers[k].length == 1 ? 0 : i];
            }
            Long value = value(node.operator(), at);
            if (value == null) {
                return null;
            }
            result[i] = value;
        }
        List<Long> dims = rank == 0 ? List.of() : List.of((long) length);
        return TRUTHS.contains(node.operator()) ? Tensor.ofTruths(name, dims, result) : Tensor.of(name, dims, result);
    }

    private static @Nullable Long value(String operator, long[] at) {
        if (operator.equals("Where")) {
            return at[0] != 0 ? at[1] : at[2];
        }
        long a = at[0];
        long b = at.length > 1 ? at[1] : 0;
        if (a == Tensor.ROWS || at.length > 1 && b == Tensor.ROWS) {
            return ofRows(operator, a, b);
        }
        // Of sizes of this kind nothing overflows.
        if (Math.abs(a) > Limits.ELEMENTS || Math.abs(b) > Limits.ELEMENTS) {
            return null;
        }
        return switch (operator) {
            case "Add" -> a + b;
            case "Sub" -> a - b;
            case "Mul" -> a * b;
            case "Div" -> b == 0 ? null : (Long) (a / b);
            case "Mod" -> b == 0 ? null : (Long) Math.floorMod(a, b);
            case "Min" -> Math.min(a, b);
            case "Max" -> Math.max(a, b);
            case "Neg" -> -a;
            case "Abs" -> Math.abs(a);
            default -> isTrue(operator, a, b) ? 1L : 0L;
        };
    }

    private static boolean isTrue(String operator, long a, long b) {
        return switch (operator) {
            case "Equal" -> a == b;
            case "Less" -> a < b;
            case "LessOrEqual" -> a <= b;
            case "Greater" -> a > b;
            case "GreaterOrEqual" -> a >= b;
            case "And" -> a != 0 && b != 0;
            case "Or" -> a != 0 || b != 0;
            case "Xor" -> a != 0 ^ b != 0;
            default -> a == 0;
        };
    }

    /** What is the same for any number of rows, which is none or more. */
    private static @Nullable Long ofRows(String operator, long a, long b) {
        boolean both = a == b;
        long other = a == Tensor.ROWS ? b : a;
        return switch (operator) {
            case "Mul" -> !both && other == 1 ? (Long) Tensor.ROWS : null;
            case "Div" -> b == 1 ? (Long) Tensor.ROWS : null;
            case "Add", "Sub" -> !both && other == 0 && a == Tensor.ROWS ? (Long) Tensor.ROWS : null;
            case "Min", "Max" -> both ? (Long) Tensor.ROWS : null;
            case "Equal" -> both ? (Long) 1L : other < 0 ? (Long) 0L : null;
            default -> null;
        };
    }
}
