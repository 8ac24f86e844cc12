package dev.samebits.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One try to match a pattern: what it found, or where and why it failed. Not thread-safe. */
final class Match {
    private final Graph graph;
    private final Node root;
    private final List<Node> nodes = new ArrayList<>();
    private final Deque<Node> open = new ArrayDeque<>();
    private final Map<String, Tensor> constants = new HashMap<>();
    private final Set<String> constantNames = new HashSet<>();
    private String x;
    private Node missed;
    private Supplier<String> why;

    Match(Graph graph, Node root) {
        this.graph = graph;
        this.root = root;
    }

    Graph graph() {
        return graph;
    }

    /** The last operator of the formula. */
    Node root() {
        return root;
    }

    /** The value that the formula is applied to. */
    String x() {
        return x;
    }

    /** How far the match came, in nodes. */
    int depth() {
        return nodes.size();
    }

    /** Why it failed. */
    OnnxFormatException miss() {
        return missed.refused(why.get());
    }

    void enter(Node node) {
        nodes.add(node);
        open.push(node);
    }

    void leave() {
        open.pop();
    }

    boolean bindX(String value) {
        if (value.isEmpty() || graph.constant(value) != null) {
            return miss(() -> "it is applied to a constant or to nothing");
        }
        if (x != null && !x.equals(value)) {
            String bound = x;
            return miss(() -> "its inputs come from different values, " + OnnxFormatException.quote(bound) + " and "
                    + OnnxFormatException.quote(value));
        }
        x = value;
        return true;
    }

    boolean bind(String key, Tensor constant) {
        constants.put(key, constant);
        constantNames.add(constant.name());
        return true;
    }

    /** Notes why the match fails, at the innermost open node. In words only when asked: most misses are of no interest. */
    boolean miss(Supplier<String> reason) {
        missed = open.isEmpty() ? root : open.peek();
        why = reason;
        return false;
    }

    /** Whether the optional constant is there. */
    boolean has(String key) {
        return constants.containsKey(key);
    }

    Tensor constant(String key) {
        return constants.get(key);
    }

    float scalar(String key) {
        return constants.get(key).scalar();
    }

    /** Tells the graph what went into the network. */
    void use() {
        graph.use(nodes, constantNames);
    }
}
