package dev.samebits.onnx.write;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.tensor.Tensor;

/** From a network to a graph of ONNX's operators, layer by layer. */
public final class NetworkWriter {
    /** Bytes set aside for everything but the parameters: names and operators of 10,000 nodes take far less. */
    private static final int RESERVE = 1 << 24;

    private NetworkWriter() {}

    /**
     * Makes the graph of a network.
     *
     * @throws Refusal if the network is larger than the file format or the reader allows
     */
    public static GraphProto graph(Network network) throws Refusal {
        if (!network.isChain()) {
            throw new Refusal("Onnx.write", "the network " + network
                    + " has branches, and chains of layers are what can be written: write one of Network.builder");
        }
        long bytes = Float.BYTES * network.parameters();
        if (bytes > Integer.MAX_VALUE - RESERVE) {
            throw new Refusal("network", "its parameters take " + bytes
                    + " bytes, more than an ONNX file of 2 GiB holds: use smaller layers");
        }
        GraphWriter graph = new GraphWriter();
        String value = "input";
        int number = 0;
        for (Layer layer : network.layers()) {
            graph.prefix("layer" + ++number);
            value = layer(graph, layer, value);
        }
        if (network.output() != Output.IDENTITY) {
            graph.prefix("output");
            graph.operator(network.output() == Output.SOFTMAX ? "Softmax" : "LogSoftmax", value);
            graph.with("axis", -1L);
        }
        if (graph.nodes() > Limits.NODES) {
            throw new Refusal("network", "its " + network.layers().size() + " layers take " + graph.nodes()
                    + " ONNX operators, more than the " + Limits.NODES + " that are read back: use fewer layers");
        }
        return graph.build("input", network.inputs(), "output", network.outputs());
    }

    private static String layer(GraphWriter graph, Layer layer, String value) {
        String z = graph.operator("Gemm", value, weights(graph, layer), graph.vector("bias", layer.bias()));
        graph.with("alpha", 1f).with("beta", 1f).with("transA", 0L).with("transB", 1L);
        return ActivationWriter.write(graph, layer, z);
    }

    /** What two bytes hold stands in two, and in front of the operator, which wants floats, it is made float again. */
    private static String weights(GraphWriter graph, Layer layer) {
        boolean bfloat16 = layer.hasBfloat16Weights();
        String weights = graph.weights("weights", layer, bfloat16);
        if (!bfloat16) {
            return weights;
        }
        String floats = graph.operator("Cast", weights);
        graph.with("to", (long) Tensor.FLOAT);
        return floats;
    }
}
