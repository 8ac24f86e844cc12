package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Bfloat16;
import dev.samebits.GraphBuilder;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.Table;
import dev.samebits.Value;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import dev.samebits.onnx.proto.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of networks with branches: ONNX Runtime computes the same, and they are read back to the bit, step by step. */
class GraphFilesTest {
    private static final int ROWS = 5;
    private static final int RANDOM = 300;

    static Stream<String> kinds() {
        return Graphs.kinds().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ofTheKindsThatPeopleBuild(String kind) throws IOException, OrtException {
        assertComesBack(Graphs.kinds().get(kind), kind);
        assertComesBack(Graphs.kinds().get(kind).withBfloat16Weights(), kind + " of bfloat16 weights");
    }

    /** Seeds 1 to 300. */
    @Test
    void atRandom() throws IOException, OrtException {
        for (int seed = 1; seed <= RANDOM; seed++) {
            assertComesBack(Graphs.random(seed), "seed " + seed);
        }
    }

    private static void assertComesBack(Network network, String what) throws IOException, OrtException {
        byte[] file = Networks.write(network);
        Matrix x = Graphs.rows(ROWS, network, 1);
        Matrix want = Networks.predict(network, x);
        Matrix got = OnnxRuntime.run(file, network, x);
        for (int i = 0; i < want.rows() * want.columns(); i++) {
            float w = want.data()[i];
            assertThat(got.data()[i]).as("%s: row %d, column %d", what, i / want.columns(), i % want.columns())
                    .isCloseTo(w, within(1e-5f * Math.max(1, Math.abs(w))));
        }
        OnnxModel model = Onnx.readModel(file, OnnxOptions.defaults());
        Network read = model.network();
        assertThat(read.describe()).as(what).isEqualTo(network.describe());
        assertThat(read.fingerprint()).as(what).isEqualTo(network.fingerprint());
        assertThat(model.notes()).as(what).isEmpty();
        assertThat(Networks.predict(read, x).data()).as(what).isEqualTo(want.data());
        assertThat(Networks.write(read)).as("%s: the same network gives the same file", what).isEqualTo(file);
    }

    @Test
    void inputsOfIdsAreIntegers() throws IOException {
        assertThat(elementTypes("DeepFM")).isEqualTo(List.of("categories int64 6", "numbers float 3"));
        assertThat(elementTypes("two towers")).isEqualTo(List.of("user int64 2", "item float 21"));
        assertThat(elementTypes("wide and deep, one row")).as("numbers among them").isEqualTo(List.of("input float 7"));
    }

    private static List<String> elementTypes(String kind) throws IOException {
        return ModelProto.parseFrom(Networks.write(Graphs.kinds().get(kind))).getGraph().getInputList().stream()
                .map(input -> input.getName() + (input.getType().getTensorType().getElemType() == 7 ? " int64 " : " float ")
                        + input.getType().getTensorType().getShape().getDim(1).getDimValue())
                .toList();
    }

    @Test
    void namesAreKept() throws IOException {
        byte[] file = Networks.write(Graphs.kinds().get("gated"));
        ModelProto model = ModelProto.parseFrom(file);
        assertThat(model.getGraph().getOutputList()).extracting(ValueInfoProto::getName)
                .as("a name twice, and one of a step's values, is told apart")
                .containsExactly("y", "x_", "same", "gate", "step1.Gemm.output_");
        assertThat(model.getGraph().getNode(0).getName()).isEqualTo("step1.Gemm");
        Network towers = Graphs.kinds().get("two towers");
        Names names = new Names(Stream.iterate(1, i -> i + 1).limit(23).map(i -> "in" + i).toList(),
                Stream.iterate(1, i -> i + 1).limit(35).map(i -> "out" + i).toList(), List.of());
        assertThat(Onnx.read(Networks.write(towers.withNames(names))).names()).isEqualTo(names);
        Network chain = Network.builder(2).dense(1, Activation.TANH).build(1).withSections(List.of("a"), List.of("b"));
        assertThat(Onnx.read(Networks.write(chain)).describe()).as("of a chain, too").isEqualTo(chain.describe());
    }

    @Test
    void anOutputIsChosenByItsName() throws IOException {
        Network towers = Graphs.kinds().get("two towers");
        byte[] file = Networks.write(towers);
        OnnxModel item = Onnx.readModel(file, OnnxOptions.ofOutput("item"));
        assertThat(item.network().describe()).isEqualTo(towers.select("item").describe());
        assertThat(item.input()).isEqualTo("item");
        assertThat(item.outputs()).extracting(OnnxOutput::isGiven).containsExactly(false, false, true);
        assertThat(Onnx.read(file, OnnxOptions.ofOutput("score")).fingerprint())
                .isEqualTo(towers.select("score").fingerprint());
        assertThatThrownBy(() -> Onnx.read(file, OnnxOptions.ofOutput("sum"))).isInstanceOf(OnnxFormatException.class)
                .hasMessage("graph: it has no output 'sum': choose one of 'score', 'user', 'item'");
    }

    @Test
    void tablesOfBfloat16TakeHalfTheBytes() throws IOException, OrtException {
        float[] numbers = Graphs.numbers(3000, 1);
        int floats = Networks.write(lookup(numbers)).length;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Bfloat16.round(numbers[i]);
        }
        assertComesBack(lookup(numbers), "a table");
        assertThat(floats - Networks.write(lookup(numbers)).length).isBetween(2 * 3000 - 150, 2 * 3000);
    }

