package dev.samebits.onnx.graph;

import com.google.protobuf.ByteString;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One operator of the graph, with its attributes by name. */
public final class Node {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int FLOATS = 6;
    private static final int INTS = 7;
    private static final int STRINGS = 8;
    private static final Map<Integer, String> TYPES = Map.of(FLOAT, "number", INT, "integer", STRING, "text", TENSOR,
            "tensor", FLOATS, "list of numbers", INTS, "list of integers", STRINGS, "list of texts");
    private static final Set<String> TRUTHS =
            Set.of("Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal", "And", "Or", "Xor", "Not");
    /** The domain of the operators that scikit-learn's exporter adds to ONNX's own. */
    public static final String ML = "ai.onnx.ml";

    private final int index;
    private final NodeProto proto;
    private final String operator;
    private final long opset;
    private final Map<String, AttributeProto> attributes = new HashMap<>();

    /**
     * Checks a node by itself.
     *
     * @param index its place in the file, from 0
     * @param opset the version of ONNX's operators that the file asks for
     * @throws Refusal if it has an attribute twice, or one with a graph in it
     */
    Node(int index, NodeProto proto, long opset) throws Refusal {
        this.index = index;
        this.proto = proto;
        this.opset = opset;
        boolean own = proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
        this.operator = own ? proto.getOpType() : proto.getDomain() + "." + proto.getOpType();
        for (AttributeProto attribute : proto.getAttributeList()) {
            String name = Refusal.quote(attribute.getName());
            if (attribute.hasG() && operator.equals("If")) {
                throw refused("its condition is told by the numbers of the rows, or by how many they are, so that no"
                        + " one branch can be taken: export the model with the branch that is meant");
            }
            if (attribute.hasG() || attribute.getGraphsCount() > 0) {
                throw refused("attribute " + name + " holds a graph, and operators with graphs inside are not read:"
                        + " export the model without");
            }
            if (attribute.hasRefAttrName()) {
                throw refused("attribute " + name + " refers to a function's, but stands in none: the file is damaged;"
                        + " export the model again");
            }
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw refused("attribute " + name + " stands twice: the file is damaged; export the model again");
            }
        }
    }

    int index() {
        return index;
    }

    /** Its type; in front of that, with a dot, the domain unless it is ONNX's own. */
    public String operator() {
        return operator;
    }

    /** Whether what it gives is true or false. */
    public boolean givesTruths() {
        AttributeProto to = operator.equals("Cast") ? attributes.get("to") : null;
        return TRUTHS.contains(operator) || to != null && to.getI() == ElementType.BOOL.number;
    }

    /** Whether it is of a domain in which any operator is read. */
    public boolean isOfKnownDomain() {
        return operator.equals(proto.getOpType()) || proto.getDomain().equals(ML);
    }

    public String domain() {
        return proto.getDomain();
    }

    public long opset() {
        return opset;
    }

    /** Names of the values it takes; an empty name is an absent one. */
    public List<String> inputs() {
        return proto.getInputList();
    }

    /** The name of this input; empty if it is absent. */
    public String input(int number) {
        return number < proto.getInputCount() ? proto.getInput(number) : "";
    }

    public List<String> outputs() {
        return proto.getOutputList();
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /** The first attribute that is not among these, or null. */
    public String attributeBeyond(Set<String> known) {
        return attributes.keySet().stream().filter(name -> !known.contains(name)).sorted().findFirst().orElse(null);
    }

    public float floatAttribute(String name, float otherwise) throws Refusal {
        AttributeProto attribute = attribute(name, FLOAT);
        return attribute == null ? otherwise : attribute.getF();
    }

    public long intAttribute(String name, long otherwise) throws Refusal {
        AttributeProto attribute = attribute(name, INT);
        return attribute == null ? otherwise : attribute.getI();
    }

    public String stringAttribute(String name, String otherwise) throws Refusal {
        AttributeProto attribute = attribute(name, STRING);
        return attribute == null ? otherwise : Refusal.clean(attribute.getS().toString(StandardCharsets.UTF_8));
    }

    /** A list of integers, or null. */
    List<Long> intsAttribute(String name) throws Refusal {
        AttributeProto attribute = attribute(name, INTS);
        return attribute == null ? null : attribute.getIntsList();
    }

    /** A list of floats, or null. */
    public float[] floatsAttribute(String name) throws Refusal {
        AttributeProto attribute = attribute(name, FLOATS);
        if (attribute == null) {
            return null;
        }
        float[] floats = new float[attribute.getFloatsCount()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = attribute.getFloats(i);
        }
        return floats;
    }

    /** A list of text, each on one line, or null. */
    List<String> stringsAttribute(String name) throws Refusal {
        AttributeProto attribute = attribute(name, STRINGS);
        if (attribute == null) {
            return null;
        }
        if (!attribute.getStringsList().stream().allMatch(ByteString::isValidUtf8)) {
            throw refused("a text of its attribute " + name + " is not UTF-8");
        }
        return attribute.getStringsList().stream().map(ByteString::toStringUtf8).toList();
    }

    /** A tensor, or null. */
    TensorProto tensorAttribute(String name) throws Refusal {
        AttributeProto attribute = attribute(name, TENSOR);
        return attribute == null ? null : attribute.getT();
    }

    /**
     * An attribute of this type, or null. Writers of newer protobuf leave a zero or an empty text out, and some the type:
     * such an attribute is the zero of its type.
     */
    private AttributeProto attribute(String name, int type) throws Refusal {
        AttributeProto attribute = attributes.get(name);
        if (attribute == null) {
            return null;
        }
        boolean untyped = attribute.getType() == 0;
        if (!untyped && attribute.getType() != type || untyped && hasOther(attribute, type)
                || type == TENSOR && !attribute.hasT()) {
            throw refused("its attribute " + Refusal.quote(name) + " is no " + TYPES.get(type)
                    + ": the file is damaged; export the model again");
        }
        return attribute;
    }

    /** Whether it has a value of another type than this. */
    private static boolean hasOther(AttributeProto attribute, int type) {
        return attribute.hasF() && type != FLOAT || attribute.hasI() && type != INT || attribute.hasS() && type != STRING
                || attribute.hasT() && type != TENSOR || attribute.getFloatsCount() > 0 && type != FLOATS
                || attribute.getIntsCount() > 0 && type != INTS || attribute.getStringsCount() > 0 && type != STRINGS;
    }

    /** Takes an attribute off that says nothing in this file. */
    void forget(String attribute) {
        attributes.remove(attribute);
    }

    /** An exception that names this node. */
    public Refusal refused(String what) {
        return new Refusal(toString(), what);
    }

    /** Its name in short, for notes. */
    public String label() {
        String name = proto.getName();
        return name.isEmpty() ? "node " + index + " (" + Refusal.clean(operator) + ")"
                : Refusal.quote(name) + " (" + Refusal.clean(operator) + ")";
    }

    @Override
    public String toString() {
        return "node " + index + " " + Refusal.quote(proto.getName()) + " ("
                + Refusal.clean(operator) + (opset > 0 ? ", opset " + opset : "") + ")";
    }
}
