package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TableColumn;
import dev.samebits.table.TruthColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of raw columns: what was written is read back to the bit, and ONNX Runtime scores the same columns by it. */
class TableFilesTest {
    private static final float NAN = Float.NaN;
    private static final List<String> NUMBERS = List.of("3.5", "-1e3", "0", "", "NaN", "17");
    private static final List<String> TEXTS = List.of("", "no", "Yes", "größe", "1", "a b", "T", "NA", "strange");

    private static final Preparation PEOPLE = new Preparation(List.of(
            new NumberColumn("age", 38.5f, true, 38.5f, 0.0731f),
            new CategoryColumn("job", List.of("", "a b", "größe", "no"), true),
            new TruthColumn("member", 0.25f, true),
            new CategoryColumn("city", List.of("1", "Yes"), false),
            new NumberColumn("raw", NAN, false, 0, 1),
            new NumberColumn("strict", NAN, true, 2, 1),
            new TruthColumn("sure", NAN, false)));

    private static Network networkOf(Preparation preparation) {
        return Network.builder(preparation.width()).dense(7, Activation.TANH).dense(3, Activation.IDENTITY).softmax()
                .build(3).withNames(new Names(List.of(), List.of(), List.of("low", "middle", "high")));
    }

    private static byte[] bytes(Preparation preparation, Network network) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.write(preparation, network, out);
        return out.toByteArray();
    }

    private static OnnxModel read(byte[] file) throws OnnxFormatException {
        return Onnx.readModel(file, OnnxOptions.defaults());
    }

    private static float[] predicted(Network network, float[] row) {
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            return session.predict(row);
        }
    }

    private static void comesBack(Preparation preparation, Network network) throws IOException {
        byte[] file = bytes(preparation, network);
        OnnxModel model = read(file);
        assertThat(model.preparation()).contains(preparation);
        assertThat(model.preparation().orElseThrow().fingerprint()).isEqualTo(preparation.fingerprint());
        assertThat(model.network().fingerprint()).isEqualTo(network.fingerprint());
        assertThat(model.network().names()).isEqualTo(network.names());
        assertThat(model.network()).hasToString(network.toString());
        assertThat(model.notes()).isEmpty();
        assertThat(bytes(preparation, network)).as("the same bytes again").isEqualTo(file);
    }

    @Test
    void comesBackToTheBit() throws IOException {
        comesBack(PEOPLE, networkOf(PEOPLE));
        assertThat(read(bytes(PEOPLE, networkOf(PEOPLE))).input())
                .isEqualTo("age, job, member, city, raw, strict, sure");
    }

    @Test
    void anyColumnsComeBack() throws IOException {
        SplitMix64 random = new SplitMix64(7);
        for (int round = 0; round < 40; round++) {
            List<TableColumn> columns = new ArrayList<>();
            // One that shows what the others are.
            columns.add(new CategoryColumn("kind", List.of("x"), false));
            for (int c = random.nextInt(6); c >= 0; c--) {
                columns.add(column(random, "column " + c));
            }
            Preparation preparation = new Preparation(columns);
            comesBack(preparation, networkOf(preparation));
        }
    }

    private static TableColumn column(SplitMix64 random, String name) {
        boolean second = random.nextInt(2) == 0;
        float fill = random.nextInt(3) == 0 ? NAN : Float.intBitsToFloat(random.nextInt(0x7f800000));
        return switch (random.nextInt(3)) {
            case 0 -> new NumberColumn(name, fill, second, second ? 0 : -random.nextFloat(), random.nextInt(3));
            case 1 -> new TruthColumn(name, fill, second);
            default -> new CategoryColumn(name, IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(Integer::toString)
                    .toList(), second);
        };
    }

    @Test
    void onnxRuntimeScoresTheSameColumns() throws IOException, OrtException {
        scoredByOnnxRuntime(PEOPLE, 11);
        scoredByOnnxRuntime(new Preparation(List.of(new NumberColumn("x", 4, false, 0, 1))), 12);
        scoredByOnnxRuntime(new Preparation(List.of(new TruthColumn("x", 1, false))), 13);
    }

    private static void scoredByOnnxRuntime(Preparation preparation, long seed) throws IOException, OrtException {
        Network network = networkOf(preparation);
        SplitMix64 random = new SplitMix64(seed);
        int rows = 60;
        List<List<String>> fields = new ArrayList<>();
        Matrix x = Matrix.zeros(rows, preparation.width());
        while (fields.size() < rows) {
            List<String> row = preparation.columns().stream().map(column -> column.isText()
                    ? TEXTS.get(random.nextInt(TEXTS.size())) : NUMBERS.get(random.nextInt(NUMBERS.size()))).toList();
            try {
                preparation.prepare(row, x.data(), x.rowOffset(fields.size()));
                fields.add(row);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("column (member|raw|strict|sure|x): .*");
            }
        }
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (int c = 0; c < preparation.columns().size(); c++) {
            int column = c;
            TableColumn of = preparation.columns().get(c);
            String[] texts = fields.stream().map(row -> row.get(column)).toArray(String[]::new);
            float[] numbers = new float[rows];
            for (int n = 0; n < rows && !of.isText(); n++) {
                numbers[n] = TableColumn.isMissing(texts[n]) ? NAN : Float.parseFloat(texts[n]);
            }
            inputs.put(of.name(), of.isText() ? texts : numbers);
        }
        float[] got = OnnxRuntime.runColumns(bytes(preparation, network), "output", inputs);
        for (int n = 0; n < rows; n++) {
            float[] want = predicted(network, Arrays.copyOfRange(x.data(), x.rowOffset(n),
                    x.rowOffset(n) + x.columns()));
            for (int j = 0; j < want.length; j++) {
                assertThat(got[n * want.length + j]).as("row %d %s, output %d", n, fields.get(n), j)
                        .isCloseTo(want[j], within(1e-5f));
            }
        }
    }

    @Test
    void namesOfColumnsThatTheNetworkHasToo() throws IOException, OrtException {
        Preparation preparation = new Preparation(List.of(new NumberColumn("input", 1, false, 0, 1),
                new NumberColumn("output", 2, false, 0, 1), new NumberColumn("input_", 3, false, 0, 1),
                new CategoryColumn("layer1.Gemm.output", List.of("größe"), false),
                new NumberColumn("column1.Imputer", 4, false, 0, 1)));
        comesBack(preparation, networkOf(preparation));
        OnnxModel model = read(bytes(preparation, networkOf(preparation)));
        assertThat(model.input()).isEqualTo("input_, output_, input__, layer1.Gemm.output_, column1.Imputer");
        assertThat(OnnxRuntime.runColumns(bytes(preparation, networkOf(preparation)), "output", Map.of(
                "input_", new float[1], "output_", new float[1], "input__", new float[1],
                "layer1.Gemm.output_", new String[] {"größe"}, "column1.Imputer", new float[1]))).hasSize(3);
    }

    @Test
    void aNetworkAloneIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("people.onnx");
        Onnx.write(PEOPLE, networkOf(PEOPLE), file);
        assertThat(Onnx.readModel(file).preparation()).contains(PEOPLE);
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class)
                .hasMessage(file + ": graph: it takes raw columns, age, job, member, city, raw, strict, sure, and a network"
                        + " alone takes the rows that its preparation makes of them: read it with Onnx.readModel, and make"
                        + " rows with what OnnxModel.preparation gives");
        assertThatThrownBy(() -> Onnx.read(Files.readAllBytes(file))).hasMessageStartingWith("graph: it takes raw columns");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        Network other = Network.builder(4).dense(2, Activation.IDENTITY).build(1);
        assertThatThrownBy(() -> bytes(PEOPLE, other)).isInstanceOf(OnnxFormatException.class)
                .hasMessage("Onnx.write: the preparation makes rows of 15 numbers, and the network takes one of 4: write"
                        + " the network that was trained on its rows");
        Preparation longName = new Preparation(List.of(new NumberColumn("x".repeat(1025), 0, false, 0, 1)));
        assertThatThrownBy(() -> bytes(longName, networkOf(longName))).hasMessageContaining("more than 1024 bytes");
    }

    @Test
    void anEditIsSeen() throws IOException {
        ModelProto model = ModelProto.parseFrom(bytes(PEOPLE, networkOf(PEOPLE)));
        ModelProto.Builder edited = model.toBuilder();
        int scaler = IntStream.range(0, model.getGraph().getNodeCount())
                .filter(n -> model.getGraph().getNode(n).getOpType().equals("Scaler")).findFirst().orElseThrow();
        edited.getGraphBuilder().getNodeBuilder(scaler).getAttributeBuilder(0).setFloats(0, 39);
        assertThatThrownBy(() -> read(edited.build().toByteArray()))
                .hasMessageMatching("metadata samebits.preparation: the columns in the file have another one, .*");
    }

    // As skl2onnx writes a ColumnTransformer of SimpleImputer and StandardScaler for numbers, OneHotEncoder for text.
    @Test
    void aPipelineOfScikitLearnIsRead() throws IOException, OrtException {
        ModelBuilder m = new ModelBuilder(15);
        m.input("age", ModelBuilder.N, 1);
        m.input("hours", ModelBuilder.N, 1);
        m.text("job");
        m.text("city");
        m.op("Concat", "age", "hours");
        m.with("axis", 1);
        m.op("ai.onnx.ml.Imputer", m.out());
        m.with("imputed_value_floats", new float[] {38, 40}).with("replaced_value_float", NAN);
        m.op("ai.onnx.ml.Scaler", m.out());
        m.with("offset", new float[] {38.5f, 40.25f}).with("scale", new float[] {0.5f, 0.25f});
        String numbers = m.out();
        m.op("Concat", "job", "city");
        m.with("axis", 1);
        String texts = m.out();
        m.op("ai.onnx.ml.ArrayFeatureExtractor", texts, m.ints(0));
        m.op("ai.onnx.ml.OneHotEncoder", m.out());
        m.with("cats_strings", new String[] {"clerk", "welder"}).with("zeros", 1);
        String job = m.out();
        m.op("ai.onnx.ml.ArrayFeatureExtractor", texts, m.ints(1));
        m.op("ai.onnx.ml.OneHotEncoder", m.out());
        m.with("cats_strings", new String[] {"Bern", "Oslo", "Rom"}).with("zeros", 1);
        m.op("Concat", job, m.out());
        m.with("axis", 2);
        m.op("Reshape", m.out(), m.ints(-1, 5));
        m.op("Concat", numbers, m.out());
        m.with("axis", 1);
        String y = m.gemm(m.op("Tanh", m.gemm(m.out(), 7, 4)), 4, 2);
        byte[] file = m.output(y, ModelBuilder.N, 2).build().toByteArray();

        OnnxModel model = read(file);
        Preparation preparation = model.preparation().orElseThrow();
        assertThat(preparation).isEqualTo(new Preparation(List.of(new NumberColumn("age", 38, false, 38.5f, 0.5f),
                new NumberColumn("hours", 40, false, 40.25f, 0.25f),
                new CategoryColumn("job", List.of("clerk", "welder"), false),
                new CategoryColumn("city", List.of("Bern", "Oslo", "Rom"), false))));
        assertThat(model.notes()).isEmpty();
        float[] got = OnnxRuntime.runColumns(file, y, Map.of("age", new float[] {NAN}, "hours", new float[] {20},
                "job", new String[] {"pilot"}, "city", new String[] {"Oslo"}));
        float[] want = predicted(model.network(),
                preparation.row(Map.of("age", "", "hours", "20", "job", "pilot", "city", "Oslo")));
        assertThat(got).containsExactly(want, within(1e-5f));
        // And what was read is written in our own form.
        comesBack(preparation, model.network());
    }

    @Test
    void formsThatAreNotReadAreRefused() {
        ModelBuilder normalized = new ModelBuilder(15);
        normalized.text("job");
        normalized.op("StringNormalizer", "job");
        normalized.op("ai.onnx.ml.OneHotEncoder", normalized.out());
        normalized.with("cats_strings", new String[] {"a", "b"});
        normalized.op("Flatten", normalized.out());
        refused(normalized, 2, "node 'n0' (StringNormalizer): it takes text or codes of it, and what makes numbers of text"
                + " is OneHotEncoder here, with LabelEncoder in front of it or without: export the model with those");

        ModelBuilder apart = new ModelBuilder(15);
        apart.input("age", ModelBuilder.N, 1);
        apart.text("job");
        apart.op("ai.onnx.ml.OneHotEncoder", "job");
        apart.with("cats_strings", new String[] {"a", "b"});
        String job = apart.op("Flatten", apart.out());
        apart.op("Concat", "age", job, "age");
        apart.with("axis", 1);
        refused(apart, 4, "input 'age': its numbers stand at two places of the row, and columns are read that have one place"
                + " each: export the model with the numbers of each column side by side");

        ModelBuilder twice = new ModelBuilder(15);
        twice.text("job");
        twice.op("ai.onnx.ml.OneHotEncoder", "job");
        twice.with("cats_strings", new String[] {"a", " a"});
        twice.op("Flatten", twice.out());
        refused(twice, 2, "input 'job': the column job has the category 'a' twice: give all different ones");
    }

    private static void refused(ModelBuilder m, int width, String message) {
        String y = m.gemm(m.out(), width, 2);
        assertThatThrownBy(() -> read(m.output(y, ModelBuilder.N, 2).build().toByteArray()))
                .isInstanceOf(OnnxFormatException.class).hasMessage(message);
    }

    // Nothing but a model or a refusal, whatever single attribute or text is changed.
    @Test
    void damagedFilesAreRefusedOrReadDifferently() throws IOException {
        ModelProto model = ModelProto.parseFrom(bytes(PEOPLE, networkOf(PEOPLE)));
        SplitMix64 random = new SplitMix64(21);
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            ModelProto.Builder edited = model.toBuilder();
            var node = edited.getGraphBuilder().getNodeBuilder(random.nextInt(model.getGraph().getNodeCount()));
            switch (random.nextInt(5)) {
                case 0 -> node.setOpType("Identity");
                case 1 -> node.clearAttribute();
                case 2 -> node.setInput(0, edited.getGraph().getInput(random.nextInt(7)).getName());
                case 3 -> edited.getGraphBuilder().getInputBuilder(random.nextInt(7)).getTypeBuilder()
                        .getTensorTypeBuilder()
                        .setElemType((random.nextInt(2) == 0 ? ElementType.STRING : ElementType.FLOAT).number);
                default -> node.getAttributeBuilderList().forEach(attribute -> {
                    if (attribute.getStringsCount() > 0) {
                        attribute.setStrings(0, ByteString.copyFromUtf8("b"));
                    } else if (attribute.getIntsCount() > 0) {
                        attribute.setInts(0, 1L << 62);
                    } else {
                        attribute.setF(NAN).setI(-3);
                    }
                });
            }
            try {
                OnnxModel read = read(edited.build().toByteArray());
                assertThat(read.preparation()).contains(PEOPLE);
            } catch (OnnxFormatException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(100);
    }
}
