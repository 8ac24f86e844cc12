package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.OperatorSetIdProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not read is refused with its place and reason. */
class RefusalTest {
    private static final Network GELU = Networks.with(Activation.GELU, 1);

    private static Arguments model(String says, Consumer<ModelProto.Builder> change) {
        return Arguments.of(says, GELU, change);
    }

    private static Arguments graph(String says, Consumer<GraphProto.Builder> change) {
        return graph(says, GELU, change);
    }

    private static Arguments graph(String says, Network network, Consumer<GraphProto.Builder> change) {
        Consumer<ModelProto.Builder> whole = model -> change.accept(model.getGraphBuilder());
        return Arguments.of(says, network, whole);
    }

    /** Changes an attribute of the operator that stands at this place. */
    private static Arguments attribute(String says, Network network, int node, int attribute,
            Consumer<AttributeProto.Builder> change) {
        return graph(says, network,
                graph -> change.accept(graph.getNodeBuilder(node).getAttributeBuilder(attribute)));
    }

    private static ByteString floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    static Stream<Arguments> models() {
        return Stream.of(
                model("IR version is 2", m -> m.setIrVersion(2)),
                model("IR version is 99", m -> m.setIrVersion(99)),
                model("opset is 5", m -> m.getOpsetImportBuilder(0).setVersion(5)),
                model("opset is 28", m -> m.getOpsetImportBuilder(0).setVersion(28)),
                model("opset is missing", m -> m.clearOpsetImport()),
                model("opset is 99", m -> m.addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(99))),
                model("byte 0 (function.name)", m -> m.addFunctions(ByteString.copyFrom(new byte[] {10, 5}))),
                model("no graph", m -> m.clearGraph()),
                model("metadata samebits.fingerprint", m -> m.setMetadataProps(0, StringStringEntryProto.newBuilder()
                        .setKey(Seal.FINGERPRINT).setValue(ByteString.copyFromUtf8("00")))),
                model("metadata samebits.structure", m -> m.setMetadataProps(1, StringStringEntryProto.newBuilder()
                        .setKey(Seal.STRUCTURE).setValue(ByteString.EMPTY))),
                model("metadata samebits.arithmetic: it is no number", m -> arithmetic(m, "1.0")),
                model("the model is of arithmetic 2, and this release computes 1", m -> arithmetic(m, "2")));
    }

    private static void arithmetic(ModelProto.Builder model, String number) {
        for (StringStringEntryProto.Builder entry : model.getMetadataPropsBuilderList()) {
            if (entry.getKey().equals(ArithmeticMetadata.KEY)) {
                entry.setValue(ByteString.copyFromUtf8(number));
            }
        }
    }

    static Stream<Arguments> graphs() {
        return Stream.of(
                graph("nodes, more than 10000", g -> {
                    for (int i = 0; i < 10_000; i++) {
                        g.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("input").addOutput("y" + i));
                    }
                }),
                graph("sparse initializers", g -> g.addSparseInitializer(ByteString.EMPTY)),
                graph("metadata samebits.fingerprint", g -> {
                    g.addInput(g.getInput(0).toBuilder().setName("more"));
                    g.addNode(0, NodeProto.newBuilder().setOpType("Add").addInput("input").addInput("more")
                            .addOutput("sum"));
                    g.getNodeBuilder(1).setInput(0, "sum");
                }),
                graph("stands twice", g -> g.addInput(g.getInput(0))),
                graph("has no input beside", g -> g.clearInput()),
                graph("has no output", g -> g.clearOutput()),
                graph("'layer1.Erf' (Erf, opset 17): this operator is not read here", g -> g.addOutput(
                        g.getOutput(0).toBuilder().setName("layer1.Mul.output"))),
                graph("its output 'nowhere' is given by nothing", g -> g.getOutputBuilder(0).setName("nowhere")),
                graph("no layer gives the value 'input'", g -> g.getOutputBuilder(0).setName("input")),
                graph("its weights [7, 5] do not fit rows of shape [N, 6]",
                        g -> g.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilder(1)
                                .setDimValue(6)),
                graph("its type is string",
                        g -> g.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(8)),
                graph("declared with 1 columns",
                        g -> g.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder()
                        .removeDim(0)),
                graph("node 0 'layer1.Gemm' (Gemm, opset 17): its input 'layer1.Erf.output' is given by nothing before it",
                        g -> g.getNodeBuilder(0).setInput(0, "layer1.Erf.output")),
                graph("(Gemm, opset 17): its input 'output' is given by nothing before it: the graph is incomplete, unsorted"
                        + " or has a cycle", g -> g.getNodeBuilder(0).setInput(0, "output")),
                graph("has the name of another value", g -> g.getNodeBuilder(2).setOutput(0, "input")),
                graph("node 2 'layer1.Erf' (com.microsoft.Erf, opset 17): operators of the domain 'com.microsoft' are not"
                        + " read",
                        g -> g.getNodeBuilder(2).setDomain("com.microsoft")),
                graph("node 6 'layer2.Gemm' (Conv, opset 17): this operator is not read here",
                        g -> g.getNodeBuilder(6).setOpType("Conv")),
                graph("(Mul, opset 17): it is the end of an activation that is not known, of Div, Erf, Sub and Mul",
                        g -> g.getNodeBuilder(3).setOpType("Sub")),
                graph("node 1 'layer1.Div' (Div, opset 17): its input 'layer1.sqrt2' is 1.4142137, and only 1.4142135",
                        g -> g.getInitializerBuilder(2).setRawData(floats(Math.nextUp(1.4142135f)))),
                graph("its operands have the shapes [N, 5] and [N, 7]", g -> g.getNodeBuilder(4).setInput(0, "input")),
                graph("4 inputs", g -> g.getNodeBuilder(6).addInput("layer1.half")),
                graph("2 outputs", g -> g.getNodeBuilder(6).addOutput("mask")));
    }

    static Stream<Arguments> attributes() {
        Network leaky = Networks.with(Activation.LOGISTIC, 1);
        Network maxout = Networks.all().get("maxout 3");
        Network softmax = Networks.all().get("output softmax");
        return Stream.of(
                attribute("metadata samebits.fingerprint: the network in the file has another one", leaky, 0, 0,
                        a -> a.setF(2)),
                attribute("would mix rows", leaky, 2, 2, a -> a.setI(1)),
                attribute("do not fit rows of shape [N, 5]", leaky, 0, 3, a -> a.setI(0)),
                attribute("its attribute 'alpha' is no number", leaky, 0, 0, a -> a.setType(2)),
                attribute("its attribute 'alpha' is no number", leaky, 0, 0, a -> a.clearType().clearF().setI(1)),
                attribute("metadata samebits.fingerprint: the network in the file has another one", leaky, 0, 0,
                        a -> a.clearF()),
                attribute("attribute 'beta' stands twice", leaky, 0, 0, a -> a.setName("beta")),
                attribute("its attribute 'gamma' is not known here", leaky, 0, 0, a -> a.setName("gamma")),
                attribute("refers to a function's", leaky, 0, 0, a -> a.setRefAttrName("x")),
                attribute("holds a graph", leaky, 0, 0, a -> a.setG(ByteString.EMPTY)),
                attribute("holds a graph", leaky, 0, 0, a -> a.addGraphs(ByteString.EMPTY)),
                attribute("axis=0 is not along the row", softmax, 4, 0, a -> a.setI(0)),
                attribute("elu needs γ ≥ 0, not -1.0", Networks.with(Activation.elu(1), 1), 1, 0, a -> a.setF(-1)),
                attribute("leaky-relu needs a finite", Networks.with(Activation.leakyRelu(1), 1), 1, 0, a -> a.setF(1f / 0)),
                attribute("do not fit rows of shape [N, 3]", maxout, 2, 0, a -> a.setInts(0, 2)),
                attribute("which is not that of the rows", maxout, 2, 0, a -> a.setInts(0, 0)),
                attribute("2 dimensions, not [3, 4] and [N, 1, 4]", maxout, 2, 1, a -> a.setI(1)),
                graph("it makes other rows of those of shape [N, 12]", maxout, g -> g.getNodeBuilder(1).addAttribute(
                        AttributeProto.newBuilder().setName("allowzero").setType(2).setI(1))),
                graph("hard-tanh needs minimum ≤ maximum", Networks.with(Activation.hardTanh(-1, 1), 1),
                        g -> g.getInitializerBuilder(2).setRawData(floats(2))));
    }

    static Stream<Arguments> tensors() {
        Network prelu = Networks.with(Activation.parse("prelu"), 1);
        Network maxout = Networks.all().get("maxout 3");
        return Stream.of(
                graph("initializer 'layer1.weights': it has its data twice", g -> g.getInitializerBuilder(0)
                        .setDataLocation(1)),
                graph("it has its data twice", g -> g.getInitializerBuilder(0).addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(ByteString.copyFromUtf8("../x")))),
                graph("location of an unknown kind", g -> g.getInitializerBuilder(0).setDataLocation(2)),
                graph("segments", g -> g.getInitializerBuilder(0).setSegment(ByteString.EMPTY)),
                graph("needs 280 bytes, but 140 are there", g -> g.getInitializerBuilder(0).setDataType(11)),
                graph("its type is complex64", g -> g.getInitializerBuilder(0).setDataType(14)),
                graph("its type is number -7", g -> g.getInitializerBuilder(0).setDataType(-7)),
                graph("the name is empty or stands twice", g -> g.getInitializerBuilder(0).setName("layer1.bias")),
                graph("the name is empty or stands twice", g -> g.getInitializerBuilder(0).setName("")),
                graph("9 dimensions, more than 8", g -> {
                    for (int i = 0; i < 7; i++) {
                        g.getInitializerBuilder(0).addDims(1);
                    }
                }),
                graph("negative dimension", g -> g.getInitializerBuilder(0).setDims(0, -7)),
                graph("more than 2⁶³ elements", g -> g.getInitializerBuilder(0).setDims(0, Long.MAX_VALUE)),
                graph("more than a Java array holds", g -> g.getInitializerBuilder(0).setDims(0, 1L << 40)),
                graph("needs 160 bytes, but 140 are there", g -> g.getInitializerBuilder(0).setDims(0, 8)),
                graph("needs 35 elements, but 0 are there", g -> g.getInitializerBuilder(0).clearRawData()),
                graph("data twice", g -> g.getInitializerBuilder(0).addFloatData(1)),
                graph("data of two types", g -> g.getInitializerBuilder(0).addInt64Data(1)),
                graph("do not fit rows of shape [N, 0]", g -> g.getInitializerBuilder(0).setDims(0,
                        0).setRawData(ByteString.EMPTY)),
                graph("do not fit rows of shape [N, 5]", g -> g.getInitializerBuilder(0).setDims(1,
                        0).setRawData(ByteString.EMPTY)),
                graph("bias of shape [8] differs from row to row or does not fit [N, 7]",
                        g -> g.getInitializerBuilder(1).setDims(0, 8)
                        .setRawData(floats(1, 2, 3, 4, 5, 6, 7, 8))),
                graph("its factors must have 2 dimensions, not [7, 5, 1]", g -> g.getInitializerBuilder(0).addDims(1)),
                graph("its weights [3, 6] do not fit rows of shape [N, 7]",
                        g -> g.getInitializerBuilder(5).setDims(1, 6).setRawData(floats(new float[18]))),
                graph("it is the end of an activation that is not known, of Add, Div, Erf and Mul",
                        g -> g.getInitializerBuilder(3).addDims(7).setRawData(floats(new float[7]))),
                graph("differs from row to row", prelu, g -> g.getInitializerBuilder(2).addDims(1)),
                graph("metadata samebits.fingerprint", prelu, g -> g.getInitializerBuilder(2).setDims(0, 1)
                        .setRawData(floats(1))),
                graph("it makes other rows of those of shape [N, 12]", maxout, g -> g.getInitializerBuilder(2).clearRawData()
                        .addInt64Data(0).addInt64Data(4).addInt64Data(4)),
                graph("it makes other rows of those of shape [N, 12]", maxout, g -> g.getInitializerBuilder(2).clearRawData()
                        .addInt64Data(0).addInt64Data(1L << 32 | 3).addInt64Data(1L << 62 | 4)),
                graph("it makes other rows of those of shape [N, 12]", maxout, g -> g.getInitializerBuilder(2).clearRawData()
                        .addInt64Data(1).addInt64Data(3).addInt64Data(4)));
    }

    static Stream<Arguments> all() {
        return Stream.of(models(), graphs(), attributes(), tensors()).flatMap(stream -> stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isRefused(String says, Network network, Consumer<ModelProto.Builder> change) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(network)).toBuilder();
        change.accept(model);
        assertThatThrownBy(() -> Onnx.read(model.build().toByteArray()))
                .isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining(says);
    }

    @Test
    void aSharedTensorCountsOncePerLayer() throws IOException {
        // 4 MiB of weights used by 9,999 layers would take 40 GB.
        Network one = Network.builder(1024).dense(1024, Activation.RELU).build(1);
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(one)).toBuilder().clearMetadataProps();
        GraphProto.Builder graph = model.getGraphBuilder();
        NodeProto gemm = graph.getNode(0);
        graph.clearNode();
        String value = "input";
        for (int i = 0; i < Limits.NODES; i++) {
            String output = i == Limits.NODES - 1 ? "output" : "z" + i;
            graph.addNode(gemm.toBuilder().setInput(0, value).setOutput(0, output));
            value = output;
        }
        assertThatThrownBy(() -> Onnx.read(model.build().toByteArray()))
                .isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("give Java more memory");
    }

    @Test
    void aClassifierOfOneClassIsRefused() {
        ModelBuilder m = new ModelBuilder(17);
        String scores = m.gemm(m.input(ModelBuilder.N, 3), 3, 1);
        String maps = m.op("ai.onnx.ml.ZipMap", m.op("Sigmoid", scores));
        m.with("classlabels_strings", new String[] {"only"});
        byte[] model = m.output(maps, ModelBuilder.N, 1).build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(model)).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("one class alone");
    }

    /** An operator that only moves its first input, which is a constant, and is given a second one that rows change. */
    @ParameterizedTest
    @ValueSource(strings = {"Flatten", "Identity", "Squeeze", "Unsqueeze", "Transpose", "Reshape", "Cast", "Dropout"})
    void aConstantThatIsMovedByAComputedValueIsRefused(String operator) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(Networks.with(Activation.swish(1.702f), 1)))
                .toBuilder();
        NodeProto.Builder multiply = model.getGraphBuilder().getNodeBuilder(1).setOpType(operator).clearInput();
        multiply.addInput("layer1.beta").addInput("layer1.Gemm.output");
        assertThatThrownBy(() -> Onnx.read(model.build().toByteArray())).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining(operator);
    }

    /** A map of a constant, given the class that is picked, too, which is not looked at; alone, and beside the values. */
    @Test
    void anOutputThatHandsOutAConstantIsRefused() throws IOException {
        for (String move : new String[] {"Identity", "Cast", "Squeeze"}) {
            ModelBuilder m = new ModelBuilder(17);
            String scores = m.op("Sigmoid", m.gemm(m.input(ModelBuilder.N, 3), 3, 2));
            String map = m.op("ai.onnx.ml.ZipMap", m.ints(1, 2), m.op("ArgMax", scores));
            m.with("classlabels_int64s", new long[] {1, 2});
            byte[] alone = m.output(m.op(move, map), ModelBuilder.N, 2).build().toByteArray();
            assertThatThrownBy(() -> Onnx.read(alone)).isInstanceOf(OnnxFormatException.class)
                    .hasMessageContaining("which no row of an input changes");
            byte[] both = m.output(scores, ModelBuilder.N, 2).build().toByteArray();
            assertThat(Onnx.read(both).outputs()).isEqualTo(2);
        }
    }

    @Test
    void namesInMessagesStayOnOneLine() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(GELU)).toBuilder();
        model.getGraphBuilder().getNodeBuilder(6).setOpType("Conv").setName("a\nb\u001b[31m\u2028\u202e" + "x".repeat(900));
        assertThatThrownBy(() -> Onnx.read(model.build().toByteArray()))
                .isInstanceOf(OnnxFormatException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{C}|\u2028").hasSizeLessThan(300));
    }
}
