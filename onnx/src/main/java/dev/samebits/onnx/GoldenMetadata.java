package dev.samebits.onnx;

import com.google.protobuf.ByteString;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.StringStringEntryProto;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Golden rows in the metadata of a file: a row a line, its inputs and then its outputs, each the eight hexadecimal digits of
 * its pattern, with a blank between two.
 */
final class GoldenMetadata {
    static final String KEY = "samebits.golden";
    // Of a pattern, and what stands behind it.
    private static final int DIGITS = 8;
    private static final int WIDTH = DIGITS + 1;

    private GoldenMetadata() {}

    static ModelProto add(ModelProto model, GoldenRows golden) {
        Matrix x = golden.inputs();
        Matrix y = golden.outputs();
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < x.rows(); n++) {
            for (int j = 0; j < x.columns() + y.columns(); j++) {
                float value = j < x.columns() ? x.get(n, j) : y.get(n, j - x.columns());
                text.append(j == 0 ? "" : " ").append(String.format("%08X", Float.floatToIntBits(value)));
            }
            text.append('\n');
        }
        ModelProto.Builder with = model.toBuilder();
        with.addMetadataPropsBuilder().setKey(KEY).setValue(ByteString.copyFromUtf8(text.toString()));
        return with.build();
    }

    /**
     * What a file keeps; nothing if an output was chosen, for which they are not.
     *
     * @throws Refusal if they are none, or not of this network
     */
    static Optional<GoldenRows> of(ModelProto model, Network network, OnnxOptions options) throws Refusal {
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            if (entry.getKey().equals(KEY) && options.output().isEmpty()) {
                return Optional.of(parse(entry.getValue().toString(StandardCharsets.ISO_8859_1), network));
            }
        }
        return Optional.empty();
    }

    private static GoldenRows parse(String text, Network network) throws Refusal {
        int inputs = network.inputs();
        long row = (long) WIDTH * (inputs + network.outputs());
        long rows = text.length() / row;
        if (rows == 0 || text.length() % row != 0 || rows * (row / WIDTH) > GoldenRows.MOST_NUMBERS) {
            throw damaged("it has no whole rows of " + (row / WIDTH) + " numbers");
        }
        Matrix x = Matrix.zeros((int) rows, inputs);
        Matrix y = Matrix.zeros((int) rows, network.outputs());
        for (int i = 0; i < text.length() / WIDTH; i++) {
            int n = (int) (i / (row / WIDTH));
            int j = (int) (i % (row / WIDTH));
            float value = number(text, i * WIDTH, j + 1 == row / WIDTH ? '\n' : ' ');
            if (j < inputs) {
                x.set(n, j, value);
            } else {
                y.set(n, j - inputs, value);
            }
        }
        return new GoldenRows(x, y);
    }

    private static float number(String text, int at, char end) throws Refusal {
        int bits = 0;
        for (int i = at; i < at + DIGITS; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                throw damaged("its byte " + i + " is no hexadecimal digit");
            }
            bits = bits << 4 | digit;
        }
        if (text.charAt(at + DIGITS) != end) {
            throw damaged("its byte " + (at + DIGITS) + " ends no number");
        }
        return Float.intBitsToFloat(bits);
    }

    private static Refusal damaged(String why) {
        return new Refusal("metadata " + KEY, why + ": the file is damaged or was edited; take the original, or remove this"
                + " entry if the edit was meant");
    }
}
