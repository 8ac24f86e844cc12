package dev.samebits.onnx;

import static dev.samebits.onnx.ModelBuilder.N;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.proto.AttributeProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which output of a file is read, which input it is made of, and what is left out with a note. */
class EndsTest {
    private static final int ROWS = 5;

    @TempDir
    private Path folder;

    private static OnnxModel read(byte[] file) throws IOException {
        return Onnx.readModel(new ByteArrayInputStream(file));
    }

    private static OnnxModel read(ModelBuilder m) throws IOException {
        return read(m.model().build().toByteArray());
    }

    private static void assertRefused(ModelBuilder m, OnnxOptions options, String says) {
        byte[] file = m.model().build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(file, options)).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining(says);
    }

    private static void assertGives(ModelBuilder m, Network network, String output) throws OrtException {
        Matrix x = Networks.rows(ROWS, network.inputs());
        float[] want = OnnxRuntime.run(m.model().build().toByteArray(), output, x.data(), ROWS, network.inputs());
        float[] got = Networks.predict(network, x).data();
        assertThat(got).hasSameSizeAs(want);
        for (int i = 0; i < want.length; i++) {
            assertThat(got[i]).as("output %d", i).isCloseTo(want[i], within(1e-5f * Math.max(1, Math.abs(want[i]))));
        }
    }

    /** As ML-Agents exports a policy: constants, an action drawn at random, and the mean that it is drawn around. */
    private static ModelBuilder policy() {
        ModelBuilder m = new ModelBuilder(9);
        String mean = m.gemm(m.op("Tanh", m.gemm(m.op("Concat", m.input(N, 3)), 3, 4)), 4, 2);
        m.output(m.op("Identity", m.floats(new long[] {1}, 3)));
        m.output(m.op("Add", mean, m.op("Mul", m.op("Exp", m.weights(1, 2)), m.op("RandomNormalLike", mean))));
        m.output(m.op("Tanh", mean));
        return m;
    }

    private static List<String> outputs(ModelBuilder m) {
        return m.model().getGraph().getOutputList().stream().map(output -> output.getName()).toList();
    }

    @Test
    void theOutputThatIsComputedAndNotDrawnIsRead() throws IOException, OrtException {
        ModelBuilder m = policy();
        // A Concat's axis of 0 is not on the wire; this one is 1.
        m.model().getGraphBuilder().getNodeBuilder(0).addAttribute(
                AttributeProto.newBuilder().setName("axis").setType(2).setI(1));
        List<String> names = outputs(m);
        OnnxModel model = read(m);
        assertThat(model.output()).isEqualTo(names.get(2));
        assertThat(model.outputs()).extracting(OnnxOutput::name).isEqualTo(names);
        assertThat(model.outputs()).extracting(OnnxOutput::isGiven).containsExactly(false, false, true);
        assertThat(model.notes()).anyMatch(note -> note.contains("constant") && note.contains(names.get(0)))
                .anyMatch(note -> note.contains("drawn at random") && note.contains(names.get(1)))
                .anyMatch(note -> note.contains("(RandomNormalLike)"));
        assertGives(m, model.network(), names.get(2));
        assertRefused(m, OnnxOptions.ofOutput(names.get(0)), "'" + names.get(0) + "' is a constant");
        assertRefused(m, OnnxOptions.ofOutput(names.get(1)), "is drawn at random, by 'n");
        assertRefused(m, OnnxOptions.ofOutput("nowhere"), "it has no output 'nowhere': choose one of '" + names.get(0));
        m.model().getGraphBuilder().removeOutput(2);
        assertRefused(m, OnnxOptions.defaults(), "is drawn at random");
    }

    @Test
    void ofSeveralHeadsAllAreReadOrOneIsChosenByName() throws IOException, OrtException {
        ModelBuilder m = new ModelBuilder(17);
        String trunk = m.op("Relu", m.gemm(m.input(N, 3), 3, 4));
        String policy = m.gemm(trunk, 4, 3);
        String value = m.gemm(trunk, 4, 1);
        m.output(policy);
        m.output(value);
        OnnxModel both = read(m);
        assertThat(both.output()).isEqualTo(policy + ", " + value);
        assertThat(both.network()).hasToString("x 3 → 3 steps, 3 of them layers → " + policy + " 3 + " + value + " 1");
        assertThat(both.outputs()).allMatch(OnnxOutput::isGiven);
        byte[] file = m.model().build().toByteArray();
        Path path = Files.write(folder.resolve("heads.onnx"), file);
        for (String name : List.of(policy, value)) {
            OnnxOptions options = OnnxOptions.ofOutput(name);
            OnnxModel model = Onnx.readModel(path, options);
            assertThat(model.output()).isEqualTo(name);
            assertThat(model.notes()).anyMatch(note -> note.contains("since '" + name + "' was chosen"));
            assertGives(m, model.network(), name);
            for (Network same : List.of(Onnx.read(path, options), Onnx.read(file, options),
                    Onnx.read(new ByteArrayInputStream(file), options), Onnx.readModel(file, options).network())) {
                assertThat(same.fingerprint()).isEqualTo(model.network().fingerprint());
            }
        }
    }

    @Test
    void probabilitiesComeBeforeLogitsAndClasses() throws IOException, OrtException {
        ModelBuilder m = new ModelBuilder(13);
        String logits = m.gemm(m.input(N, 3), 3, 4);
        String probabilities = m.op("Softmax", logits);
        String label = m.op("ArgMax", logits);
        m.with("axis", 1);
        m.model().getGraphBuilder().addOutput(ModelBuilder.value(label, Tensor.INT64));
        m.output(logits);
        m.output(probabilities);
        OnnxModel model = read(m);
        assertThat(model.output()).isEqualTo(probabilities);
        assertThat(model.outputs()).extracting(OnnxOutput::isGiven).containsExactly(true, false, true);
        assertThat(model.outputs()).extracting(OnnxOutput::isClass).containsExactly(true, false, false);
        assertGives(m, model.network(), probabilities);
        Network chosen = Onnx.read(m.model().build().toByteArray(), OnnxOptions.ofOutput(logits));
        assertGives(m, chosen, logits);
    }

    @Test
    void aClassAloneIsGivenByItsValues() throws IOException {
        ModelBuilder m = new ModelBuilder(13);
        m.op("ArgMax", m.gemm(m.input(N, 3), 3, 4));
        m.model().getGraphBuilder().addOutput(ModelBuilder.value(m.with("axis", 1).out(), Tensor.INT64));
        OnnxModel model = read(m);
        assertThat(model.network()).hasToString("3 → 4 identity");
        assertThat(model.outputs()).allMatch(output -> output.isGiven() && output.isClass());
        assertThat(model.notes()).anyMatch(note -> note.contains("here the values themselves are given"));
    }

    @Test
    void inputsThatDoNotCountAreLeftOut() throws IOException {
        ModelBuilder m = new ModelBuilder(9);
        String state = m.input("state_ins", N);
        String output = m.gemm(m.input(N, 3), 3, 2);
        m.input("unused", N, 7);
        m.output(output);
        m.output(m.op("Identity", state));
        OnnxModel model = read(m);
        assertThat(model.input()).isEqualTo("x");
        assertThat(model.output()).isEqualTo(output);
        assertThat(model.notes()).anyMatch(note -> note.contains("input 'state_ins', input 'unused'"))
                .anyMatch(note -> note.contains("since an input is only handed on: output"));
    }

    @Test
    void inputsThatCountAreSectionsOfTheRow() throws IOException {
        ModelBuilder m = new ModelBuilder(17);
        String joined = m.op("Concat", m.input("query", N, 3), m.input("document", N, 2));
        m.with("axis", 1);
        m.output(m.gemm(joined, 5, 1));
        OnnxModel model = read(m);
        assertThat(model.input()).isEqualTo("query, document");
        assertThat(model.network().inputSections()).hasToString("[query 3, document 2]");
    }

    /** In files of scikit-learn's exporter, and of such as need no operator of ONNX's own. */
    @Test
    void theOpsetMayStandTwiceOrNotAtAll() throws IOException {
        ModelBuilder m = new ModelBuilder(17);
        m.op("ai.onnx.ml.LinearRegressor", m.input(N, 3));
        m.with("coefficients", new float[] {1, 2, 3}).with("intercepts", new float[] {4}).with("targets", 1);
        ModelProto.Builder model = m.output(m.out());
        assertThat(read(m).opset()).isEqualTo(17);
        model.addOpsetImportBuilder().setDomain("").setVersion(17);
        assertThat(read(m).notes()).isEmpty();
        model.addOpsetImportBuilder().setDomain("ai.onnx").setVersion(18);
        assertThat(read(m)).matches(read -> read.opset() == 18 && read.notes().get(0).contains("the opsets 17 and 18"));
        model.clearOpsetImport().addOpsetImportBuilder().setDomain("ai.onnx.ml").setVersion(1);
        assertThat(read(m)).matches(read -> read.opset() == 0 && read.network().toString().equals("3 → 1 identity"));
        m.op("Relu", m.model().getGraph().getOutput(0).getName());
        model.getGraphBuilder().getOutputBuilder(0).setName(m.out());
        assertRefused(m, OnnxOptions.defaults(), "its opset is missing");
    }
}
