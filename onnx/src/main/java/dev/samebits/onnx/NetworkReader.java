package dev.samebits.onnx;

import static dev.samebits.onnx.OnnxFormatException.quote;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.onnx.ActivationRules.LayerEnd;
import dev.samebits.onnx.AffineRules.Affine;
import dev.samebits.onnx.proto.TensorShapeProto;
import dev.samebits.onnx.proto.TypeProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a graph from its output back to its input: perhaps an output function, then layers, each perhaps an activation and
 * always an affine operator. What a formula looks like stands in the rules; to read another one, add a rule. One use each.
 */
final class NetworkReader {
    private final Graph graph;
    private final Deque<Layer> layers = new ArrayDeque<>();
    private String value;
    private long bytes;
    /** The tries at the present value that began well. */
    private final List<Match> misses = new ArrayList<>();

    private NetworkReader(Graph graph) {
        this.graph = graph;
        this.value = graph.output().getName();
    }

    /**
     * Makes a network of a graph.
     *
     * @throws OnnxFormatException naming the node that no rule covers, and why
     */
    static Network read(Graph graph) throws OnnxFormatException {
        return new NetworkReader(graph).read();
    }

    private Network read() throws OnnxFormatException {
        Output output = take(OutputRules.RULES, Output.IDENTITY);
        String input = graph.input().getName();
        do {
            layer();
        } while (!value.equals(input));
        graph.checkAllUsed();
        Network network;
        try {
            network = Network.of(List.copyOf(layers), output);
        } catch (IllegalArgumentException e) {
            throw new OnnxFormatException("graph", e.getMessage(), e);
        }
        checkType("input", graph.input(), network.inputs());
        checkType("output", graph.output(), network.outputs());
        return network;
    }

    private void layer() throws OnnxFormatException {
        Node last = graph.producer(value);
        LayerEnd end = take(ActivationRules.RULES, null);
        Affine affine = take(AffineRules.RULES, null);
        if (affine == null) {
            throw unknown();
        }
        // One tensor may serve many layers, each with a copy of its own.
        bytes += affine.bytes();
        if (bytes > Limits.modelBytes()) {
            throw Graph.refused(Limits.tooLarge("the network takes", bytes));
        }
        try {
            layers.push(end == null
                    ? Layer.dense(affine.weights(), affine.bias(), Activation.IDENTITY)
                    : end.on(affine));
        } catch (IllegalArgumentException e) {
            throw new OnnxFormatException(last.toString(), e.getMessage(), e);
        }
    }

    /** What the first rule that matches makes of the value, which is then the one in front of it; or the other one. */
    private <T> T take(List<Rule<T>> rules, T otherwise) throws OnnxFormatException {
        Node node = graph.producer(value);
        if (node == null) {
            return otherwise;
        }
        for (Rule<T> rule : rules) {
            Match match = new Match(graph, node);
            if (!node.operator().equals(rule.pattern().name())) {
                continue;
            }
            if (!rule.pattern().matches(value, match)) {
                misses.add(match);
                continue;
            }
            T taken;
            try {
                taken = rule.meaning().of(match);
            } catch (IllegalArgumentException e) {
                throw new OnnxFormatException(node.toString(), e.getMessage(), e);
            }
            match.use();
            misses.clear();
            value = match.x();
            return taken;
        }
        return otherwise;
    }

    private OnnxFormatException unknown() {
        Node node = graph.producer(value);
        if (node == null) {
            return Graph.refused("no layer gives the value " + quote(value)
                    + ": a network needs a Gemm in front of every activation");
        }
        // The formula that came furthest is most likely the one that was meant.
        return misses.stream()
                .max((a, b) -> Integer.compare(a.depth(), b.depth()))
                .map(Match::miss)
                .orElseGet(() -> node.refused("this operator is not read here: a layer is a Gemm and at most one activation,"
                        + " and the operators at their ends are " + operators()));
    }

    private static String operators() {
        return Stream.of(AffineRules.RULES, ActivationRules.RULES, OutputRules.RULES)
                .flatMap(List::stream)
                .map(rule -> rule.pattern().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static void checkType(String what, ValueInfoProto info, int width) throws OnnxFormatException {
        TypeProto.TensorType type = info.getType().getTensorType();
        String where = what + " " + quote(info.getName());
        if (type.getElemType() != Tensor.FLOAT) {
            throw new OnnxFormatException(where, "its type is " + Tensor.typeName(type.getElemType())
                    + ", and only tensors of float are read: export the model in single precision");
        }
        if (!type.hasShape()) {
            return;
        }
        TensorShapeProto shape = type.getShape();
        if (shape.getDimCount() != 2) {
            throw new OnnxFormatException(where, "it has " + shape.getDimCount() + " dimensions instead of [rows, columns]");
        }
        TensorShapeProto.Dimension columns = shape.getDim(1);
        if (columns.hasDimValue() && columns.getDimValue() != width) {
            throw new OnnxFormatException(where, "it is declared with " + columns.getDimValue()
                    + " columns, but the layers have " + width);
        }
    }
}
