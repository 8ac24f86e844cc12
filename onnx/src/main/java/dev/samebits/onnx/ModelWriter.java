package dev.samebits.onnx;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.onnx.proto.ModelProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** From a network to a model in memory. */
final class ModelWriter {
    static final int IR_VERSION = 8;
    static final int OPSET = 17;
    /** Bytes set aside for everything but the parameters: names and operators of 10,000 nodes take far less. */
    private static final int RESERVE = 1 << 24;
    private static final String VERSION = version();

    private ModelWriter() {}

    /**
     * Makes the model that a file holds. The same network and names give the same model.
     *
     * @throws IllegalArgumentException if the names do not fit the network
     * @throws Refusal if the network is larger than the file format or the reader allows
     */
    static ModelProto model(Network network, Names names) throws Refusal {
        names.check(network);
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
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(Seal.PRODUCER)
                .setProducerVersion(VERSION)
                .setGraph(graph.build("input", network.inputs(), "output", network.outputs()));
        model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
        Seal.add(model, network);
        NamesMetadata.add(model, names);
        return model.build();
    }

    private static String layer(GraphWriter graph, Layer layer, String value) {
        String weights = graph.matrix("weights", layer.weights());
        String z = graph.operator("Gemm", value, weights, graph.vector("bias", layer.bias()));
        graph.with("alpha", 1f).with("beta", 1f).with("transA", 0L).with("transB", 1L);
        return ActivationWriter.write(graph, layer, z);
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = ModelWriter.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties cannot be read from the jar of Samebits", e);
        }
        return properties.getProperty("version");
    }
}
