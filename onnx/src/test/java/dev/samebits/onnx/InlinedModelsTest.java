package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.FunctionProto;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.NodeProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with functions of their own, or with an If whose condition is a constant, give the network that they stand for. */
class InlinedModelsTest {
    private static final String OWN = "pkg.test";
    private static final int INPUTS = 5;

    private static NodeProto.Builder node(String domain, String type, String name, List<String> inputs, String... outputs) {
        return NodeProto.newBuilder().setDomain(domain).setOpType(type).setName(name).addAllInput(inputs)
                .addAllOutput(List.of(outputs));
    }

    private static NodeProto.Builder node(String type, List<String> inputs, String... outputs) {
        return node("", type, type + " " + outputs[0], inputs, outputs);
    }

    private static AttributeProto alpha(float value) {
        return AttributeProto.newBuilder().setName("alpha").setType(1).setF(value).build();
    }

    private static FunctionProto.Builder function(String name, List<String> inputs, String... outputs) {
        FunctionProto.Builder function = FunctionProto.newBuilder().setDomain(OWN).setName(name).addAllInput(inputs)
                .addAllOutput(List.of(outputs));
        function.addOpsetImportBuilder().setDomain("").setVersion(17);
        function.addOpsetImportBuilder().setDomain(OWN).setVersion(1);
        return function;
    }

    // x [N, 5] → two blocks of a layer and a leaky ReLU → 3 outputs: by functions, or by the operators in them.
    private static ModelProto.Builder blocks(boolean byFunctions) {
        ModelBuilder m = new ModelBuilder(17);
        String x = m.input(ModelBuilder.N, INPUTS);
        List<String> weights = List.of(m.weights(4, INPUTS), m.weights(4), m.weights(3, 4), m.weights(3));
        m.output(x, ModelBuilder.N, 3);
        ModelProto.Builder model = m.model();
        GraphProto.Builder graph = model.getGraphBuilder().clearNode();
        graph.getOutputBuilder(0).setName("y");
        if (byFunctions) {
            model.addOpsetImportBuilder().setDomain(OWN).setVersion(1);
            FunctionProto.Builder linear = function("linear", List.of("x", "w", "b"), "y");
            linear.addNode(node("Transpose", List.of("w"), "t")).addNode(node("MatMul", List.of("x", "t"), "z"))
                    .addNode(node("Add", List.of("z", "b"), "y"));
            FunctionProto.Builder block = function("block", List.of("x", "w", "b"), "y", "same");
            block.addAttributeProto(alpha(0.25f));
            block.addNode(node(OWN, "linear", "fc", List.of("x", "w", "b"), "z"));
            block.addNode(node("LeakyRelu", List.of("z"), "y").addAttribute(
                    AttributeProto.newBuilder().setName("alpha").setType(1).setRefAttrName("alpha")))
                    .addNode(node("Identity", List.of("y"), "same"));
            model.addFunctions(block.build().toByteString()).addFunctions(linear.build().toByteString());
            graph.addNode(node(OWN, "block", "first", List.of(x, weights.get(0), weights.get(1)), "h", "")
                    .addAttribute(alpha(0.5f)));
            graph.addNode(node(OWN, "block", "second", List.of("h", weights.get(2), weights.get(3)), "", "y"));
        } else {
            graph.addNode(node("Gemm", List.of(x, weights.get(0), weights.get(1)), "a").addAttribute(AttributeProto
                    .newBuilder().setName("transB").setType(2).setI(1)));
            graph.addNode(node("LeakyRelu", List.of("a"), "h").addAttribute(alpha(0.5f)));
            graph.addNode(node("Gemm", List.of("h", weights.get(2), weights.get(3)), "c").addAttribute(AttributeProto
                    .newBuilder().setName("transB").setType(2).setI(1)));
            graph.addNode(node("LeakyRelu", List.of("c"), "y").addAttribute(alpha(0.25f)));
        }
        return model;
    }

    private static void agrees(ModelProto model, Network network) throws OrtException {
        Matrix x = Networks.rows(7, INPUTS);
        Matrix want = OnnxRuntime.run(model.toByteArray(), network, x);
        Matrix y = Networks.predict(network, x);
        for (int n = 0; n < 7; n++) {
            for (int j = 0; j < network.outputs(); j++) {
                assertThat(y.get(n, j)).isCloseTo(want.get(n, j), within(1e-5f));
            }
        }
    }

