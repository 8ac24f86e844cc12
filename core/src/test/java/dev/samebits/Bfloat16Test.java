package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rounding against its definition in double, which holds every float, and every middle between two of them, exactly. */
class Bfloat16Test {
    private static final int INFINITE = 0x7f80;
    private static final int NUMBERS = 1 << 16;

    /** A finite number by the meaning of its bits; what would come behind the largest stands for infinity. */
    private static double byDefinition(int bits) {
        int exponent = bits >> 7 & 0xff;
        int fraction = bits & 0x7f;
        double magnitude = exponent == 0 ? fraction * 0x1p-133 : Math.scalb(1 + fraction / 128.0, exponent - 127);
        return bits >= 0x8000 ? -magnitude : magnitude;
    }

    private static void assertRounds(double from, float to) {
        float value = (float) from;
        assertThat((double) value).as("a float").isEqualTo(from);
        assertThat(Float.floatToRawIntBits(Bfloat16.round(value))).as("%a", value).isEqualTo(Float.floatToRawIntBits(to));
        assertThat(Float.floatToRawIntBits(Bfloat16.round(-value))).as("%a", -value).isEqualTo(Float.floatToRawIntBits(-to));
        assertThat(Bfloat16.bits(value)).isEqualTo((short) (Float.floatToRawIntBits(to) >>> 16));
        assertThat(Bfloat16.holds(value)).as("%a", value).isEqualTo(Float.compare(value, to) == 0);
    }

    @Test
    void everyNumberIsItsOwnRounding() {
        for (int bits = 0; bits < NUMBERS; bits++) {
            float value = Bfloat16.value((short) bits);
            assertThat(Bfloat16.holds(value)).as("%x", bits).isTrue();
            if (Float.isNaN(value)) {
                assertThat(Float.floatToRawIntBits(Bfloat16.round(value))).isEqualTo(0x7fc00000);
                assertThat(Bfloat16.bits(value)).isEqualTo((short) 0x7fc0);
            } else {
                assertThat(Float.floatToRawIntBits(Bfloat16.round(value))).isEqualTo(bits << 16);
                assertThat(Bfloat16.bits(value)).isEqualTo((short) bits);
                if ((bits & INFINITE) != INFINITE) {
                    assertThat((double) value).isEqualTo(byDefinition(bits));
                }
            }
        }
    }

    @Test
    void roundsToTheNearestAndTiesToEven() {
        for (int bits = 0; bits < INFINITE; bits++) {
            double low = byDefinition(bits);
            double high = byDefinition(bits + 1);
            double middle = (low + high) / 2;
            float down = (float) low;
            // Behind the largest number stands 2¹²⁸, which is infinity as a float.
            float up = bits + 1 == INFINITE ? Float.POSITIVE_INFINITY : (float) high;
            assertRounds(middle, (bits & 1) == 0 ? down : up);
            assertRounds(Math.nextDown((float) middle), down);
            assertRounds(Math.nextUp((float) middle), up);
            assertRounds(Math.nextUp(down), down);
        }
    }

    @Test
    void whatIsNotFiniteStays() {
        assertRounds(Double.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);
        assertRounds(Float.MAX_VALUE, Float.POSITIVE_INFINITY);
        assertRounds(0x1.feffp127, 0x1.fep127f);
        for (int bits : new int[] {0x7f800001, 0x7f80ffff, 0x7fffffff, 0xff800001, 0xffffffff}) {
            float nan = Float.intBitsToFloat(bits);
            assertThat(Bfloat16.round(nan)).isNaN();
            assertThat(Bfloat16.holds(nan)).isTrue();
            assertThat(Bfloat16.value(Bfloat16.bits(nan))).isNaN();
        }
    }
}
