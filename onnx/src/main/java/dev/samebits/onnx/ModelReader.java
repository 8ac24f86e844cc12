package dev.samebits.onnx;

import static dev.samebits.onnx.limits.Refusal.name;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.samebits.Network;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Simplifier;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.limits.WireScan;
import dev.samebits.onnx.network.Heads;
import dev.samebits.onnx.network.NetworkReader;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.OperatorSetIdProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.TensorReader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From the bytes of a file to a network: limits, protobuf, versions, graph, layers, and the marks Samebits left. */
final class ModelReader {
    private ModelReader() {}

    /**
     * Reads a model.
     *
     * @param bytes the whole file, not written to meanwhile
     * @param folder where its external data may lie, or null
     * @throws Refusal if it is none, or one that is not read
     */
    static OnnxModel read(byte[] bytes, @Nullable Path folder) throws Refusal {
        if (bytes.length == 0) {
            throw new Refusal("byte 0", "the file is empty");
        }
        if (bytes.length > Limits.modelBytes()) {
            throw new Refusal("file", Limits.tooLarge("it has", bytes.length));
        }
        ByteString wrapped = UnsafeByteOperations.unsafeWrap(bytes);
        WireScan.check(wrapped);
        ModelProto model = parse(wrapped);
        long opset = opset(model);
        if (!model.hasGraph()) {
            throw new Refusal("model", "it has no graph: the file is damaged, incomplete or no ONNX file");
        }
        if (model.getFunctionsCount() > 0) {
            throw new Refusal("model", "functions of its own are not read: inline them when exporting it");
        }
        Notes notes = new Notes();
        TensorReader tensors = new TensorReader(folder, Limits.modelBytes() - bytes.length, notes);
        Graph graph = new Graph(model.getGraph(), opset, tensors, notes);
        Simplifier.simplify(graph, tensors);
        Heads heads = Heads.of(graph);
        Network network = NetworkReader.read(graph, heads.value());
        if (heads.output() != null) {
            NetworkReader.checkOutput(heads.output(), network, graph.shape(heads.value()), notes);
        }
        if (!heads.labels().isEmpty() && heads.labels().size() != network.outputs()) {
            throw new Refusal("graph", "it names " + heads.labels().size() + " classes, but the network gives "
                    + network.outputs() + " values");
        }
        if (heads.labels().size() == 1) {
            throw new Refusal("graph", "it names one class alone, which leaves nothing to tell apart: train it on two or more");
        }
        Seal.check(model, network);
        return new OnnxModel(NamesMetadata.named(model, network, heads.labels()), name(graph.input().name()),
                name(heads.value()), heads.heads().stream().map(ModelReader::output).toList(),
                name((model.getProducerName() + " " + model.getProducerVersion()).strip()), opset, notes.all());
    }

    private static OnnxOutput output(Heads.Head head) {
        return new OnnxOutput(name(head.output().name()), ElementType.name(head.output().type()), head.isClass(),
                head.labels());
    }

    private static ModelProto parse(ByteString bytes) throws Refusal {
        CodedInputStream in = bytes.newCodedInput();
        // Tensors stay where they are in the file's bytes.
        in.enableAliasing(true);
        try {
            return ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal("model", "not a protobuf message: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refusal("model", "cannot be read: " + e.getMessage(), e);
        }
    }

    private static long opset(ModelProto model) throws Refusal {
        long version = model.getIrVersion();
        if (version < Limits.OLDEST_IR || version > Limits.NEWEST_IR) {
            throw new Refusal("model", "its ONNX IR version is " + version + ", and " + Limits.OLDEST_IR + " to "
                    + Limits.NEWEST_IR + " are read: export it again with one of those");
        }
        Long opset = null;
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                if (opset != null) {
                    throw new Refusal("model", "it names the opset of ONNX's operators twice");
                }
                opset = set.getVersion();
            }
        }
        if (opset == null || opset < Limits.OLDEST_OPSET || opset > Limits.NEWEST_OPSET) {
            throw new Refusal("model", "its opset is " + (opset == null ? "missing" : opset) + ", and "
                    + Limits.OLDEST_OPSET + " to " + Limits.NEWEST_OPSET + " are read: export it again with one of those");
        }
        return opset;
    }
}
