package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** The axes of operators that took them as an attribute once, and take them as their second input since. */
public final class Axes {
    /** From these opsets on they are an input. */
    public static final int REDUCE_MAX = 18;
    static final int SQUEEZE = 13;
    static final int SLICE = 10;

    private Axes() {}

    /**
     * The axes.
     *
     * @param since the first opset in which they are an input
     * @return null if they are left out, or not constant
     */
    static List<Long> of(Graph graph, Node node, int since) throws Refusal {
        if (node.opset() < since) {
            return node.intsAttribute("axes");
        }
        return list(graph.constant(node.input(1)));
    }

    /** The elements of a short list of integers; null if the constant is none. */
    static List<Long> list(Tensor constant) {
        if (constant == null || !constant.type().isInteger() || constant.elements() > Limits.RANK) {
            return null;
        }
        return Arrays.stream(constant.longs()).boxed().toList();
    }

    /** The one axis along which ReduceMax goes, counted from the front, or -1 if there is not exactly one. */
    public static int reduced(Graph graph, Node node, Shape shape) throws Refusal {
        List<Long> axes = of(graph, node, REDUCE_MAX);
        return axes != null && axes.size() == 1 ? shape.axis(axes.get(0)) : -1;
    }
}