    private static Network lookup(float[] numbers) {
        GraphBuilder g = Network.graph();
        return g.output("y", g.input("id", 2).embedding(Table.of(Matrix.of(100, 30, numbers)))).build();
    }

    /** What the metadata say of steps counts only if it is what the operators are. */
    @Test
    void editedFilesAreNotBelieved() throws IOException {
        Network network = Graphs.kinds().get("residual");
        ModelProto model = ModelProto.parseFrom(Networks.write(network));
        for (String[] edit : new String[][] {{"add 14 15", "subtract 14 15"}, {"layer-norm 0x", "rms-norm 0x"},
                {"dense relu 2", "dense tanh 2"}, {"output 18 value", "output 16 value"}, 
                {"input 13 numbers", "input 12 numbers"}, {"softmax", "sum 5"}, {"softmax", "embedding"},
                {"softmax", "nothing"}, {"dense gelu", "maxout 3"},
                {"dense gelu", "dense"}, {" 14", " -1"}, {" 14", " 99"}, {" 14", " 14 14"}, {" 14", ""}}) {
            byte[] file = withSteps(model, edit[0], edit[1]);
            try {
                // Of operators that say all there is to say, the network is the one that was written.
                assertThat(Onnx.read(file).fingerprint()).as(String.join(" → ", edit)).isEqualTo(network.fingerprint());
            } catch (OnnxFormatException e) {
                assertThat(e).as(String.join(" → ", edit)).hasMessageContaining("fingerprint");
            }
        }
        ModelProto.Builder other = model.toBuilder();
        ByteString bias = other.getGraph().getInitializer(1).getRawData();
        other.getGraphBuilder().getInitializerBuilder(1).setRawData(ByteString.copyFrom(new byte[bias.size()])
                .substring(1).concat(ByteString.copyFrom(new byte[] {1})));
        assertThatThrownBy(() -> Onnx.read(other.build().toByteArray())).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("metadata samebits.fingerprint: the network in the file has another one");
    }

    private static byte[] withSteps(ModelProto model, String from, String to) {
        ModelProto.Builder edited = model.toBuilder();
        StringStringEntryProto.Builder steps = edited.getMetadataPropsBuilderList().stream()
                .filter(entry -> entry.getKey().equals("samebits.steps")).findFirst().orElseThrow();
        String text = steps.getValue().toStringUtf8();
        assertThat(text).contains(from);
        steps.setValue(ByteString.copyFromUtf8(text.replace(from, to)));
        return edited.build().toByteArray();
    }

    @Test
    void whatCannotBeReadBackIsRefusedBeforeAnythingIsWritten() {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 1);
        Value deep = x;
        for (int i = 0; i < 2000; i++) {
            deep = deep.activate(Activation.GELU_TANH);
        }
        assertRefused(g.output("y", deep.add(x)).build(), "network: its 2001 steps take 18001 ONNX operators, more than the"
                + " 10000 that are read back: use fewer");
        GraphBuilder named = Network.graph();
        Value long1 = named.input("é".repeat(600), 1);
        assertRefused(named.output("y", long1.add(long1)).build(), "network: the name of an input takes 1200 bytes, and 1024"
                + " are read back: give it a shorter one with Network.withSections");
    }

    private static void assertRefused(Network network, String message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> Onnx.write(network, out)).isInstanceOf(OnnxFormatException.class).hasMessage(message);
        assertThat(out.size()).isZero();
    }
}
