package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Operators that look entries of a table up by ids, which are computed or an input's: their shapes. */
public final class Lookup {
    public static final String ONE_HOT_ENCODER = Node.ML + ".OneHotEncoder";

    private Lookup() {}

    /** Whether it is one: a Gather of a constant by values, or what makes a one of each id. */
    public static boolean isOne(Graph graph, Node node) {
        return node.operator().equals("Gather") && graph.constant(node.input(0)) != null
                && graph.constant(node.input(1)) == null || node.operator().equals("OneHot")
                || node.operator().equals(ONE_HOT_ENCODER);
    }

    /** The value that holds the ids. */
    public static String ids(Node node) {
        return node.input(node.operator().equals("Gather") ? 1 : 0);
    }

    /** Entries of the table of what makes a one of each id. */
    public static long entries(Graph graph, Node node) throws Refusal {
        long most = 0;
        for (long category : categories(graph, node)) {
            most = Math.max(most, category + 1);
        }
        // One more for texts that are none of the categories.
        return texts(node) == null ? most : most + 1;
    }

    /** The numbers of an entry. */
    public static long width(Graph graph, Node node) throws Refusal {
        return entry(graph, node).get(0);
    }

    /** Which id each of the columns is the one of. Text has the place that it has among the categories. */
    public static long[] categories(Graph graph, Node node) throws Refusal {
        List<Long> numbers = node.operator().equals("OneHot") || texts(node) != null ? null
                : node.intsAttribute("cats_int64s");
        long[] categories = numbers == null ? LongStream.range(0, width(graph, node)).toArray()
                : numbers.stream().mapToLong(Long::longValue).toArray();
        for (long category : categories) {
            if (category < 0 || category >= Limits.COLUMNS) {
                throw node.refused("its category " + category + " is no id, which is 0 to " + (Limits.COLUMNS - 1)
                        + ": export the model with categories counted from 0");
            }
        }
        return categories;
    }

    private static List<String> texts(Node node) throws Refusal {
        List<String> texts = node.operator().equals(ONE_HOT_ENCODER) ? node.stringsAttribute("cats_strings") : null;
        return texts == null || texts.isEmpty() ? null : texts;
    }

    /** The result; null if there is no table that is read, of which the graph then knows. */
    static Shape shape(Graph graph, Node node) throws Refusal {
        Shape ids = graph.shape(ids(node));
        if (ids == null) {
            return null;
        }
        List<Long> entry = entry(graph, node);
        if (entry == null || ids.rank() + entry.size() > Limits.RANK) {
            return null;
        }
        List<Long> dims = new ArrayList<>(ids.dims());
        dims.addAll(entry);
        return ids.rows() == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, ids.rows());
    }

    private static List<Long> entry(Graph graph, Node node) throws Refusal {
        switch (node.operator()) {
            case "Gather" -> {
                Tensor table = graph.constant(node.input(0));
                if (!table.isReal() || table.dims().isEmpty() || node.intAttribute("axis", 0) != 0
                        && node.intAttribute("axis", 0) != -table.dims().size() || table.elements() < 1) {
                    graph.problem(node, "it looks up what is no table of numbers, entry by entry: export the model with"
                            + " embeddings along the first dimension");
                    return null;
                }
                return table.dims().subList(1, table.dims().size());
            }
            case "OneHot" -> {
                Tensor depth = graph.constant(node.input(1));
                Tensor values = graph.constant(node.input(2));
                long axis = node.intAttribute("axis", -1);
                if (depth == null || !depth.type().isInteger() || depth.elements() != 1 || values == null
                        || !values.isReal() || values.elements() != 2 || depth.longs()[0] < 1
                        || depth.longs()[0] > Limits.COLUMNS || axis != -1 && axis != graph.shape(node.input(0)).rank()) {
                    graph.problem(node, "its depth and values are not constant numbers, or not along the last dimension:"
                            + " export the model with a fixed number of categories");
                    return null;
                }
                return List.of(depth.longs()[0]);
            }
            default -> {
                List<Long> numbers = node.intsAttribute("cats_int64s");
                List<String> texts = node.stringsAttribute("cats_strings");
                int categories = Math.max(numbers == null ? 0 : numbers.size(), texts == null ? 0 : texts.size());
                if (categories == 0) {
                    graph.problem(node, "it has no categories: the file is damaged; export the model again");
                    return null;
                }
                return List.of((long) categories);
            }
        }
    }
}
