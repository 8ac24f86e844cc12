package dev.samebits.onnx;

import static dev.samebits.onnx.limits.Refusal.name;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.samebits.Network;
import dev.samebits.onnx.graph.Branches;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.InputRows;
import dev.samebits.onnx.graph.Origins;
import dev.samebits.onnx.graph.Simplifier;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.limits.WireScan;
import dev.samebits.onnx.network.Candidates;
import dev.samebits.onnx.network.Heads;
import dev.samebits.onnx.network.LeftOut;
import dev.samebits.onnx.network.NetworkReader;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.table.TableFront;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.TensorReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From the bytes of a file to a network: limits, protobuf, versions, graph, layers, and the marks Samebits left. */
final class ModelReader {
    private ModelReader() {}

    /**
     * Reads a model.
     *
     * @param bytes the whole file, not written to meanwhile
     * @param folder where its external data may lie, or null
     * @param options which output is wanted
     * @throws Refusal if it is none, or one that is not read
     */
    static OnnxModel read(byte[] bytes, @Nullable Path folder, OnnxOptions options) throws Refusal {
        if (bytes.length == 0) {
            throw new Refusal("byte 0", "the file is empty");
        }
        if (bytes.length > Limits.modelBytes()) {
            throw new Refusal("file", Limits.tooLarge("it has", bytes.length));
        }
        ByteString wrapped = UnsafeByteOperations.unsafeWrap(bytes);
        WireScan.check(wrapped);
        ModelProto model = parse(wrapped);
        if (!model.hasGraph()) {
            throw new Refusal("model", "it has no graph: the file is damaged, incomplete or no ONNX file");
        }
        ArithmeticMetadata.check(model);
        Notes notes = new Notes();
        TableFront front = TableModels.front(model, notes);
        OnnxModel read = front == null ? read(model, bytes.length, folder, options, notes)
                : TableModels.prepared(front, read(front.network(), bytes.length, folder, options, notes));
        return new OnnxModel(read.network(), read.input(), read.output(), read.outputs(), read.producer(), read.opset(),
                read.notes(), read.preparation(), GoldenMetadata.of(model, read.network(), options));
    }

    // Of rows.
    private static OnnxModel read(ModelProto model, int bytes, @Nullable Path folder, OnnxOptions options, Notes notes)
            throws Refusal {
        long opset = Opsets.of(model, notes);
        TensorReader tensors = new TensorReader(folder, Limits.modelBytes() - bytes, notes);
        OnnxModel own = OwnNetwork.read(model, opset, tensors, options, notes);
        if (own != null) {
            return own;
        }
        GraphProto resolved = Branches.resolved(model, opset,
                new TensorReader(folder, Limits.modelBytes() - bytes, new Notes()));
        Graph graph = new Graph(resolved, opset, tensors, notes);
        Origins origins = new Origins(graph);
        Candidates candidates = Candidates.of(graph, origins, options.output().orElse(null));
        List<String> leftOut = new ArrayList<>(graph.keep(names(candidates.outputs())));
        Simplifier.simplify(graph, tensors);
        Heads heads = Heads.of(graph, candidates);
        leftOut.addAll(graph.keep(names(heads.given())));
        Map<String, String> outputs = new LinkedHashMap<>();
        heads.values().forEach(each -> outputs.put(each.name(), each.value()));
        List<ValueInfo> inputs = InputRows.counting(graph, outputs.values(), heads.values().get(0).output().name());
        LeftOut.tell(graph, origins, heads, candidates.isChosen(), inputs, leftOut);
        Network network = NetworkReader.read(graph, inputs, outputs);
        graph.tell();
        for (int i = 0; i < heads.values().size(); i++) {
            Heads.Given given = heads.values().get(i);
            if (given.isDirect()) {
                NetworkReader.checkOutput(given.output(), network.outputSections().get(i).width(),
                        graph.shape(given.value()), notes);
            }
        }
        checkClasses(heads, network);
        Seal.check(model, network);
        return new OnnxModel(NamesMetadata.named(model, OwnNetwork.named(model, network), heads.labels()), joined(inputs),
                heads.values().size() == 1 ? name(heads.values().get(0).value())
                        : heads.values().stream().map(each -> name(each.name())).collect(Collectors.joining(", ")),
                heads.heads().stream().map(ModelReader::output).toList(),
                name((model.getProducerName() + " " + model.getProducerVersion()).strip()), opset, notes.all());
    }

    private static List<String> names(List<ValueInfo> values) {
        return values.stream().map(ValueInfo::name).toList();
    }

    private static String joined(List<ValueInfo> values) {
        return values.stream().map(value -> name(value.name())).collect(Collectors.joining(", "));
    }

    private static void checkClasses(Heads heads, Network network) throws Refusal {
        if (!heads.labels().isEmpty() && heads.labels().size() != network.outputs()) {
            throw new Refusal("graph", "it names " + heads.labels().size() + " classes, but the network gives "
                    + network.outputs() + " values: export the model again with a name for each");
        }
        if (heads.labels().size() == 1) {
            throw new Refusal("graph", "it names one class alone, which leaves nothing to tell apart: train it on two or"
                    + " more");
        }
    }

    private static OnnxOutput output(Heads.Head head) {
        return new OnnxOutput(name(head.output().name()), ElementType.name(head.output().type()), head.isGiven(),
                head.isClass(), head.labels());
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
}
