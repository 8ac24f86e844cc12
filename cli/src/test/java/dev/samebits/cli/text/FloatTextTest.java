package dev.samebits.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {
    private static String text(float value) {
        return FloatText.of(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0", "-0, -0.0", "1, 1.0", "-2.5, -2.5", "0.1, 0.1", "0.001, 0.001", "9.9e-4, 9.9E-4", "123456.7, 123456.7",
        "9999999, 9999999.0", "1e7, 1.0E7", "3.4028235e38, 3.4028235E38", "1.4e-45, 1.4E-45",
        "1.17549435e-38, 1.1754944E-38", "NaN, NaN", "-Infinity, -Infinity", "16777216, 1.6777216E7",
        "5.684342e-14, 5.684342E-14"
    })
    void looksAsJavaWritesIt(float value, String expected) {
        // The smallest float alone is written with two digits by Java and with one here.
        assertThat(text(value)).isEqualTo(expected.equals("1.4E-45") ? "1.0E-45" : expected);
    }

    @Test
    void readsBackAndIsNoLongerThanJavas() {
        SplitMix64 random = new SplitMix64(7);
        for (int n = 0; n < 100_000; n++) {
            float value = Float.intBitsToFloat((int) random.nextLong());
            if (value - value != 0) {
                continue;
            }
            String text = text(value);
            assertThat(Float.parseFloat(text)).as(text).isEqualTo(value);
            assertThat(text.length()).as("%s, Java writes %s", text, value)
                    .isLessThanOrEqualTo(Float.toString(value).length());
        }
    }
}
