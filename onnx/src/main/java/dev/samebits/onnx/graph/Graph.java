package dev.samebits.onnx.graph;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.limits.Budget;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose names have been checked: each is given once, before it is used, so there is no cycle. What the outputs do
 * not need is left out. {@link Simplifier} then notes the shapes of its values, and which of them are the same rows under
 * another name; everybody else looks names up through that.
 */
public final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<Node, String> problems = new HashMap<>();
    private final ValueInfo input;
    private final List<ValueInfo> outputs;
    private final Notes notes;
    /** What the reader works out besides layers: a bound on what one constant, used many times, can cost. */
    private final Budget budget = new Budget("what is worked out of its constants takes", Limits.modelBytes() / 2);
    private final Budget layers = new Budget("the network takes", Limits.modelBytes());

    /**
     * Checks a graph.
     *
     * @param opset the version of the operators that the file asks for
     * @throws Refusal if it has parts that are not read, a name twice or nowhere, or not one input
     */
    public Graph(GraphProto proto, long opset, TensorReader tensors, Notes notes) throws Refusal {
        this.notes = notes;
        if (proto.getNodeCount() > Limits.NODES) {
            throw refused("it has " + proto.getNodeCount() + " nodes, more than " + Limits.NODES);
        }
        if (proto.getSparseInitializerCount() > 0) {
            throw refused("sparse initializers are not read: export the model with dense ones");
        }
        for (TensorProto initializer : proto.getInitializerList()) {
            Tensor tensor = tensors.read(initializer.getName(), initializer);
            if (tensor.name().isEmpty() || constants.put(tensor.name(), tensor) != null) {
                throw tensor.refused("the name is empty or stands twice");
            }
        }
        input = ValueInfo.of(onlyInput(proto.getInputList()));
        outputs = proto.getOutputList().stream().map(ValueInfo::of).toList();
        if (outputs.isEmpty()) {
            throw refused("it has 0 outputs, and a network has one");
        }
        index(proto.getNodeList(), opset);
        keepNeeded();
    }

    private ValueInfoProto onlyInput(List<ValueInfoProto> inputs) throws Refusal {
        Set<String> names = new HashSet<>();
        List<ValueInfoProto> real = new ArrayList<>();
        for (ValueInfoProto candidate : inputs) {
            if (candidate.getName().isEmpty() || !names.add(candidate.getName())) {
                throw refused("the input " + quote(candidate.getName()) + " stands twice or has no name");
            }
            // Older files list their initializers as inputs, too.
            if (!constants.containsKey(candidate.getName())) {
                real.add(candidate);
            }
        }
        if (real.size() != 1) {
            throw refused("it has " + real.size() + " inputs beside its initializers, and a network has one");
        }
        return real.get(0);
    }

    private void index(List<NodeProto> protos, long opset) throws Refusal {
        for (NodeProto proto : protos) {
            Node node = new Node(nodes.size(), proto, opset);
            for (String name : node.inputs()) {
                if (!name.isEmpty() && !isDefined(name)) {
                    throw node.refused("its input " + quote(name)
                            + " is given by nothing before it: the graph is incomplete, unsorted or has a cycle");
                }
            }
            for (String name : node.outputs()) {
                if (!name.isEmpty() && isDefined(name)) {
                    throw node.refused("its output " + quote(name) + " has the name of another value");
                }
                producers.put(name, node);
            }
            nodes.add(node);
        }
        producers.remove("");
    }

    private boolean isDefined(String name) {
        return name.equals(input.name()) || constants.containsKey(name) || producers.containsKey(name);
    }

    /** Leaves out the nodes and initializers that no output needs, and notes which. */
    private void keepNeeded() {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.name()));
        Set<Node> live = new HashSet<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                live.add(node);
                needed.addAll(node.inputs());
            }
        }
        for (Node node : nodes) {
            // A Constant that nothing takes is no work left undone.
            if (!live.contains(node) && !node.operator().equals("Constant")) {
                notes.add("left out, since no output needs it: " + node.label());
            }
        }
        for (String constant : constants.keySet()) {
            if (!needed.contains(constant)) {
                notes.add("left out, since no output needs it: " + Tensor.where(constant));
            }
        }
        nodes.retainAll(live);
        constants.keySet().retainAll(needed);
    }

    public ValueInfo input() {
        return input;
    }

    public List<ValueInfo> outputs() {
        return outputs;
    }

    /** The nodes that some output needs, each behind those that it takes values from. */
    public List<Node> nodes() {
        return nodes;
    }

    public Notes notes() {
        return notes;
    }

    /** For what is worked out of constants. */
    Budget budget() {
        return budget;
    }

    /** For the parameters of the layers. */
    public Budget layers() {
        return layers;
    }

    /** The first name of the rows of this value. */
    public String resolve(String value) {
        String name = value;
        for (String next = aliases.get(name); next != null; next = aliases.get(name)) {
            name = next;
        }
        return name;
    }

    /** Whether two names stand for the same rows. */
    public boolean isSame(String value, String other) {
        return resolve(value).equals(resolve(other));
    }

    /** The node that gives the rows of this value, or null. */
    public Node producer(String value) {
        return producers.get(resolve(value));
    }

    /** The constant of this name, or null. */
    public Tensor constant(String value) {
        return constants.get(value);
    }

    /** The shape of this value, or null if it is not known. */
    public Shape shape(String value) {
        return shapes.get(value);
    }

    /** Columns of this value's rows, or {@link Shape#UNKNOWN}. */
    public long columns(String value) {
        Shape shape = shape(value);
        return shape == null ? Shape.UNKNOWN : shape.columns();
    }

    void shape(String value, Shape shape) {
        shapes.put(value, shape);
    }

    /** Makes a value another name for the rows of the first. */
    void alias(String value, String first, Shape shape) {
        aliases.put(value, resolve(first));
        shapes.put(value, shape);
    }

    /** Makes a value that a node gives a constant. */
    void define(Tensor constant) {
        producers.remove(constant.name());
        constants.put(constant.name(), constant);
    }

    /** Notes that this node cannot go into any network, and why; if it has to, the user will hear of it. */
    void problem(Node node, String why) {
        problems.putIfAbsent(node, why);
    }

    /** Why the node cannot go into any network, or null. */
    public String problem(Node node) {
        return problems.get(node);
    }

    public static Refusal refused(String what) {
        return new Refusal("graph", what);
    }
}
