package dev.samebits.onnx.network;

import dev.samebits.Value;
import dev.samebits.onnx.graph.Columns;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Layout;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Selection;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What computes nothing: columns that are taken, joined, moved or spread. */
final class ColumnParts {
    private ColumnParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        if (Selection.isOne(graph, node)) {
            Selection selection = Selection.of(graph, node, value);
            if (selection == null) {
                throw Unread.refusal(graph, node);
            }
            return Part.of(node, List.of(node.input(0)),
                    (emitter, operands) -> emitter.select(operands.get(0), selection.columns(graph)));
        }
        return graph.shape(value) == null || graph.shape(node.input(0)) == null && !node.operator().equals("Concat") ? null
                : switch (node.operator()) {
            case "Expand" -> Part.of(node, List.of(node.input(0)), (emitter, operands) -> emitter.select(operands.get(0),
                    Layout.spread(graph, graph.shape(node.input(0)), graph.shape(value))));
            case "Concat" -> Part.of(node, node.inputs().stream().filter(name -> graph.constant(name) == null).toList(),
                    (emitter, operands) -> joined(emitter, operands, graph.shape(value)));
            default -> null;
        };
    }

    private static Value joined(Emitter emitter, List<Value> operands, Shape shape) throws Refusal {
        Graph graph = emitter.graph();
        Node node = emitter.node();
        int axis = shape.axis(node.intAttribute("axis", 0));
        long before = 1;
        for (int d = 0; d < axis; d++) {
            before *= d == shape.rows() ? 1 : shape.dim(d);
        }
        List<Value> values = new ArrayList<>();
        int next = 0;
        for (String name : node.inputs()) {
            Tensor constant = graph.constant(name);
            values.add(constant == null ? operands.get(next++) : emitter.constant(operands.get(0),
                    Columns.of(graph, node, constant, new Shape(constant.dims(), shape.rows()))));
        }
        Value all = emitter.concat(values);
        if (before == 1) {
            return all;
        }
        // Part by part of what stands in front of the axis.
        graph.budget().take(Integer.BYTES * (long) all.width());
        int[] columns = new int[all.width()];
        int to = 0;
        for (int part = 0; part < before; part++) {
            int from = 0;
            for (Value value : values) {
                int block = (int) (value.width() / before);
                for (int i = 0; i < block; i++) {
                    columns[to++] = from + part * block + i;
                }
                from += value.width();
            }
        }
        return emitter.select(all, columns);
    }
}
