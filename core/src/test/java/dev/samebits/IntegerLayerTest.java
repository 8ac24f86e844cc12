package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.samebits.arithmetic.Quantized;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class IntegerLayerTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /** As ONNX's QuantizeLinear: half to even, saturated. */
    @Test
    void quantizesToKnownValues() {
        Quantization q = Quantization.uint8(0.5f, 10);
        float[] x = {0, -0f, 0.25f, 0.75f, -0.25f, -0.75f, 1.25f, 122.4f, 122.6f, 1e30f, -5, -5.3f, INFINITY, -INFINITY};
        float[] want = {10, 10, 10, 12, 10, 8, 12, 255, 255, 255, 0, 0, 255, 0};
        for (int i = 0; i < x.length; i++) {
            assertThat(q.value(x[i])).as("%s", x[i]).isEqualTo(want[i]);
        }
        assertThat(q.value(NAN)).isNaN();
        assertThat(Quantization.int8(1, 0).value(-0.4f)).isEqualTo(0f);
        assertThat(Quantization.int8(1e-45f, -1).value(1e-45f)).isEqualTo(0);
        assertThat(Quantization.int8(0.1f, 3).centered()).isEqualTo(new Quantization(0.1f, 0, -131, 124));
        assertThat(Quantization.int8(0.1f, 3).reach()).isEqualTo(131);
        assertThat(q).hasToString("0.5 + 10 within 0 to 255");
    }

    /** As ONNX's DynamicQuantizeLinear; its own example, x from −3 to 2. */
    @Test
    void aRowHasItsOwnRange() {
        float[] x = {0, 2, -3, -2.5f, 1.34f, 0.5f};
        float[] y = new float[6];
        float scale = Quantized.row(x, 0, y, 0, 6);
        assertThat(scale).isEqualTo(5f / 255);
        float zero = Quantized.zeroPoint(-3, scale);
        assertThat(zero).isEqualTo(153);
        assertThat(y).containsExactly(153 - zero, 255 - zero, 0 - zero, 26 - zero, 221 - zero, 179 - zero);
        assertThat(Quantized.row(new float[2], 0, y, 0, 2)).isEqualTo(1);
        assertThat(Quantized.row(new float[] {1e-45f, 0}, 0, y, 0, 2)).isEqualTo(1);
        assertThat(y[0]).isZero();
        assertThat(Quantized.row(new float[] {3, INFINITY}, 0, y, 0, 2)).isNaN();
        assertThat(y).startsWith(NAN, NAN);
        assertThat(Quantized.row(new float[] {3e38f, -3e38f}, 0, y, 0, 2)).isNaN();
    }

    private static IntegerLayer layer() {
        return IntegerLayer.of(Quantization.uint8(0.5f, 10), 3, new short[] {1, -2, 255, 0, 3, -255}, new float[] {0.25f, 2})
                .withBias(7, -1).withShift(0, 0.5f);
    }

    @Test
    void predictsKnownSums() {
        GraphBuilder g = Network.graph();
        Network network = g.output("y", g.input("x", 3).integerDense(layer())).build();
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            // 4, −10 and 245 without the zero point.
            assertThat(session.predict(new float[] {2, -100, 1000}))
                    .containsExactly((7 + 4 + 20 + 245 * 255) * 0.25f, (-1 - 30 - 245 * 255) * 2 + 0.5f);
            assertThat(session.predict(new float[] {2, NAN, 1000})).containsExactly(NAN, NAN);
        }
        assertThat(network.describe()).contains("1: integer-dense 3 → 2, input 0.5 + 10 within 0 to 255 of x → 2\n");
        assertThat(network.parameters()).isEqualTo(12);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Quantization q = Quantization.uint8(1, 0);
        refuses("needs 6 weights, at least one, not 5", () -> IntegerLayer.of(q, 3, new short[5], new float[2]));
        refuses("needs 0 weights, at least one, not 0", () -> IntegerLayer.ofRows(0, new short[0], new float[2]));
        refuses("the weight of output 1 and input 0 is -256: without the zero point it must be from −255 to 255",
                () -> IntegerLayer.ofRows(2, new short[] {0, 0, -256, 0}, new float[2]));
        refuses("2 outputs need as many biases, not 1", () -> layer().withBias(1));
        refuses("2 outputs need as many shifts, not 3", () -> layer().withShift(1, 2, 3));
        refuses("the sum of output 0 could be 2147483902, with 1 inputs and the bias -2147483647",
                () -> IntegerLayer.of(q, 1, new short[] {1}, new float[1]).withBias(-Integer.MAX_VALUE));
        refuses("the scale of a quantisation must be positive and finite, not 0.0", () -> Quantization.uint8(0, 0));
        refuses("must be positive and finite, not NaN", () -> Quantization.uint8(NAN, 0));
        refuses("a quantisation to 0 … 255 with the zero point 256", () -> Quantization.uint8(1, 256));
        refuses("at most 255 apart", () -> new Quantization(1, 0, -200, 200));
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 4);
        refuses("step 1, integer-dense 3 → 2, input 0.5 + 10 within 0 to 255: it takes a value of 3 columns, not of 4",
                () -> x.integerDense(layer()));
    }

    @Test
    void arraysAreCopied() {
        short[] weights = {1, 2};
        float[] scale = {1};
        IntegerLayer layer = IntegerLayer.ofRows(2, weights, scale);
        weights[0] = 9;
        scale[0] = 9;
        layer.scale()[0] = 9;
        layer.bias()[0] = 9;
        assertThat(layer).isEqualTo(IntegerLayer.ofRows(2, new short[] {1, 2}, new float[] {1}));
        assertThat(layer).isNotEqualTo(layer.withBias(1)).isNotEqualTo(layer.withShift(1));
        assertThat(layer.weightsOf(0, 0, 2)).isEqualTo(3);
        assertThat(layer.input()).isEmpty();
    }

    /** As docs/arithmetic.md says it. */
    @Test
    void theFingerprintHasAllOfIt() throws Exception {
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 3);
        IntegerLayer rows = IntegerLayer.ofRows(2, new short[] {-1, 5}, new float[] {3});
        Value whole = x.integerDense(layer()).quantize(Quantization.int8(2, -4));
        Network network = g.output("y", whole.integerDense(rows)).build();
        ByteBuffer bytes = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        line(bytes, "input 3", "integer-dense 0 -> 2", "zero 10 from 0 to 255");
        floats(bytes, 0.5f, 1, -2, 255, 0, 3, -255);
        line(bytes, "bias 7", "bias -1");
        floats(bytes, 0.25f, 2, 0, 0.5f);
        line(bytes, "quantize 1 -> 2", "zero -4 from -128 to 127");
        floats(bytes, 2);
        line(bytes, "integer-dense 2 -> 1", "row");
        floats(bytes, -1, 5);
        line(bytes, "bias 0");
        floats(bytes, 3, 0);
        line(bytes, "output 3");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes.flip());
        assertThat(network.fingerprint()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    private static void line(ByteBuffer bytes, String... lines) {
        for (String line : lines) {
            bytes.put((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void floats(ByteBuffer bytes, float... values) {
        for (float value : values) {
            bytes.putFloat(value);
        }
    }

    private static void refuses(String says, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(says);
    }
}
