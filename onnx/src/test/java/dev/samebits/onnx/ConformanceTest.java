package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.GraphProto;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * ONNX's own conformance cases of every operator that is read, each as a network: its first input are the rows, what else it
 * takes are constants. What becomes of each stands in {@code outcomes.txt}, which docs/onnx.md counts.
 */
class ConformanceTest {
    private static TreeMap<String, Map<String, byte[]>> files() throws IOException {
        TreeMap<String, Map<String, byte[]>> files = new TreeMap<>();
        try (InputStream in = ConformanceTest.class.getResourceAsStream("/conformance/cases.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String[] path = entry.getName().split("/");
                files.computeIfAbsent(path[0], name -> new TreeMap<>()).put(path[1], zip.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void everyCaseHasTheOutcomeThatIsStated() throws IOException, Refusal {
        StringBuilder outcomes = new StringBuilder();
        for (Map.Entry<String, Map<String, byte[]>> each : files().entrySet()) {
            outcomes.append(each.getKey()).append(": ").append(outcome(each.getValue())).append('\n');
        }
        try (InputStream in = ConformanceTest.class.getResourceAsStream("/conformance/outcomes.txt")) {
            String stated = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(outcomes.toString()).isEqualTo(stated);
        }
    }

    private static String outcome(Map<String, byte[]> files) throws IOException, Refusal {
        ModelProto model = ModelProto.parseFrom(files.get("model.onnx"));
        GraphProto.Builder graph = model.getGraph().toBuilder();
        for (int i = 1; i < model.getGraph().getInputCount(); i++) {
            TensorProto value = TensorProto.parseFrom(files.get("input_" + i + ".pb"));
            graph.addInitializer(value.toBuilder().setName(graph.getInput(i).getName()));
        }
        OnnxModel read;
        try {
            read = Onnx.readModel(new ByteArrayInputStream(model.toBuilder().setGraph(graph).build().toByteArray()));
        } catch (OnnxFormatException e) {
            return "refused, " + e.getMessage();
        }
        TensorProto input = TensorProto.parseFrom(files.get("input_0.pb"));
        TensorProto output = TensorProto.parseFrom(files.get("output_0.pb"));
        if (output.getDataType() == Tensor.INT64) {
            return compareClasses(read.network(), floats(input), tensor(output).longs());
        }
        if (!isReal(input) || !isReal(output)) {
            return "read, but its data are not floating-point numbers";
        }
        boolean byColumns = read.notes().stream().anyMatch(note -> note.contains("features × samples"));
        return compare(read.network(), floats(input), floats(output), byColumns,
                Math.max(tolerance(input), tolerance(output)));
    }

    private static boolean isReal(TensorProto proto) {
        ElementType type = ElementType.of(proto.getDataType());
        return type != null && type.isReal();
    }

    private static float[] floats(TensorProto proto) throws Refusal {
        return tensor(proto).floats();
    }

    private static Tensor tensor(TensorProto proto) throws Refusal {
        return new TensorReader(null, 0, new Notes()).read("data", proto);
    }

    /** Half precision rounds to 2⁻¹¹. */
    private static double tolerance(TensorProto data) {
        return data.getDataType() == ElementType.FLOAT16.number ? 1e-3 : 1e-5;
    }

    private static String compare(Network network, float[] x, float[] want, boolean byColumns, double tolerance) {
        int rows = x.length / network.inputs();
        if (x.length % network.inputs() != 0 || want.length != rows * network.outputs()) {
            return "FAILED: " + x.length + " numbers in and " + want.length + " out do not fit " + network;
        }
        Matrix in = Matrix.of(rows, network.inputs(), byColumns ? Tensor.transposed(x, network.inputs(), rows) : x);
        Matrix got = Networks.predict(network, in);
        double largest = 1;
        for (float value : want) {
            largest = Math.max(largest, Math.abs(value));
        }
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < want.length; i++) {
            if (!(Math.abs(got.data()[i] - want[i]) <= tolerance * largest)) {
                wrong.add("[" + i + "] got " + got.data()[i] + " want " + want[i]);
            }
        }
        return wrong.isEmpty() ? "passes"
                : "FAILED: " + wrong.size() + " differ: " + wrong.stream().limit(3).collect(Collectors.joining(", "));
    }

    /** An ArgMax: the network gives what it picks from. */
    private static String compareClasses(Network network, float[] x, long[] want) {
        Matrix got = Networks.predict(network, Matrix.of(want.length, network.inputs(), x));
        for (int row = 0; row < want.length; row++) {
            int best = 0;
            for (int c = 1; c < got.columns(); c++) {
                best = got.get(row, c) > got.get(row, best) ? c : best;
            }
            if (best != want[row]) {
                return "FAILED: row " + row + " is of class " + best + ", not " + want[row];
            }
        }
        return "passes";
    }

    /** Prints the outcomes, for {@code outcomes.txt}. */
    public static void main(String[] arguments) throws IOException, Refusal {
        for (Map.Entry<String, Map<String, byte[]>> each : files().entrySet()) {
            System.out.println(each.getKey() + ": " + outcome(each.getValue()));
        }
    }
}
