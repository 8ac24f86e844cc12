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
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose names have been checked: each is given once, before it is used, so there is no cycle. {@link Simplifier}
 * notes the shapes of its values, and which of them are the same rows under another name; everybody else looks names up
 * through that. What the output that is wanted does not need is left out.
 */
public final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, Node> producers = new HashMap<>();
    /** Of constants that were worked out, the operators that gave them. */
    private final Map<String, Node> folded = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private final Map<Node, String> problems = new HashMap<>();
    private final Map<Node, String> nodeNotes = new LinkedHashMap<>();
    private final Set<String> ofShapes = new HashSet<>();
    private final Set<Node> ofParts = new HashSet<>();
    private final List<ValueInfo> inputs;
    private final List<ValueInfo> outputs;
    private final Set<String> initializers;
    private final Set<String> fed = new HashSet<>();
    private final Notes notes;
    /** What the reader works out besides layers: a bound on what one constant, used many times, can cost. */
    private final Budget budget = new Budget("what is worked out of its constants takes", Limits.modelBytes() / 2);
    private final Budget layers = new Budget("the network takes", Limits.modelBytes());

    /**
     * Checks a graph.
     *
     * @param opset the version of the operators that the file asks for
     * @throws Refusal if it has parts that are not read, a name twice or nowhere, or no input or output
     */
    public Graph(GraphProto proto, long opset, TensorReader tensors, Notes notes) throws Refusal {
        this.notes = notes;
        if (proto.getNodeCount() > Limits.NODES) {
            throw refused("it has " + proto.getNodeCount() + " nodes, more than " + Limits.NODES
                    + ": fold constants when exporting the model");
        }
        if (proto.getSparseInitializerCount() > 0) {
            throw refused("sparse initializers are not read: export the model with dense ones");
        }
        boolean quantised = proto.getNodeList().stream().anyMatch(node -> QuantizedOperators.isOne(node.getOpType()));
        for (TensorProto initializer : proto.getInitializerList()) {
            Tensor tensor = tensors.read(initializer.getName(), initializer);
            if (tensor.type().isByte() && !quantised) {
                throw tensor.refused("its type is " + tensor.type().label + ", which no weight, shape or class of a dense"
                        + " network has: export the model in single precision");
            }
            if (tensor.name().isEmpty() || constants.put(tensor.name(), tensor) != null) {
                throw tensor.refused("the name is empty or stands twice: the file is damaged; export the model again");
            }
        }
        initializers = Set.copyOf(constants.keySet());
        inputs = proto.getInputList().stream().map(ValueInfo::of).filter(this::isFed).toList();
        checkInputs(proto.getInputList());
        outputs = proto.getOutputList().stream().map(ValueInfo::of).toList();
        if (outputs.isEmpty()) {
            throw refused("it has no output: export the model with the values that it is to give");
        }
        index(proto.getNodeList(), opset);
        for (ValueInfo output : outputs) {
            if (!isDefined(output.name())) {
                throw refused("its output " + quote(output.name())
                        + " is given by nothing: the graph is incomplete; export the model again");
            }
        }
    }

    /** Older files list their initializers as inputs, too. */
    private boolean isFed(ValueInfo input) {
        return !initializers.contains(input.name());
    }

    private void checkInputs(List<ValueInfoProto> protos) throws Refusal {
        Set<String> names = new HashSet<>();
        for (ValueInfoProto proto : protos) {
            if (proto.getName().isEmpty() || !names.add(proto.getName())) {
                throw refused("the input " + quote(proto.getName())
                        + " stands twice or has no name: the file is damaged; export the model again");
            }
        }
        if (inputs.isEmpty()) {
            throw refused("it has no input beside its initializers, so that there are no rows to compute with: export the"
                    + " model with the values that change as its inputs");
        }
        inputs.forEach(input -> fed.add(input.name()));
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
                    throw node.refused("its output " + quote(name) 
                            + " has the name of another value: the file is damaged; export the model again");
                }
                producers.put(name, node);
            }
            nodes.add(node);
        }
        producers.remove("");
    }

    private boolean isDefined(String name) {
        return fed.contains(name) || constants.containsKey(name) || producers.containsKey(name);
    }

    /**
     * Leaves out the nodes and constants that these values do not need.
     *
     * @return the nodes and constants of the file that are left out, as messages name them
     */
    public List<String> keep(Collection<String> values) {
        Set<String> needed = needed(values, true);
        List<String> out = new ArrayList<>();
        for (Node node : nodes) {
            // A Constant that nothing takes is no work left undone.
            if (node.outputs().stream().noneMatch(needed::contains) && !node.operator().equals("Constant")) {
                out.add(node.label());
            }
        }
        nodes.removeIf(node -> node.outputs().stream().noneMatch(needed::contains));
        nodeNotes.keySet().retainAll(nodes);
        constants.keySet().stream().filter(name -> !needed.contains(name) && initializers.contains(name))
                .map(Tensor::where).forEach(out::add);
        constants.keySet().retainAll(needed);
        return out;
    }

    /** The inputs whose numbers count for these values. */
    public List<ValueInfo> counting(Collection<String> values) {
        Set<String> needed = needed(values, false);
        return inputs.stream().filter(input -> needed.contains(input.name())).toList();
    }

    /** What these values are made of; also the shapes and other constants that were worked out on the way, if asked for. */
    private Set<String> needed(Collection<String> values, boolean constantsToo) {
        Set<String> needed = new HashSet<>(values);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.outputs().stream().anyMatch(
                    name -> needed.contains(name) && (constantsToo || !constants.containsKey(name)))) {
                needed.addAll(node.inputs());
                needed.remove("");
            }
        }
        return needed;
    }

    /** The inputs that are fed, whether they count or not. */
    public List<ValueInfo> inputs() {
        return inputs;
    }

    public List<ValueInfo> outputs() {
        return outputs;
    }

    /** The nodes that are needed, each behind those that it takes values from. */
    public List<Node> nodes() {
        return nodes;
    }

    public Notes notes() {
        return notes;
    }

    /** For what is worked out of constants. */
    public Budget budget() {
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

    /** Notes that the weights of this node meet each part of a row by itself. */
    void ofParts(Node node) {
        ofParts.add(node);
    }

    /** Whether the weights of a node meet each part of a row by itself, which no layer does. */
    public boolean isOfParts(Node node) {
        return ofParts.contains(node);
    }

    /** Whether a value is of truths, that is 0 or 1: an input of them, or what comparisons give. */
    public boolean isTruth(String value) {
        Node node = producer(value);
        return node == null ? inputType(value) == ElementType.BOOL.number : node.givesTruths();
    }

    /** The number of the type of elements that the rows of this value have, where it is an input; else 0. */
    public int inputType(String value) {
        String first = resolve(value);
        return inputs.stream().filter(input -> input.name().equals(first)).mapToInt(ValueInfo::type).findFirst().orElse(0);
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
        Node node = producers.remove(constant.name());
        if (node != null) {
            folded.put(constant.name(), node);
        }
        constants.put(constant.name(), constant);
    }

    /** The operator of this type whose result was worked out to be this constant, or null. */
    public Node folded(String constant, String operator) {
        Node node = folded.get(constant);
        return node != null && node.operator().equals(operator) ? node : null;
    }

    /** Notes that what a node gives is worked out of the shapes of values. */
    void ofShapes(Node node) {
        ofShapes.addAll(node.outputs());
    }

    boolean isOfShapes(String value) {
        return ofShapes.contains(value);
    }

    /** Tells what there is to tell of the nodes that are left. */
    public void tell() {
        nodeNotes.values().forEach(notes::add);
    }

    /** Something to tell of a node if it is needed. */
    void note(Node node, String note) {
        nodeNotes.put(node, note);
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
