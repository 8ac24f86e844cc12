package dev.samebits.onnx.network;

import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.Table;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Lookup;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries of tables that are looked up by ids, which are columns of inputs: Gather, OneHot, OneHotEncoder. */
final class EmbeddingParts {
    private EmbeddingParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        if (!Lookup.isOne(graph, node)) {
            return null;
        }
        List<Ids.Id> ids = Ids.of(graph, node);
        List<String> inputs = ids.stream().map(Ids.Id::input).distinct().toList();
        return Part.of(node, inputs, (emitter, operands) -> looked(emitter, ids, inputs, operands));
    }

    private static Value looked(Emitter emitter, List<Ids.Id> ids, List<String> inputs, List<Value> operands)
            throws Refusal {
        float[] entries = entries(emitter);
        Tensor table = emitter.node().operator().equals("Gather")
                ? emitter.graph().constant(emitter.node().input(0)) : null;
        int count = table == null ? (int) rows(emitter) : (int) (long) table.dims().get(0);
        int width = entries.length / count;
        List<Value> values = new ArrayList<>();
        for (int from = 0; from < ids.size();) {
            int to = from + 1;
            while (to < ids.size() && ids.get(to).follows(ids.get(to - 1))) {
                to++;
            }
            Ids.Id first = ids.get(from);
            if (values.size() == Limits.GROUPS) {
                throw emitter.node().refused("it looks up columns in an order of more than " + Limits.GROUPS
                        + " pieces: export the model with ids side by side");
            }
            Value columns = emitter.columns(operands.get(inputs.indexOf(first.input())), first.column(), to - from);
            float[] shifted = shifted(emitter, entries, width, count, first.offset());
            values.add(emitter.made(emitter.node(),
                    () -> new Operation.Embed(Table.of(Matrix.of(shifted.length / width, width, shifted))), columns));
            from = to;
        }
        return emitter.concat(values);
    }

    /** The entries for ids to which a constant is added first; those in front of the first count from the end. */
    private static float[] shifted(Emitter emitter, float[] entries, int width, int count, long offset) throws Refusal {
        if (offset == 0) {
            return entries;
        }
        if (offset >= count || offset < -count) {
            throw emitter.node().refused("the number " + offset + " that is added to its ids leaves no entry: the file is"
                    + " damaged; export the model again");
        }
        emitter.graph().layers().take(Float.BYTES * (long) width * (count - offset));
        if (offset > 0) {
            return Arrays.copyOfRange(entries, (int) offset * width, entries.length);
        }
        float[] all = new float[Math.toIntExact((count - offset) * width)];
        int front = (int) -offset * width;
        System.arraycopy(entries, entries.length - front, all, 0, front);
        System.arraycopy(entries, 0, all, front, entries.length);
        return all;
    }

    private static long rows(Emitter emitter) throws Refusal {
        return Lookup.entries(emitter.graph(), emitter.node());
    }

    private static float[] entries(Emitter emitter) throws Refusal {
        Node node = emitter.node();
        Graph graph = emitter.graph();
        if (node.operator().equals("Gather")) {
            Tensor table = graph.constant(node.input(0));
            graph.layers().take(Float.BYTES * (long) table.elements());
            return table.floats();
        }
        long rows = rows(emitter);
        long width = Lookup.width(graph, node);
        graph.layers().take(Float.BYTES * Math.min(Limits.ELEMENTS, rows) * Math.min(Limits.ELEMENTS, width));
        if (rows * width > Limits.ELEMENTS) {
            throw node.refused("its categories take a table larger than a Java array: export the model with fewer");
        }
        float[] all = new float[(int) (rows * width)];
        float on = 1;
        if (node.operator().equals("OneHot")) {
            float[] values = graph.constant(node.input(2)).floats();
            Arrays.fill(all, values[0]);
            on = values[1];
        }
        long[] categories = Lookup.categories(graph, node);
        for (int c = 0; c < categories.length; c++) {
            all[(int) (categories[c] * width) + c] = on;
        }
        return all;
    }
}
