package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.GraphBuilder;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds steps to a network that is being built, for an operator of a file, which messages name. One use each. */
final class Emitter {
    /** Runs of columns that one operator may take from all over a row: each is a step. */
    private static final int MOST_RUNS = 1024;

    private final Graph graph;
    private final GraphBuilder builder;
    private final Node node;

    Emitter(Graph graph, GraphBuilder builder, Node node) {
        this.graph = graph;
        this.builder = builder;
        this.node = node;
    }

    Graph graph() {
        return graph;
    }

    Node node() {
        return node;
    }

    /** @throws Refusal naming the operator, if the step does not take these values */
    Value step(Operation operation, Value... operands) throws Refusal {
        return step(node, operation, operands);
    }

    Value step(Node at, Operation operation, Value... operands) throws Refusal {
        try {
            return builder.step(operation, List.of(operands));
        } catch (IllegalArgumentException e) {
            throw new Refusal(at.toString(), e.getMessage(), e);
        }
    }

    /** The step of an operation whose parameters may be refused, too. */
    Value made(Node at, Made operation, Value operand) throws Refusal {
        try {
            return builder.step(operation.make(), List.of(operand));
        } catch (IllegalArgumentException e) {
            throw new Refusal(at.toString(), e.getMessage(), e);
        }
    }

    /** Makes an operation. */
    interface Made {
        /** @throws IllegalArgumentException if its parameters are none */
        Operation make();
    }

    Value concat(List<Value> values) throws Refusal {
        return values.size() == 1 ? values.get(0) : step(new Operation.Concat(), values.toArray(Value[]::new));
    }

    Value columns(Value value, int from, int count) throws Refusal {
        return from == 0 && count == value.width() ? value : step(new Operation.Columns(from, count), value);
    }

    /** Columns in any order; null takes all. */
    Value select(Value value, int[] columns) throws Refusal {
        if (columns == null) {
            return value;
        }
        if (value.width() == 1) {
            return spread(value, columns.length);
        }
        List<Value> runs = new ArrayList<>();
        for (int from = 0; from < columns.length;) {
            int to = from + 1;
            while (to < columns.length && columns[to] == columns[to - 1] + 1) {
                to++;
            }
            if (runs.size() == MOST_RUNS) {
                throw node.refused("it puts columns in an order of more than " + MOST_RUNS
                        + " pieces: export the model with columns in the order in which they are needed");
            }
            runs.add(columns(value, columns[from], to - from));
            from = to;
        }
        return concat(runs);
    }

    /** One column, many times: the products of it and ones. */
    Value spread(Value value, int width) throws Refusal {
        if (width == 1) {
            return value;
        }
        float[] ones = filled(width, 1);
        return layer(value, width, ones, new float[width]);
    }

    /** A layer without activation. */
    Value layer(Value value, int outputs, float[] weights, float[] bias) throws Refusal {
        graph.layers().take(Float.BYTES * ((long) weights.length + bias.length));
        return made(node, () -> new Operation.Apply(
                Layer.dense(Matrix.of(outputs, value.width(), weights), bias, Activation.IDENTITY)), value);
    }

    /** These numbers in every row, whatever value it is made of; of NaN it is NaN. */
    Value constant(Value value, float[] numbers) throws Refusal {
        Value zero = step(new Operation.Activate(Activation.hardTanh(0, 0), new float[0]), columns(value, 0, 1));
        return layer(zero, numbers.length, new float[numbers.length], numbers);
    }

    Value activate(Value value, Activation activation) throws Refusal {
        return step(new Operation.Activate(activation, new float[0]), value);
    }

    Value scale(Value value, float factor, float shift) throws Refusal {
        return scale(value, filled(value.width(), factor), filled(value.width(), shift));
    }

    Value scale(Value value, float[] factors, float[] shifts) throws Refusal {
        graph.layers().take(2L * Float.BYTES * factors.length);
        return step(new Operation.ScaleShift(factors, shifts), value);
    }

    Value softmax(Value value, Output output) throws Refusal {
        return step(new Operation.Softmax(output), value);
    }

    /** Does the same with each group of so many columns. */
    Value groups(Value value, int width, OfGroup each) throws Refusal {
        if (value.width() == width) {
            return each.of(value);
        }
        List<Value> results = new ArrayList<>();
        for (int from = 0; from < value.width(); from += width) {
            if (results.size() == Limits.GROUPS) {
                throw node.refused("it works on each of " + value.width() / width + " parts of a row by itself, and at most "
                        + Limits.GROUPS + " are read: export the model with one part a row");
            }
            results.add(each.of(columns(value, from, width)));
        }
        return concat(results);
    }

    /** Makes something of a part of a row. */
    interface OfGroup {
        Value of(Value group) throws Refusal;
    }

    static float[] filled(int length, float value) {
        float[] all = new float[length];
        Arrays.fill(all, value);
        return all;
    }
}
