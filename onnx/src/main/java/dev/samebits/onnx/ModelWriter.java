package dev.samebits.onnx;

import dev.samebits.Network;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.write.NetworkWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** From a network to a model in memory: the graph, the versions, and the marks Samebits leaves. */
final class ModelWriter {
    static final int IR_VERSION = 8;
    static final int OPSET = 17;
    private static final String VERSION = version();

    private ModelWriter() {}

    /**
     * Makes the model that a file holds. The same network with the same names gives the same model.
     *
     * @throws Refusal if the network is larger than the file format or the reader allows
     */
    static ModelProto model(Network network) throws Refusal {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(Seal.PRODUCER)
                .setProducerVersion(VERSION)
                .setGraph(NetworkWriter.graph(network));
        model.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
        Seal.add(model, network);
        NamesMetadata.add(model, network.names());
        OwnNetwork.add(model, network);
        ArithmeticMetadata.add(model);
        return model.build();
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
