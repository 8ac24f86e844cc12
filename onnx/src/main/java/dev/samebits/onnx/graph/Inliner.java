package dev.samebits.onnx.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.samebits.onnx.limits.Budget;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.limits.WireScan;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.FunctionProto;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.OperatorSetIdProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a file's own functions are made of in place of the operators that call them, and of an If whose condition is a
 * constant the branch that it takes. What is put in is counted before it is copied.
 */
public final class Inliner {
    private static final int DEPTH = 16;

    private final String round;
    private final FunctionTable functions;
    private final Conditions conditions = new Conditions();
    private final Budget copied = new Budget("what stands in place of its functions takes", Limits.modelBytes() / 2);
    private final long opset;
    private final GraphProto.Builder to;
    private int calls;

    private Inliner(String round, FunctionTable functions, long opset, GraphProto.Builder to) {
        this.round = round;
        this.functions = functions;
        this.opset = opset;
        this.to = to;
    }

    /**
     * The graph of a file without calls.
     *
     * @param opset the version of the operators that the file asks for
     * @return the file's own graph, if there are none
     * @throws Refusal if a function is damaged, calls itself, or stands for too much
     */
    public static GraphProto inlined(ModelProto model, long opset) throws Refusal {
        GraphProto graph = model.getGraph();
        if (model.getFunctionsCount() == 0 && graph.getNodeList().stream().noneMatch(Inliner::isIf)) {
            return graph;
        }
        return inlined(model, graph, opset, Map.of(), "");
    }

    /** The same of a graph of which it is told what conditions are; the round tells its names from those of others. */
    static GraphProto branched(ModelProto model, GraphProto graph, long opset, Map<String, Boolean> told, int round)
            throws Refusal {
        return inlined(model, graph, opset, told, round + ".");
    }

    private static GraphProto inlined(ModelProto model, GraphProto graph, long opset, Map<String, Boolean> told,
            String round) throws Refusal {
        Inliner inliner = new Inliner(round, FunctionTable.of(model.getFunctionsList()), opset,
                graph.toBuilder().clearNode());
        graph.getInitializerList().forEach(inliner.conditions::see);
        inliner.conditions.see(told);
        inliner.nodes(graph.getNodeList(), new Scope(null, "", "", Map.of(), null), 0);
        return inliner.to.build();
    }

    /** Where nodes stand: how their values are called in the graph, and, in a function, what their attributes refer to. */
    private record Scope(@Nullable Scope outer, String prefix, String caller, Map<String, String> values,
            @Nullable Map<String, AttributeProto> attributes) {
        String name(String value) {
            if (value.isEmpty()) {
                return "";
            }
            String known = values.get(value);
            // A branch sees the values around it, a function only its own.
            return known != null ? known : outer != null ? outer.name(value) : prefix + value;
        }
    }

    static boolean isIf(NodeProto node) {
        return node.getOpType().equals("If") && (node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx"));
    }

    private void nodes(List<NodeProto> nodes, Scope scope, int depth) throws Refusal {
        for (NodeProto node : nodes) {
            NodeProto named = named(node, scope);
            FunctionProto function = functions.get(node);
            Boolean condition = isIf(node) && named.getInputCount() == 1 ? conditions.get(named.getInput(0)) : null;
            if (function != null) {
                call(function, named, depth + 1);
            } else if (condition != null) {
                branch(named, scope, condition ? "then_branch" : "else_branch", depth + 1);
            } else {
                add(named);
            }
        }
    }

    // The node as it stands in the graph.
    private static NodeProto named(NodeProto node, Scope scope) {
        NodeProto.Builder named = node.toBuilder().clearInput().clearOutput().clearAttribute();
        node.getInputList().forEach(value -> named.addInput(scope.name(value)));
        node.getOutputList().forEach(value -> named.addOutput(scope.name(value)));
        for (AttributeProto attribute : node.getAttributeList()) {
            AttributeProto meant = attribute.hasRefAttrName() && scope.attributes != null
                    ? scope.attributes.get(attribute.getRefAttrName()) : attribute;
            // One that the caller leaves out, and that has no default, is left out here, too.
            if (meant != null) {
                named.addAttribute(meant == attribute ? meant : meant.toBuilder().setName(attribute.getName()).build());
            }
        }
        if (!scope.caller.isEmpty()) {
            named.setName(cut(scope.caller + "/" + (node.hasName() ? node.getName() : node.getOpType())));
        }
        return named.build();
    }

    private static String cut(String name) {
        return name.length() <= Limits.NAME_BYTES / 4 ? name : name.substring(name.length() - Limits.NAME_BYTES / 4);
    }

    private static Refusal refused(NodeProto node, String what) {
        return new Refusal("node " + Refusal.quote(node.getName()) + " (" + Refusal.clean(node.getOpType()) + ")", what);
    }

    private void call(FunctionProto function, NodeProto node, int depth) throws Refusal {
        checkDepth(node, depth);
        if (node.getInputCount() > function.getInputCount() || node.getOutputCount() > function.getOutputCount()) {
            throw refused(node, "it takes or gives more values than its function does: the file is damaged; export the model"
                    + " again");
        }
        for (OperatorSetIdProto set : function.getOpsetImportList()) {
            if ((set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) && set.getVersion() != opset) {
                throw refused(node, "its function is of opset " + set.getVersion() + " and the file of " + opset
                        + ": export the model again with one opset");
            }
        }
        Map<String, AttributeProto> attributes = new HashMap<>();
        function.getAttributeProtoList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        node.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            values.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
        }
        Scope scope = new Scope(null, prefix(), caller(node), values, attributes);
        inside(function.getNodeList(), function.getOutputList(), node, scope, depth);
    }

