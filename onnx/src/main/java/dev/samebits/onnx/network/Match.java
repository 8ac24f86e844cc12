package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One try to match a pattern: what it found, or where and why it failed. Not thread-safe. */
final class Match {
    /** What a try that turns out wrong has to give back. */
    record State(String x, Map<String, Tensor> constants, Deque<Node> open, int progress) {}

    private final Graph graph;
    private final Node root;
    private Deque<Node> open = new ArrayDeque<>();
    private Map<String, Tensor> constants = new HashMap<>();
    private String x;
    private int progress;
    private int depth = -1;
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

    State state() {
        return new State(x, new HashMap<>(constants), new ArrayDeque<>(open), progress);
    }

    void reset(State state) {
        x = state.x;
        constants = new HashMap<>(state.constants);
        open = new ArrayDeque<>(state.open);
        progress = state.progress;
    }

    /** How many operators and terms it had found where it failed. */
    int depth() {
        return depth;
    }

    /** Why it failed, at the place where it had come furthest. */
    Refusal miss() {
        return missed.refused(why.get()).ofFormula();
    }

    void enter(Node node) {
        open.push(node);
        progress++;
    }

    /** One more term of a sum or product was found. */
    void found() {
        progress++;
    }

    void leave() {
        open.pop();
    }

    boolean bindX(String value) {
        if (value.isEmpty() || graph.constant(value) != null || x != null && !graph.isSame(x, value)) {
            return false;
        }
        x = x == null ? value : x;
        return true;
    }

    boolean bind(String key, Tensor constant) {
        constants.put(key, constant);
        return true;
    }

    /**
     * Notes why the match fails, at the innermost open node, where that is something that the model says, and not what a
     * rule looks for. In words only when asked: most misses are of no interest.
     */
    boolean miss(Supplier<String> reason) {
        if (progress >= depth) {
            depth = progress;
            missed = open.isEmpty() ? root : open.peek();
            why = reason;
        }
        return false;
    }

    /** Whether the optional constant is there. */
    boolean has(String key) {
        return constants.containsKey(key);
    }

    Tensor constant(String key) {
        return constants.get(key);
    }

    float scalar(String key) throws Refusal {
        return constants.get(key).scalar();
    }
}
