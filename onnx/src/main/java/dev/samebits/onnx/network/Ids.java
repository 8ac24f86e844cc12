package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Lookup;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Selection;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which columns of which inputs hold the ids that an operator looks up, and what is added to them on the way. */
final class Ids {
    /** Columns of ids. */
    private static final int MOST = 65_536;
    /** Operators between an input and a table. */
    private static final int DEEPEST = 64;

    /**
     * One column.
     *
     * @param input the value that it is a column of
     * @param column which one
     * @param offset what is added to it
     */
    record Id(String input, int column, long offset) {
        /** Whether it is the next column, looked up in the same way. */
        boolean follows(Id before) {
            return input.equals(before.input) && column == before.column + 1 && offset == before.offset;
        }
    }

    private final Graph graph;
    private final Node lookup;
    private final Map<Node, Map<String, int[]>> selections = new HashMap<>();

    private Ids(Graph graph, Node lookup) {
        this.graph = graph;
        this.lookup = lookup;
    }

    /** @throws Refusal if they are computed in a way that is not read */
    static List<Id> of(Graph graph, Node lookup) throws Refusal {
        return new Ids(graph, lookup).ids();
    }

    private List<Id> ids() throws Refusal {
        String value = Lookup.ids(lookup);
        long width = graph.columns(value);
        if (width < 1 || width > MOST) {
            throw lookup.refused("it looks up " + (width == Shape.UNKNOWN ? "an unknown number of" : String.valueOf(width))
                    + " ids a row, and 1 to " + MOST + " are read: export the model with a fixed number of columns");
        }
        List<Id> ids = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            Id id = new Id(graph.resolve(value), column, 0);
            int depth = 0;
            for (Id next = before(id); next != null; next = before(id)) {
                if (++depth > DEEPEST) {
                    throw computed(graph.producer(next.input));
                }
                id = next;
            }
            ids.add(id);
        }
        return ids;
    }

    private Refusal computed(Node node) {
        return node.refused("it computes ids, by which " + lookup.label() + " looks up, and ids are columns of an input:"
                + " export the model with the ids as an input");
    }

    /** The same id in front of the operator that gives it; null at an input. */
    private Id before(Id id) throws Refusal {
        Node node = graph.producer(id.input);
        if (node == null) {
            return null;
        }
        String value = node.outputs().size() == 1 ? node.outputs().get(0) : id.input;
        if (node.operator().equals("Cast")) {
            ElementType to = ElementType.of((int) node.intAttribute("to", 0));
            if (to != null && (to.isReal() || to.isInteger())) {
                return new Id(graph.resolve(node.input(0)), id.column, id.offset);
            }
        } else if (Selection.isOne(graph, node)) {
            int[] columns = columns(node, value);
            if (columns != null) {
                return new Id(graph.resolve(node.input(0)), columns[id.column], id.offset);
            }
        } else if (node.operator().equals("Concat")) {
            return joined(node, id, value);
        } else if (node.operator().equals("Add") || node.operator().equals("Sub")) {
            return shifted(node, id, value);
        }
        throw computed(node);
    }

    private int[] columns(Node node, String value) throws Refusal {
        Map<String, int[]> known = selections.computeIfAbsent(node, key -> new HashMap<>());
        if (!known.containsKey(value)) {
            Selection selection = Selection.of(graph, node, value);
            known.put(value, selection == null ? null : selection.columns(graph));
        }
        return known.get(value);
    }

    private Id joined(Node node, Id id, String value) throws Refusal {
        Shape shape = graph.shape(value);
        int axis = shape.axis(node.intAttribute("axis", 0));
        for (int d = 0; d < axis; d++) {
            if (d != shape.rows() && shape.dim(d) != 1) {
                throw computed(node);
            }
        }
        int column = id.column;
        for (String operand : node.inputs()) {
            int width = (int) graph.columns(operand);
            if (graph.constant(operand) != null) {
                throw computed(node);
            }
            if (column < width) {
                return new Id(graph.resolve(operand), column, id.offset);
            }
            column -= width;
        }
        throw computed(node);
    }

    private Id shifted(Node node, Id id, String value) throws Refusal {
        boolean first = graph.constant(node.input(0)) != null;
        Tensor constant = graph.constant(node.input(first ? 0 : 1));
        String operand = node.input(first ? 1 : 0);
        long width = graph.columns(value);
        boolean fits = constant != null && constant.type().isInteger() && graph.columns(operand) == width
                && (constant.elements() == 1 || constant.elements() == width);
        if (!fits || first && node.operator().equals("Sub")) {
            throw computed(node);
        }
        long[] numbers = constant.longs();
        long number = numbers[numbers.length == 1 ? 0 : id.column];
        // No table has so many entries, and sums of such numbers are none that fit by chance.
        if (Math.abs(number) > Integer.MAX_VALUE) {
            throw computed(node);
        }
        return new Id(graph.resolve(operand), id.column, id.offset + (node.operator().equals("Add") ? number : -number));
    }
}
