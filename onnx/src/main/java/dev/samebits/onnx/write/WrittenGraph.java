package dev.samebits.onnx.write;

import dev.samebits.Network;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a graph that {@link NetworkWriter} wrote, step by step as it was: several networks have the same operators, as an
 * activation is a step of its own or a layer's. The lines beside the graph say which it was. They are believed only if
 * what they say is written as the graph that is there, operator by operator; of a graph that was edited, rules find out
 * what it computes now, as of any other.
 */
public final class WrittenGraph {
    private WrittenGraph() {}

    /** {@return the structure of a network that is no chain, for {@link #read}} */
    public static List<String> lines(Network network) {
        return StepLines.of(network);
    }

    /**
     * The network that was written.
     *
     * @param lines of its structure
     * @param tensors checks constants
     * @return null if this is not the graph that such a network is written as
     * @throws Refusal if a constant of the graph is damaged
     */
    public static @Nullable Network read(GraphProto graph, List<String> lines, TensorReader tensors) throws Refusal {
        Map<String, TensorProto> constants = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
        try {
            Network network = StepLines.read(lines,
                    (step, name) -> parameter(constants, "step" + step + "." + name, tensors));
            return !network.isChain() && isSame(graph, NetworkWriter.withoutParameters(network)) ? network : null;
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Lines that say nothing, or parameters that do not fit them.
            return null;
        }
    }

    private static Tensor parameter(Map<String, TensorProto> constants, String name, TensorReader tensors) throws Refusal {
        TensorProto proto = constants.get(name);
        Tensor tensor = proto == null ? null : tensors.read(name, proto);
        if (tensor == null || !tensor.isReal()) {
            throw new IllegalArgumentException(name + " is not there");
        }
        return tensor;
    }

    private static boolean isSame(GraphProto graph, GraphProto written) {
        if (!graph.getNodeList().equals(written.getNodeList()) || !graph.getInputList().equals(written.getInputList())
                || !graph.getOutputList().equals(written.getOutputList())
                || graph.getInitializerCount() != written.getInitializerCount()) {
            return false;
        }
        for (int i = 0; i < written.getInitializerCount(); i++) {
            TensorProto there = graph.getInitializer(i);
            TensorProto here = written.getInitializer(i);
            boolean same = here.hasRawData() ? there.equals(here) : there.getName().equals(here.getName())
                    && there.getDataType() == here.getDataType() && there.getDimsList().equals(here.getDimsList());
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