    // What stands in place of a node, whose outputs are called as before.
    private void inside(List<NodeProto> nodes, List<String> given, NodeProto node, Scope scope, int depth) throws Refusal {
        Set<String> made = nodes.stream().flatMap(inner -> inner.getOutputList().stream()).collect(Collectors.toSet());
        Map<String, String> handedOn = new LinkedHashMap<>();
        for (int i = 0; i < node.getOutputCount(); i++) {
            String output = node.getOutput(i);
            if (!output.isEmpty() && made.remove(given.get(i))) {
                scope.values.put(given.get(i), output);
            } else if (!output.isEmpty()) {
                handedOn.put(output, given.get(i));
            }
        }
        nodes(nodes, scope, depth);
        for (Map.Entry<String, String> each : handedOn.entrySet()) {
            add(NodeProto.newBuilder().setOpType("Identity").setName(node.getName()).addInput(scope.name(each.getValue()))
                    .addOutput(each.getKey()).build());
        }
    }

    private void branch(NodeProto node, Scope around, String name, int depth) throws Refusal {
        checkDepth(node, depth);
        ByteString bytes = node.getAttributeList().stream().filter(each -> each.getName().equals(name) && each.hasG())
                .map(AttributeProto::getG).findFirst()
                .orElseThrow(() -> refused(node, "it has no " + name + ": the file is damaged; export the model again"));
        WireScan.check(List.of(bytes), GraphProto.getDescriptor(), name);
        GraphProto graph = parsed(bytes);
        if (graph.getInputCount() > 0 || graph.getOutputCount() != node.getOutputCount()
                || graph.getSparseInitializerCount() > 0) {
            throw refused(node, "its branch takes inputs, gives other outputs or has sparse initializers: the file is"
                    + " damaged; export the model again");
        }
        String prefix = prefix();
        Map<String, String> values = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> values.put(tensor.getName(), prefix + tensor.getName()));
        for (NodeProto inner : graph.getNodeList()) {
            inner.getOutputList().forEach(value -> values.put(value, value.isEmpty() ? "" : prefix + value));
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            copied.take(tensor.getSerializedSize());
            TensorProto put = tensor.toBuilder().setName(prefix + tensor.getName()).build();
            to.addInitializer(put);
            conditions.see(put);
        }
        Scope scope = new Scope(around, prefix, caller(node), values, around.attributes);
        List<String> given = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
        inside(graph.getNodeList(), given, node, scope, depth);
    }

    private static GraphProto parsed(ByteString bytes) throws Refusal {
        try {
            return GraphProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal("branch of an If", "not a protobuf message: " + e.getMessage(), e);
        }
    }

    private void checkDepth(NodeProto node, int depth) throws Refusal {
        if (depth > DEPTH) {
            throw refused(node, "functions and branches are " + depth + " deep, or call themselves, and at most " + DEPTH
                    + " are read: export the model without functions");
        }
        if (++calls > Limits.NODES) {
            throw refused(node, "more than " + Limits.NODES + " calls of functions: export the model without functions");
        }
    }

    private String prefix() {
        return "#" + round + calls + "/";
    }

    private static String caller(NodeProto node) {
        return node.getName().isEmpty() ? node.getOpType() : node.getName();
    }

    private void add(NodeProto node) throws Refusal {
        if (to.getNodeCount() >= Limits.NODES) {
            throw Graph.refused("with its functions it has more than " + Limits.NODES
                    + " nodes: fold constants when exporting the model");
        }
        copied.take(node.getSerializedSize());
        to.addNode(node);
        conditions.see(node);
    }
}
