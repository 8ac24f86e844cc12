package dev.samebits.onnx.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.samebits.onnx.ModelBuilder;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.proto.ModelProto;
import dev.samebits.onnx.proto.TensorProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights of every type, raw and in lists, are the numbers that they stand for. */
class ElementTypeTest {
    /** Numbers that all four types hold. */
    private static final float[] NUMBERS = {0, -0f, 1, -2, 0.5f, 1.5f, -0.00390625f, 208, Float.POSITIVE_INFINITY, -3, 96,
            7};

    /** IEEE 754 binary16 by its definition. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 31;
        double fraction = (bits & 1023) / 1024.0;
        double magnitude = exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    @Test
    void everyHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float got = ElementType.halfToFloat((short) bits);
            assertThat(Float.compare(got, (float) half(bits))).as("half %x", bits).isZero();
            if (Float.isFinite(got)) {
                assertThat(ElementType.roundToHalf(got)).isEqualTo(got);
            }
        }
    }

    @Test
    void roundsToTheNearestHalfAndTiesToEven() {
        for (int bits = 0; bits < 0x7bff; bits++) {
            double low = half(bits);
            double high = half(bits + 1);
            double middle = (low + high) / 2;
            assertThat(ElementType.roundToHalf(middle)).isEqualTo((float) ((bits & 1) == 0 ? low : high));
            assertThat(ElementType.roundToHalf(Math.nextDown(middle))).isEqualTo((float) low);
            assertThat(ElementType.roundToHalf(-Math.nextUp(middle))).isEqualTo((float) -high);
        }
        assertThat(ElementType.roundToHalf(Math.sqrt(2))).isEqualTo(1.4140625f);
        assertThat(ElementType.BFLOAT16.nearest(Math.sqrt(2))).isEqualTo(1.4140625f);
    }

    private static int halfBits(float number) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            if (Double.compare(half(bits), number) == 0) {
                return bits;
            }
        }
        throw new AssertionError(number + " is no half");
    }

    private static void put(TensorProto.Builder tensor, String form) {
        ByteBuffer raw = ByteBuffer.allocate(8 * NUMBERS.length).order(ByteOrder.LITTLE_ENDIAN);
        BiConsumer<Float, ByteBuffer> write = switch (form) {
            case "double raw" -> (x, bytes) -> bytes.putDouble(x);
            case "float16 raw" -> (x, bytes) -> bytes.putShort((short) halfBits(x));
            case "bfloat16 raw" -> (x, bytes) -> bytes.putShort((short) (Float.floatToIntBits(x) >> 16));
            case "double list" -> (x, bytes) -> tensor.addDoubleData(x);
            case "float16 list" -> (x, bytes) -> tensor.addInt32Data(halfBits(x));
            case "bfloat16 list" -> (x, bytes) -> tensor.addInt32Data(Float.floatToIntBits(x) >>> 16);
            case "float list" -> (x, bytes) -> tensor.addFloatData(x);
            default -> (x, bytes) -> bytes.putFloat(x);
        };
        for (float number : NUMBERS) {
            write.accept(number, raw);
        }
        if (form.endsWith("raw")) {
            tensor.setRawData(ByteString.copyFrom(raw.flip()));
        }
    }

    private static ModelProto.Builder model(TensorProto.Builder weights) {
        ModelBuilder builder = new ModelBuilder(13);
        String x = builder.input(ModelBuilder.N, 3);
        return builder.output(builder.op("MatMul", x, builder.tensor(weights.addDims(3).addDims(4))));
    }

    private static OnnxModel read(ModelProto.Builder model) throws IOException {
        return Onnx.readModel(new ByteArrayInputStream(model.build().toByteArray()));
    }

    @ParameterizedTest
    @CsvSource({"float raw, 1", "float list, 1", "double raw, 11", "double list, 11", "float16 raw, 10", "float16 list, 10",
            "bfloat16 raw, 16", "bfloat16 list, 16"})
    void inEveryForm(String form, int type) throws IOException {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type);
        put(tensor, form);
        OnnxModel model = read(model(tensor));
        float[] weights = model.network().layers().get(0).weights().data();
        for (int i = 0; i < NUMBERS.length; i++) {
            // [3 × 4] in the file, [4 × 3] in a layer.
            assertThat(Float.compare(weights[i % 4 * 3 + i / 4], NUMBERS[i])).as("number %d", i).isZero();
        }
        assertThat(model.notes()).hasSize(type == 1 ? 0 : 1);
        assertThat(model.notes()).allMatch(note -> note.contains(ElementType.name(type)));
    }

    @Test
    void doublesBeyondFloatAreRefused() {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(11);
        for (int i = 0; i < 12; i++) {
            tensor.addDoubleData(i == 7 ? 1e39 : 0.1);
        }
        assertThatThrownBy(() -> read(model(tensor))).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("it holds 1.0E39, which is beyond the largest float");
    }
}
