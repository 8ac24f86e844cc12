package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Works out the shapes of values, in which the number of rows stays open, and what is made of them. */
final class ShapeFolder {
    private final Graph graph;
    private final TensorReader tensors;

    ShapeFolder(Graph graph, TensorReader tensors) {
        this.graph = graph;
        this.tensors = tensors;
    }

    /** The dimensions of a value, or of some of them; null if one is not known. */
    Tensor shape(Node node, String name) throws Refusal {
        Tensor constant = graph.constant(node.input(0));
        Shape shape = graph.shape(node.input(0));
        if (shape == null && constant != null) {
            shape = new Shape(constant.dims(), Shape.ONE_ROW);
        }
        if (shape == null) {
            return null;
        }
        int from = edge(node.intAttribute("start", 0), shape.rank());
        int to = node.has("end") ? edge(node.intAttribute("end", 0), shape.rank()) : shape.rank();
        long[] dims = new long[Math.max(to - from, 0)];
        for (int d = 0; d < dims.length; d++) {
            long length = shape.dim(from + d);
            if (from + d != shape.rows() && length == Shape.UNKNOWN) {
                return null;
            }
            dims[d] = from + d == shape.rows() ? Tensor.ROWS : length;
        }
        return Tensor.of(name, List.of((long) dims.length), dims);
    }

    /** One number everywhere. A shape that counts the rows is one row, since all are alike. */
    Tensor constantOfShape(Node node, String name, Tensor target) throws Refusal {
        TensorProto given = node.tensorAttribute("value");
        Tensor value = given == null ? Tensor.of(name, List.of(1L), new float[1]) : tensors.read(name, given);
        List<Long> dims = Axes.list(target);
        if (dims == null || target.dims().size() != 1 || !value.isScalar()) {
            return null;
        }
        int rows = dims.indexOf(Tensor.ROWS);
        List<Long> lengths = dims.stream().map(length -> length == Tensor.ROWS ? (Long) 1L : length).toList();
        long elements = 1;
        for (long length : lengths) {
            if (length < 0 || length > Limits.ELEMENTS) {
                return null;
            }
            elements = Math.min(elements * length, Limits.ELEMENTS);
        }
        if (rows != dims.lastIndexOf(Tensor.ROWS)) {
            return null;
        }
        graph.budget().take(Float.BYTES * elements);
        float[] all = new float[(int) elements];
        Arrays.fill(all, value.scalar());
        if (rows >= 0) {
            graph.shape(name, new Shape(lengths, rows).with(rows, Shape.UNKNOWN));
        }
        return Tensor.of(name, lengths, all);
    }

    /** What is done with the elements of a shape, one-dimensional and short. */
    Tensor integers(Node node, String name, Tensor first) throws Refusal {
        for (String input : node.inputs()) {
            Tensor tensor = graph.constant(input);
            if (tensor == null || !tensor.type().isInteger() || tensor.dims().size() > 1
                    || tensor.elements() > 2 * Limits.RANK) {
                return null;
            }
        }
        long[] values = first.longs();
        return switch (node.operator()) {
            case "Gather" -> gather(node, name, values);
            case "Slice" -> slice(node, name, values);
            default -> concat(node, name);
        };
    }

    private Tensor gather(Node node, String name, long[] values) throws Refusal {
        Tensor indices = graph.constant(node.input(1));
        if (indices == null || node.intAttribute("axis", 0) != 0) {
            return null;
        }
        long[] taken = indices.longs();
        for (int i = 0; i < taken.length; i++) {
            long index = taken[i] < 0 ? taken[i] + values.length : taken[i];
            if (index < 0 || index >= values.length) {
                return null;
            }
            taken[i] = values[(int) index];
        }
        return Tensor.of(name, indices.dims(), taken);
    }

    private Tensor slice(Node node, String name, long[] values) throws Refusal {
        long start;
        long end;
        if (node.opset() < 10) {
            List<Long> starts = node.intsAttribute("starts");
            List<Long> ends = node.intsAttribute("ends");
            if (starts == null || ends == null || starts.size() != 1 || ends.size() != 1) {
                return null;
            }
            start = starts.get(0);
            end = ends.get(0);
        } else {
            Tensor starts = graph.constant(node.input(1));
            Tensor ends = graph.constant(node.input(2));
            Tensor steps = graph.constant(node.input(4));
            if (starts == null || ends == null || starts.elements() != 1 || ends.elements() != 1
                    || steps != null && (steps.elements() != 1 || steps.longs()[0] != 1)) {
                return null;
            }
            start = starts.longs()[0];
            end = ends.longs()[0];
        }
        int from = edge(start, values.length);
        long[] part = Arrays.copyOfRange(values, from, Math.max(from, edge(end, values.length)));
        return Tensor.of(name, List.of((long) part.length), part);
    }

    private static int edge(long index, int length) {
        long fromFront = index < 0 ? index + length : index;
        return (int) Math.max(0, Math.min(length, fromFront));
    }

    private Tensor concat(Node node, String name) throws Refusal {
        if (node.intAttribute("axis", 0) != 0 || node.inputs().size() > Limits.RANK) {
            return null;
        }
        List<Long> all = new ArrayList<>();
        for (String input : node.inputs()) {
            for (long value : graph.constant(input).longs()) {
                all.add(value);
            }
        }
        return Tensor.of(name, List.of((long) all.size()), all.stream().mapToLong(Long::longValue).toArray());
    }
}
