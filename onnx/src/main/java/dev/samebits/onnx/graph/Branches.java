package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts in place of each If the branch that it takes, where its condition is told by the shapes of values. The simplifier
 * finds out: a branch may hold another If, so it looks again until none is told any more.
 */
public final class Branches {
    /** How deep conditions may be told by what stands in a branch. */
    private static final int ROUNDS = 16;

    private Branches() {}

    /**
     * The graph of a file, without functions, and without each If that is told.
     *
     * @param opset the version of the operators that the file asks for
     * @param tensors of this alone, for what it notes is of no network
     * @throws Refusal if a function or a branch is damaged, or stands for too much
     */
    public static GraphProto resolved(ModelProto model, long opset, TensorReader tensors) throws Refusal {
        GraphProto graph = Inliner.inlined(model, opset);
        for (int round = 1; round <= ROUNDS && graph.getNodeList().stream().anyMatch(Inliner::isIf); round++) {
            Map<String, Boolean> told = told(graph, opset, tensors);
            if (told.isEmpty()) {
                return graph;
            }
            graph = Inliner.branched(model, graph, opset, told, round);
        }
        return graph;
    }

    /** What conditions are, as far as the shapes of the graph tell. */
    private static Map<String, Boolean> told(GraphProto proto, long opset, TensorReader tensors) {
        GraphProto.Builder bare = proto.toBuilder().clearNode();
        for (NodeProto node : proto.getNodeList()) {
            bare.addNode(Inliner.isIf(node) ? node.toBuilder().clearAttribute().build() : node);
        }
        Map<String, Boolean> told = new HashMap<>();
        try {
            Graph graph = new Graph(bare.build(), opset, tensors, new Notes());
            Simplifier.simplify(graph, tensors);
            for (NodeProto node : proto.getNodeList()) {
                Tensor condition = Inliner.isIf(node) && node.getInputCount() == 1 ? graph.constant(node.getInput(0)) : null;
                if (condition != null && condition.isTruth() && condition.elements() == 1) {
                    told.put(node.getInput(0), condition.longs()[0] != 0);
                }
            }
        } catch (Refusal refusal) {
            // Something is damaged, and whoever reads what is needed will say so; or it is not needed.
            return Map.of();
        }
        return told;
    }
}
