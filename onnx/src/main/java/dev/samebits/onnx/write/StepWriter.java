package dev.samebits.onnx.write;

import dev.samebits.Activation;
import dev.samebits.Bfloat16;
import dev.samebits.Combination;
import dev.samebits.Layer;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Table;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;

/** Writes a step of a network: the operators of one operation. */
final class StepWriter {
    private final GraphWriter graph;

    StepWriter(GraphWriter graph) {
        this.graph = graph;
    }

    /**
     * Writes the operators of one step, of which there is at least one; the last of them makes its value.
     *
     * @param operands names of values
     * @param ids whether the first operand is of integers
     * @param width columns of the step's value
     */
    void write(Operation operation, List<String> operands, boolean ids, int width) {
        String x = operands.get(0);
        if (operation instanceof Operation.Apply apply) {
            layer(apply.layer(), x);
        } else if (operation instanceof Operation.Activate activate) {
            boolean none = activate.activation().kind() == Activation.Kind.IDENTITY;
            ActivationWriter.write(graph, activate.activation(), activate.slopes(),
                    none ? graph.operator("Identity", x) : x);
        } else if (operation instanceof Operation.ScaleShift scaled) {
            graph.operator("Add", graph.operator("Mul", x, graph.vector("scale", scaled.scale())),
                    graph.vector("shift", scaled.shift()));
        } else if (operation instanceof Operation.CenterScale centred) {
            graph.operator("Mul", graph.operator("Sub", x, graph.vector("center", centred.center())),
                    graph.vector("scale", centred.scale()));
        } else if (operation instanceof Operation.Combine combine) {
            combine(combine.combination(), x, operands.get(1));
        } else if (operation instanceof Operation.Concat) {
            graph.operator("Concat", operands.toArray(String[]::new));
            graph.with("axis", 1L);
        } else if (operation instanceof Operation.Columns columns) {
            graph.operator("Slice", x, graph.integers("from", columns.from()),
                    graph.integers("to", columns.from() + columns.count()), graph.integers("axis", 1));
        } else if (operation instanceof Operation.Embed embed) {
            embedding(embed.table(), ids ? x : integers(x), width);
        } else if (operation instanceof Operation.Dot) {
            sum(graph.operator("Mul", x, operands.get(1)), 1L);
        } else if (operation instanceof Operation.Sum summed) {
            sum(summed.outputs(), x);
        } else if (operation instanceof Operation.Softmax softmax) {
            graph.operator(softmax.output() == Output.SOFTMAX ? "Softmax" : "LogSoftmax", x);
            graph.with("axis", -1L);
        } else {
            norm(operation, x);
        }
    }

    private void layer(Layer layer, String x) {
        String weights = matrix("weights", layer.rows(), layer.inputs(), layer.hasBfloat16Weights(), layer::weight);
        String z = graph.operator("Gemm", x, weights, graph.vector("bias", layer.bias()));
        graph.with("alpha", 1f).with("beta", 1f).with("transA", 0L).with("transB", 1L);
        if (layer.pieces() == 1) {
            ActivationWriter.write(graph, layer.activation(), layer.slopes(), z);
            return;
        }
        // Rows stand piece by piece; a 0 keeps the batch.
        String shape = graph.integers("shape", 0, layer.pieces(), layer.outputs());
        graph.operator("ReduceMax", graph.operator("Reshape", z, shape));
        graph.withList("axes", 1).with("keepdims", 0L);
    }

    /** What two bytes hold stands in two, and in front of the operator, which wants floats, it is made float again. */
    private String matrix(String name, int rows, int columns, boolean bfloat16, GraphWriter.Numbers numbers) {
        String matrix = graph.matrix(name, rows, columns, bfloat16, numbers);
        if (!bfloat16) {
            return matrix;
        }
        String floats = graph.operator("Cast", matrix);
        graph.with("to", (long) Tensor.FLOAT);
        return floats;
    }

    private void embedding(Table table, String ids, int width) {
        String entries = matrix("table", table.entries(), table.width(), isBfloat16(table), table::get);
        String gathered = graph.operator("Gather", entries, ids);
        graph.with("axis", 0L);
        // Entry by entry, side by side.
        graph.operator("Reshape", gathered, graph.integers("shape", 0, width));
    }

    private static boolean isBfloat16(Table table) {
        for (int entry = 0; entry < table.entries(); entry++) {
            for (int column = 0; column < table.width(); column++) {
                if (!Bfloat16.holds(table.get(entry, column))) {
                    return false;
                }
            }
        }
        return true;
    }

    private String integers(String x) {
        String ids = graph.operator("Cast", x);
        graph.with("to", (long) Tensor.INT64);
        return ids;
    }

    private void combine(Combination combination, String a, String b) {
        switch (combination) {
            case ADD -> graph.operator("Add", a, b);
            case SUBTRACT -> graph.operator("Sub", a, b);
            case MULTIPLY -> graph.operator("Mul", a, b);
            case MAXIMUM -> graph.operator("Max", a, b);
            case MINIMUM -> graph.operator("Min", a, b);
            case LESS -> number(graph.operator("Less", a, b));
            case LESS_OR_EQUAL -> number(graph.operator("LessOrEqual", a, b));
            case EQUAL -> number(graph.operator("Equal", a, b));
            case KEEP -> {
                String mask = graph.operator("Cast", a);
                graph.with("to", (long) Tensor.BOOL);
                graph.operator("Where", mask, b, graph.scalar("nothing", -0f));
            }
        }
    }

    // The truth of a comparison as 1 or 0.
    private void number(String truth) {
        graph.operator("Cast", truth);
        graph.with("to", (long) Tensor.FLOAT);
    }

    private void sum(int outputs, String x) {
        if (outputs == 1) {
            sum(x, 1L);
        } else {
            sum(graph.operator("Reshape", x, graph.integers("shape", 0, -1, outputs)), 0L);
        }
    }

    private void sum(String x, long keepDimensions) {
        graph.operator("ReduceSum", x, graph.integers("axes", 1));
        graph.with("keepdims", keepDimensions);
    }

    private void norm(Operation operation, String x) {
        if (operation instanceof Operation.LayerNorm norm) {
            graph.operator("LayerNormalization", x, graph.vector("gain", norm.gain()), graph.vector("shift", norm.shift()));
            graph.with("axis", -1L).with("epsilon", norm.epsilon());
        } else if (operation instanceof Operation.RmsNorm norm) {
            // An operator of its own only since opset 23.
            String mean = reduced("ReduceMean", graph.operator("Mul", x, x));
            String root = graph.operator("Sqrt", graph.operator("Add", mean, graph.scalar("epsilon", norm.epsilon())));
            graph.operator("Mul", graph.operator("Div", x, root), graph.vector("gain", norm.gain()));
        } else if (operation instanceof Operation.L2Norm norm) {
            // As PyTorch exports it; LpNormalization has no ε.
            String length = reduced("ReduceL2", x);
            graph.operator("Div", x, graph.operator("Clip", length, graph.scalar("epsilon", norm.epsilon())));
        } else {
            throw new AssertionError("no ONNX operators for " + operation);
        }
    }

    private String reduced(String type, String x) {
        String reduced = graph.operator(type, x);
        graph.withList("axes", 1).with("keepdims", 1L);
        return reduced;
    }
}