    @Test
    void functionsThatCallFunctions() throws Exception {
        ModelProto model = blocks(true).build();
        Network network = Onnx.read(model.toByteArray());
        assertThat(network.fingerprint()).isEqualTo(Onnx.read(blocks(false).build().toByteArray()).fingerprint());
        agrees(model, network);
    }

    /** A branch sees the values around it, hands one on, and has constants of its own; another If stands inside. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void branchesOfConstants(boolean condition) throws Exception {
        ModelProto.Builder model = blocks(false);
        GraphProto.Builder graph = model.getGraphBuilder();
        graph.getOutputBuilder(0).setName("out");
        TensorProto truth = TensorProto.newBuilder().setName("truth").setDataType(9)
                .setRawData(ByteString.copyFrom(new byte[] {(byte) (condition ? 1 : 0)})).build();
        graph.addInitializer(truth);
        GraphProto.Builder yes = GraphProto.newBuilder().setName("yes").addOutput(output("s"));
        yes.addInitializer(TensorProto.newBuilder().setName("two").setDataType(1).addFloatData(2));
        yes.addNode(node("Mul", List.of("y", "two"), "p"));
        yes.addNode(node("If", List.of("truth"), "s")
                .addAttribute(branch("then_branch", GraphProto.newBuilder().setName("inner").addOutput(output("q"))
                        .addNode(node("Tanh", List.of("p"), "q"))))
                .addAttribute(branch("else_branch", GraphProto.newBuilder().setName("none").addOutput(output("q"))
                        .addNode(node("Sigmoid", List.of("p"), "q")))));
        GraphProto.Builder no = GraphProto.newBuilder().setName("no").addOutput(output("r"))
                .addNode(node("Identity", List.of("y"), "r"));
        graph.addNode(node("If", List.of("truth"), "out").addAttribute(branch("then_branch", yes))
                .addAttribute(branch("else_branch", no)));
        Network network = Onnx.read(model.build().toByteArray());
        assertThat(network.toString()).isEqualTo(condition ? "5 → 4 leaky-relu:0.5 → 3 leaky-relu:0.25 → 3 tanh"
                : "5 → 4 leaky-relu:0.5 → 3 leaky-relu:0.25");
        agrees(model.build(), network);
    }

    private static ValueInfoProto output(String name) {
        return ModelBuilder.value(name, 1, ModelBuilder.N, 3);
    }

    private static AttributeProto branch(String name, GraphProto.Builder graph) {
        return AttributeProto.newBuilder().setName(name).setType(5).setG(graph.build().toByteString()).build();
    }

    private static void refuses(ModelProto.Builder model, String message) {
        assertThatThrownBy(() -> Onnx.read(model.build().toByteArray())).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void functionsThatAreNoneAreRefused() {
        refuses(blocks(true).addFunctions(ByteString.copyFromUtf8("x")), "function");
        refuses(blocks(true).addFunctions(blocks(true).getFunctions(0)), "function 'block': it stands twice");
        FunctionProto.Builder self = function("linear", List.of("x", "w", "b"), "y");
        self.addNode(node(OWN, "linear", "again", List.of("x", "w", "b"), "y"));
        refuses(blocks(true).setFunctions(1, self.build().toByteString()), "17 deep, or call themselves");
        FunctionProto.Builder old = function("linear", List.of("x", "w", "b"), "y");
        old.getOpsetImportBuilder(0).setVersion(13);
        refuses(blocks(true).setFunctions(1, old.build().toByteString()),
                "node 'first/fc' (linear): its function is of opset 13 and the file of 17: export the model again");
        FunctionProto.Builder narrow = function("linear", List.of("x", "w"), "y");
        refuses(blocks(true).setFunctions(1, narrow.build().toByteString()), "it takes or gives more values than its");
        // Each calls the one before four times.
        ModelProto.Builder fan = blocks(true);
        String inner = "linear";
        for (int level = 0; level < 14; level++) {
            FunctionProto.Builder more = function("f" + level, List.of("x", "w", "b"), "y");
            for (int call = 0; call < 4; call++) {
                more.addNode(node(OWN, inner, "c" + call, List.of("x", "w", "b"), call == 3 ? "y" : "y" + call));
            }
            inner = "f" + level;
            fan.addFunctions(more.build().toByteString());
        }
        fan.getGraphBuilder().getNodeBuilder(0).setOpType(inner).clearAttribute().clearOutput().addOutput("h");
        refuses(fan, "more than 10000");
    }
}
