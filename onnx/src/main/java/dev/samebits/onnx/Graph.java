package dev.samebits.onnx;

import static dev.samebits.onnx.OnnxFormatException.quote;

import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose names have been checked: each is given once, before it is used, so there is no cycle. It remembers what was
 * looked at, so that nothing in the file is passed over in silence.
 */
final class Graph {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, Node> producers = new HashMap<>();
    private final Set<Node> usedNodes = new HashSet<>();
    private final Set<String> usedConstants = new HashSet<>();
    private final ValueInfoProto input;
    private final ValueInfoProto output;

    /**
     * Checks a graph.
     *
     * @param opset the version of the operators that the file asks for
     * @throws OnnxFormatException if it has parts that are not read, a name twice or nowhere, or not one input and output
     */
    Graph(GraphProto proto, long opset) throws OnnxFormatException {
        if (proto.getNodeCount() > Limits.NODES) {
            throw refused("it has " + proto.getNodeCount() + " nodes, more than " + Limits.NODES);
        }
        if (proto.getSparseInitializerCount() > 0) {
            throw refused("sparse initializers are not read: export the model with dense ones");
        }
        for (TensorProto initializer : proto.getInitializerList()) {
            Tensor tensor = Tensor.of(initializer);
            if (tensor.name().isEmpty() || constants.put(tensor.name(), tensor) != null) {
                throw tensor.refused("the name is empty or stands twice");
            }
        }
        input = onlyInput(proto.getInputList());
        if (proto.getOutputCount() != 1) {
            throw refused("it has " + proto.getOutputCount() + " outputs, and a network has one");
        }
        output = proto.getOutput(0);
        index(proto.getNodeList(), opset);
    }

    private ValueInfoProto onlyInput(List<ValueInfoProto> inputs) throws OnnxFormatException {
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

    private void index(List<NodeProto> protos, long opset) throws OnnxFormatException {
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
        return name.equals(input.getName()) || constants.containsKey(name) || producers.containsKey(name);
    }

    ValueInfoProto input() {
        return input;
    }

    ValueInfoProto output() {
        return output;
    }

    /** The node that gives this value, or null. */
    Node producer(String value) {
        return producers.get(value);
    }

    /** The initializer of this name, or null. */
    Tensor constant(String value) {
        return constants.get(value);
    }

    /** Notes that these were read into the network. */
    void use(List<Node> matched, Set<String> matchedConstants) {
        usedNodes.addAll(matched);
        usedConstants.addAll(matchedConstants);
    }

    /**
     * Checks that everything in the file went into the network.
     *
     * @throws OnnxFormatException naming the first node or initializer that did not
     */
    void checkAllUsed() throws OnnxFormatException {
        for (Node node : nodes) {
            if (!usedNodes.contains(node)) {
                throw node.refused("the output does not need it: remove it, or simplify the model when exporting it");
            }
        }
        for (Tensor constant : constants.values()) {
            if (!usedConstants.contains(constant.name())) {
                throw constant.refused("no node needs it: remove it, or simplify the model when exporting it");
            }
        }
    }

    static OnnxFormatException refused(String what) {
        return new OnnxFormatException("graph", what);
    }
}
