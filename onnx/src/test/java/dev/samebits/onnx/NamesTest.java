package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.samebits.Activation;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.onnx.proto.ModelProto;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of columns and classes: what was written is read back, character by character, or refused. */
class NamesTest {
    private static final Network THREE_TO_TWO = Network.builder(3).dense(2, Activation.IDENTITY).softmax().build(1);
    private static final Names NAMES = new Names(List.of("größe, cm", "a \"quoted\" \\ name\r\n\t\u0001", ""),
            List.of("\uD83D\uDE00", "/"), List.of("yes\nno", "\u2028 \uFFFD"));

    private static Names comesBack(Network network, Names names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.write(network.withNames(names), out);
        Network read = Onnx.read(out.toByteArray());
        assertThat(read.fingerprint()).isEqualTo(network.fingerprint());
        return read.names();
    }

    @Test
    void anyTextComesBack() throws IOException {
        assertThat(comesBack(THREE_TO_TWO, NAMES)).isEqualTo(NAMES);
        assertThat(comesBack(THREE_TO_TWO, Names.NONE)).isEqualTo(Names.NONE);
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<String> texts = new ArrayList<>();
            for (int n = 0; n < 3; n++) {
                StringBuilder text = new StringBuilder();
                random.ints(random.nextInt(12), 0, Character.MAX_CODE_POINT)
                        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                        .forEach(text::appendCodePoint);
                texts.add(text.append(n).toString());
            }
            Names names = new Names(texts, List.of(), List.of());
            assertThat(comesBack(THREE_TO_TWO, names)).isEqualTo(names);
        }
    }

    @Test
    void oneOutputHasTwoClasses() throws IOException {
        Network network = Network.builder(1).dense(1, Activation.LOGISTIC).build(1);
        Names names = new Names(List.of(), List.of(), List.of("no", "yes"));
        assertThat(comesBack(network, names)).isEqualTo(names);
    }

    @Test
    void whatIsNoListIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.write(THREE_TO_TWO.withNames(NAMES), out);
        ModelProto model = ModelProto.parseFrom(out.toByteArray());
        List<String> broken = List.of("", "[", "]", "[\"a\"", "[\"a\",]", "[\"a\" \"b\"]", "[\"a\"] x", "[1]", "{}",
                "[\"\\x\"]", "[\"\\u12\"]", "[\"\\uzzzz\"]", "[\"a\n\"]", "[\"a", "[\"a\\", "[null]", "[[\"a\"]]",
                "[,\"a\"]");
        for (String text : broken) {
            assertThatThrownBy(() -> Onnx.read(withLabels(model, ByteString.copyFromUtf8(text)))).as(text)
                    .isInstanceOf(OnnxFormatException.class)
                    .hasMessageContaining("metadata samebits.labels: it is no JSON array");
        }
        ByteString latin = ByteString.copyFrom(new byte[] {'[', '"', (byte) 0xff, '"', ']'});
        assertThatThrownBy(() -> Onnx.read(withLabels(model, latin)))
                .isInstanceOf(OnnxFormatException.class).hasMessageContaining("no JSON array");
        assertThatThrownBy(() -> Onnx.read(withLabels(model, ByteString.copyFromUtf8("[\"a\"]"))))
                .isInstanceOf(OnnxFormatException.class).hasMessageContaining("1 names of classes");
        assertThat(Onnx.read(withLabels(model,
                ByteString.copyFromUtf8(" [ \"\\u00e9\\/\" ,\n\"b\" ] "))).names().labels()).containsExactly("é/", "b");
    }

    private static byte[] withLabels(ModelProto model, ByteString value) {
        ModelProto.Builder edited = model.toBuilder();
        edited.getMetadataPropsBuilderList().stream().filter(entry -> entry.getKey().equals("samebits.labels"))
                .forEach(entry -> entry.setValue(value));
        return edited.build().toByteArray();
    }
}
