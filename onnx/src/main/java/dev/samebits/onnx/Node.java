package dev.samebits.onnx;

import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One operator of the graph, with its attributes by name. */
final class Node {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    private final int index;
    private final NodeProto proto;
    private final long opset;
    private final Map<String, AttributeProto> attributes = new HashMap<>();

    /**
     * Checks a node by itself.
     *
     * @param index its place in the file, from 0
     * @param opset the version of the operators that the file asks for
     * @throws OnnxFormatException if it is not one of ONNX's own operators, or has an attribute twice or with a graph in it
     */
    Node(int index, NodeProto proto, long opset) throws OnnxFormatException {
        this.index = index;
        this.proto = proto;
        this.opset = opset;
        if (!proto.getDomain().isEmpty() && !proto.getDomain().equals("ai.onnx")) {
            throw refused("operators of the domain " + OnnxFormatException.quote(proto.getDomain()) + " are not read");
        }
        for (AttributeProto attribute : proto.getAttributeList()) {
            String name = OnnxFormatException.quote(attribute.getName());
            if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                throw refused("attribute " + name + " holds a graph, and operators with graphs inside are not read");
            }
            if (attribute.hasRefAttrName()) {
                throw refused("attribute " + name + " refers to a function's, and functions are not read");
            }
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw refused("attribute " + name + " stands twice");
            }
        }
    }

    int index() {
        return index;
    }

    String operator() {
        return proto.getOpType();
    }

    /** Names of the values it takes; an empty name is an absent one. */
    List<String> inputs() {
        return proto.getInputList();
    }

    List<String> outputs() {
        return proto.getOutputList();
    }

    /** The first attribute that is not among these, or null. */
    String attributeBeyond(Set<String> known) {
        return attributes.keySet().stream().filter(name -> !known.contains(name)).sorted().findFirst().orElse(null);
    }

    float floatAttribute(String name, float otherwise) throws OnnxFormatException {
        AttributeProto attribute = attribute(name, FLOAT);
        return attribute == null ? otherwise : attribute.getF();
    }

    long intAttribute(String name, long otherwise) throws OnnxFormatException {
        AttributeProto attribute = attribute(name, INT);
        return attribute == null ? otherwise : attribute.getI();
    }

    /** A list of integers, or null. */
    List<Long> intsAttribute(String name) throws OnnxFormatException {
        AttributeProto attribute = attribute(name, INTS);
        return attribute == null ? null : attribute.getIntsList();
    }

    private AttributeProto attribute(String name, int type) throws OnnxFormatException {
        AttributeProto attribute = attributes.get(name);
        if (attribute != null && (attribute.getType() != type || !hasValue(attribute, type))) {
            throw refused("attribute " + OnnxFormatException.quote(name) + " is not of ONNX's attribute type " + type);
        }
        return attribute;
    }

    private static boolean hasValue(AttributeProto attribute, int type) {
        return switch (type) {
            case FLOAT -> attribute.hasF();
            case INT -> attribute.hasI();
            default -> true;
        };
    }

    /** An exception that names this node. */
    OnnxFormatException refused(String what) {
        return new OnnxFormatException(toString(), what);
    }

    @Override
    public String toString() {
        return "node " + index + " " + OnnxFormatException.quote(proto.getName()) + " ("
                + OnnxFormatException.clean(operator()) + ", opset " + opset + ")";
    }
}
