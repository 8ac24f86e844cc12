package dev.samebits.onnx.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.onnx.ModelBuilder;
import dev.samebits.onnx.Networks;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import dev.samebits.onnx.RoundTripTest;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Bytes that are no model, or would cost more than they weigh. */
class WireScanTest {
    private static final Network NETWORK = Networks.with(Activation.RELU, 1);

    private static void assertRefused(byte[] file, String says) {
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class).hasMessageContaining(says);
    }

    private static byte[] plus(byte[] file, byte... more) {
        byte[] longer = Arrays.copyOf(file, file.length + more.length);
        System.arraycopy(more, 0, longer, file.length, more.length);
        return longer;
    }

    @Test
    void filesOfOtherKinds() {
        assertRefused(new byte[0], "the file is empty");
        assertRefused("{\"weights\": [1, 2]}".getBytes(StandardCharsets.UTF_8), "byte 0 (model.15)");
        assertRefused("PK\3\4 a zip archive".getBytes(StandardCharsets.UTF_8), "no ONNX file");
        assertRefused("hello\n".getBytes(StandardCharsets.UTF_8), "no ONNX file");
        assertRefused(new byte[1000], "byte 0 (model)");
    }

    @Test
    void everyTruncationNamesItsByte() {
        byte[] file = Networks.write(NETWORK);
        for (int length = 1; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            try {
                Onnx.read(cut);
                // The metadata stand last, and a file without them is one, too.
                assertThat(length).isGreaterThan(file.length - 250);
            } catch (OnnxFormatException e) {
                assertThat(e.getMessage()).matches("(byte \\d+ \\(model.*\\)|model): .*");
            }
        }
    }

    @Test
    void groupsAreRefusedHoweverDeep() {
        byte[] groups = new byte[3_000_000];
        Arrays.fill(groups, (byte) (1000 << 3 | WireFormat.WIRETYPE_START_GROUP));
        assertRefused(plus(Networks.write(NETWORK), groups), "a protobuf group");
        assertRefused(plus(Networks.write(NETWORK), (byte) 0x0c), "a protobuf group");
    }

    @Test
    void messagesNestedInUnknownFieldsAreNotFollowed() throws IOException {
        ByteString nested = ByteString.EMPTY;
        for (int i = 0; i < 3_000; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeBytes(5, nested);
            coded.flush();
            nested = ByteString.copyFrom(out.toByteArray());
        }
        byte[] file = Networks.write(NETWORK);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        coded.writeBytes(500, nested);
        coded.writeInt64(501, 7);
        coded.flush();

        RoundTripTest.assertSame(Onnx.read(plus(file, out.toByteArray())), NETWORK);
    }

    @Test
    void manyTinyMessages() {
        // Two bytes each, and some hundred once they are objects.
        byte[] nodes = new byte[8_000_000];
        for (int i = 0; i < nodes.length; i += 2) {
            nodes[i] = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        }
        byte[] file = ModelProto.newBuilder().setIrVersion(8).build().toByteArray();
        byte[] graph = {7 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED, (byte) 0x80, (byte) 0xa4, (byte) 0xe8, 3};
        assertRefused(plus(plus(file, graph), nodes), "more than " + Limits.fields() + " protobuf fields");
    }

    @Test
    void longNamesAndLists() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(NETWORK)).toBuilder();
        assertRefused(model.clone().setProducerName("x".repeat(1025)).build().toByteArray(),
                "(model.producer_name): a name of 1025 bytes, and names of at most 1024 are read: export the model again");
        ModelProto.Builder dims = model.clone();
        TensorProto.Builder tensor = dims.getGraphBuilder().getInitializerBuilder(0);
        for (int i = 0; i <= 1 << 20; i++) {
            tensor.addDims(1);
        }
        assertRefused(dims.build().toByteArray(), "(model.graph.initializer.dims): a list of integers of 1048579 bytes");

        // Many lists below the limit.
        ModelProto.Builder lists = model.clone();
        for (int i = 0; i < 100; i++) {
            lists.getGraphBuilder().addInitializerBuilder().addAllInt64Data(Collections.nCopies(1 << 15, 0L));
        }
        assertRefused(lists.build().toByteArray(), "(model.graph.initializer.int64_data): a list of integers");
    }

    @Test
    void wrongWireTypesAndLengths() {
        byte[] file = Networks.write(NETWORK);
        assertRefused(plus(file, (byte) (7 << 3), (byte) 1), "(model.graph): a field of protobuf wire type 0 where type 2");
        assertRefused(plus(file, (byte) (2 << 3 | 2), (byte) 1, (byte) 0xff), "not UTF-8");
        assertRefused(plus(file, (byte) (2 << 3 | 2), (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xf),
                "byte " + file.length + " (model.producer_name): not a protobuf field");
        assertRefused(plus(file, (byte) (7 << 3 | 2), (byte) 2, (byte) (1 << 3 | 2), (byte) 1), "(model.graph.node)");
    }

    @Test
    void floatsAsAListPackedOrNot() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(NETWORK)).toBuilder();
        TensorProto.Builder bias = model.getGraphBuilder().getInitializerBuilder(1);
        bias.clearRawData();
        float[] values = NETWORK.layers().get(0).bias();
        for (float value : values) {
            bias.addFloatData(value);
        }
        RoundTripTest.assertSame(Onnx.read(model.build().toByteArray()), NETWORK);

        bias.clearFloatData();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        for (float value : values) {
            coded.writeFloat(4, value);
        }
        coded.flush();
        bias.setUnknownFields(UnknownFieldSet.parseFrom(out.toByteArray()));
        RoundTripTest.assertSame(Onnx.read(model.build().toByteArray()), NETWORK);
    }

    @Test
    void longListsOfDoubles() throws IOException {
        int columns = 1 << 18;
        ModelBuilder builder = new ModelBuilder(13);
        String x = builder.input(ModelBuilder.N, columns);
        TensorProto.Builder weights = TensorProto.newBuilder().setDataType(ElementType.DOUBLE.number).addDims(columns);
        for (int i = 0; i < columns; i++) {
            weights.addDoubleData(i);
        }
        byte[] file = builder.output(builder.op("MatMul", x, builder.tensor(weights))).build().toByteArray();
        assertThat(Onnx.read(file).layers().get(0).weights().get(0, columns - 1)).isEqualTo(columns - 1);
    }

    @Test
    void initializersListedAsInputs() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Networks.write(NETWORK)).toBuilder();
        for (TensorProto initializer : model.getGraph().getInitializerList()) {
            model.getGraphBuilder().addInputBuilder().setName(initializer.getName());
        }
        RoundTripTest.assertSame(Onnx.read(model.build().toByteArray()), NETWORK);
    }
}
