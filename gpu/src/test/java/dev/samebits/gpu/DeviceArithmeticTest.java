package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Optimizer;
import dev.samebits.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device's functions have the bits of the definition even where the device divides as badly as OpenCL allows. */
class DeviceArithmeticTest {
    private static final int SAMPLES = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {-3, -2, -1, 0, 1, 2, 3})
    void quotientsAreRoundedCorrectly(int ulps) {
        JavaProgram program = new JavaProgram(ulps);
        SplitMix64 random = new SplitMix64(ulps);
        for (int i = 0; i < 1_000_000; i++) {
            float b = Float.intBitsToFloat((127 + random.nextInt(33) << 23) + random.nextInt(1 << 23));
            float a = Float.intBitsToFloat((47 + random.nextInt(160) << 23) + random.nextInt(1 << 23));
            check(program, a, b);
            check(program, -a, b);
        }
        for (int mantissa = 0; mantissa < 1 << 23; mantissa += 3) {
            float b = Float.intBitsToFloat((127 << 23) + mantissa);
            check(program, 1f, b);
            check(program, Math.nextDown(b), b);
        }
        check(program, Math.nextDown(1f), Math.nextDown(2f));
        check(program, 1f, Math.nextDown(2f));
        check(program, 1f, Math.nextDown(8f));
        check(program, Float.MIN_VALUE, 1f);
        check(program, Float.NaN, 2f);
        check(program, 1f, Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, -1, 0, 2, 3})
    void reciprocalsAndRootsOfAnyFloatAreRoundedCorrectly(int ulps) {
        JavaProgram program = new JavaProgram(ulps);
        // Every 13th mantissa of the two binades that roots have, and every 4001st float.
        for (int bits = Float.floatToIntBits(1); bits < Float.floatToIntBits(4); bits += 13) {
            inverseAndRoot(program, Float.intBitsToFloat(bits));
        }
        for (long bits = 0; bits < 1L << 32; bits += 4001) {
            inverseAndRoot(program, Float.intBitsToFloat((int) bits));
        }
        inverseAndRoot(program, Math.nextDown(2f));
        inverseAndRoot(program, Math.nextDown(4f));
        // Those with denormal reciprocals, which are rounded twice.
        for (int bits = Float.floatToIntBits(0x1p126f); bits <= Float.floatToIntBits(Float.MAX_VALUE); bits += 29) {
            inverseAndRoot(program, Float.intBitsToFloat(bits));
            inverseAndRoot(program, -Float.intBitsToFloat(bits));
        }
    }

    private static void inverseAndRoot(JavaProgram program, float x) {
        same("1 / " + x, program.inverse(x), 1 / x);
        same("root of " + x, program.squareRoot(x), (float) Math.sqrt(x));
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, -1, 0, 2, 3})
    void inversesAreRoundedCorrectly(int ulps) {
        JavaProgram program = new JavaProgram(ulps);
        SplitMix64 random = new SplitMix64(ulps);
        for (int mantissa = 0; mantissa < 1 << 23; mantissa++) {
            float b = Float.intBitsToFloat((27 + random.nextInt(200) << 23) + mantissa);
            if (program.inverse(b) != 1 / b) {
                assertThat(program.inverse(b)).as("1 / " + b).isEqualTo(1 / b);
            }
        }
        same("1 / infinity", program.inverse(Float.POSITIVE_INFINITY), 0);
        same("1 / NaN", program.inverse(Float.NaN), Float.NaN);
    }

    /** Every mantissa of both parities of the exponent, and every exponent, among them those of denormals. */
    @ParameterizedTest
    @ValueSource(ints = {-3, -2, -1, 0, 1, 2, 3})
    void rootsAreRoundedCorrectly(int ulps) {
        JavaProgram program = new JavaProgram(ulps);
        for (int mantissa = 0; mantissa < 1 << 24; mantissa++) {
            checkRoot(program, Float.intBitsToFloat((126 << 23) + mantissa));
        }
        SplitMix64 random = new SplitMix64(ulps);
        for (int i = 0; i < 1_000_000; i++) {
            checkRoot(program, Float.intBitsToFloat(random.nextInt(Integer.MAX_VALUE)));
            checkRoot(program, Float.intBitsToFloat(random.nextInt(1 << 23)));
        }
        for (float x : new float[] {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN, -1f,
            -Float.MIN_VALUE, Float.NEGATIVE_INFINITY}) {
            checkRoot(program, x);
        }
    }

    private static void checkRoot(JavaProgram program, float x) {
        float got = program.squareRoot(x);
        float want = (float) Math.sqrt(x);
        if (Float.floatToIntBits(got) != Float.floatToIntBits(want)) {
            assertThat(got).as("root of " + x).isEqualTo(want);
        }
    }

    private static void check(JavaProgram program, float a, float b) {
        float got = program.divide(a, b);
        if (Float.floatToIntBits(got) != Float.floatToIntBits(a / b)) {
            assertThat(got).as(a + " / " + b).isEqualTo(a / b);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, 3})
    void everyActivationHasTheBitsOfTheDefinition(int ulps) {
        JavaProgram program = new JavaProgram(ulps);
        for (Activation.Kind kind : Activation.Kind.values()) {
            boolean prelu = kind == Activation.Kind.PRELU;
            Activation f = prelu ? Activation.PRELU : Activation.parse(kind.label());
            float first = prelu ? 0.3f : f.first();
            SplitMix64 random = new SplitMix64(kind.ordinal());
            for (int i = 0; i < SAMPLES; i++) {
                // Any float, and as often one where functions are curved.
                float x = i % 2 == 0
                        ? Float.intBitsToFloat(random.nextInt(1 << 30) * 4 + random.nextInt(4))
                        : Math.fma(random.nextFloat(), 200f, -100f);
                same(kind + " at " + x, program.value(kind.ordinal(), first, f.second(), x), f.value(x, first));
                same(kind + "' at " + x, program.derivative(kind.ordinal(), first, f.second(), x), f.derivative(x, first));
            }
        }
    }

    private static void same(String what, float got, float want) {
        if (Float.floatToIntBits(got) != Float.floatToIntBits(want)) {
            assertThat(got).as(what).isEqualTo(want);
        }
    }

    @Test
    void theKindsHaveTheirNumbers() {
        assertThat(Optimizer.Kind.values()).hasSize(6);
        assertThat(Optimizer.Kind.NESTEROV.ordinal()).isEqualTo(DeviceOptimizers.NESTEROV);
        assertThat(Optimizer.Kind.RMSPROP.ordinal()).isEqualTo(DeviceOptimizers.RMSPROP);
        assertThat(Activation.Kind.values()).hasSize(28);
        assertThat(Activation.Kind.RELU.ordinal()).isEqualTo(DeviceActivations.RELU);
        assertThat(Activation.Kind.SINE.ordinal()).isEqualTo(DeviceActivations.SINE);
        assertThat(Activation.Kind.COSINE.ordinal()).isEqualTo(DeviceActivations.COSINE);
        assertThat(Activation.Kind.LOG.ordinal()).isEqualTo(DeviceActivations.LOG);
    }
}
