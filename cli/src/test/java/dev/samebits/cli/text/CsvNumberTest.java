package dev.samebits.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.SplitMix64;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A decimal number in a CSV file gives, to the bit, what {@link Float#parseFloat} gives; all other text is no number. */
class CsvNumberTest {
    private static final Pattern NUMBER =
            Pattern.compile("[\\x00-\\x20]*[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?[\\x00-\\x20]*");

    private static int javas(String text) {
        return Float.floatToIntBits(NUMBER.matcher(text).matches() ? Float.parseFloat(text) : Float.NaN);
    }

    private static void check(String text) {
        // As it comes out of a file: byte by byte.
        char[] field = new String(("x" + text + "x").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .toCharArray();
        assertThat(Float.floatToIntBits(Decimal.parse(field, 1, field.length - 2))).as("'%s'", text).isEqualTo(javas(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0", "-0", "+1", "1.", ".5", "-.5e1", "00012.50", "1e5", "1E-5", "1e+05", "1e", "1e+", "e5", ".", "-", "--1", "1-",
        "1.2.3",
        "1 ", "\t1.5", " -2 ", "1 2", "", " ", "NaN", "-NaN", "nan", "Infinity", "-Infinity", "inf", "0x1p3", "1f", "2.5d",
        "1_0",
        "30d", "30D", " 1F ", "-0X1.4P2", "0x10", "0x1p3f", "+0x.8p0", "0xp1", "x1p3", "1e5d", ".5f", "5.f", "d", "f", "0d",
        "-0f", "1L", "1e5f ", "0e0", "+.5E+07", "\u00001\u0000", "1\u200b", "Infinityd", "+NaN", "+Infinity ",
        "3.4028235e38", "3.4028236e38", "1e39", "-1e400", "1e99999", "1e-99999", "1.4e-45", "7e-46", "1.17549435e-38",
        "1.1754943e-38", "16777216", "16777217", "16777219", "33554433.000000000000000000000000000000001",
        "9999999999999999999999", "0.00000000000000000000000000000000000000000000001e40", "1.234567890123456780e-01",
        "123456789012345678", "1234567890123456789", "0.123456789012345678", "00000000000000000000000001", "12345678",
        "1234567", "0.12345678", "0.1234567812345678", "0.123456781234567812345678", "1.5abc", "12e3f", "½", "１", "1\u00a0"
    })
    void oddOnes(String text) {
        check(text);
    }

    /** Texts of the characters that Java's literals are made of, many of them numbers. */
    @Test
    void whatOnlyJavaReads() {
        SplitMix64 random = new SplitMix64(14);
        String characters = "0123456789.eE+-dDfFxXpP aN_";
        for (int n = 0; n < 200_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(7); length > 0; length--) {
                text.append(random.nextInt(2) == 0 ? '1' : characters.charAt(random.nextInt(characters.length())));
            }
            check(text.toString());
        }
    }

    @Test
    void shortTextsOfRandomFloats() {
        SplitMix64 random = new SplitMix64(11);
        for (int n = 0; n < 50_000; n++) {
            float value = Float.intBitsToFloat((int) random.nextLong());
            if (Float.isFinite(value)) {
                check(Float.toString(value));
            }
        }
    }

    @Test
    void randomDecimals() {
        SplitMix64 random = new SplitMix64(12);
        for (int n = 0; n < 50_000; n++) {
            StringBuilder text = new StringBuilder(random.nextInt(2) == 0 ? "-" : "");
            int digits = 1 + random.nextInt(24);
            int point = random.nextInt(digits + 1);
            for (int d = 0; d < digits; d++) {
                text.append(d == point ? "." : "").append(random.nextInt(10));
            }
            if (random.nextInt(3) == 0) {
                text.append('e').append(random.nextInt(100) - 50);
            }
            check(text.toString());
        }
    }

    /** Decimals on the middle between two floats and as close to it as digits allow: where rounding twice would go wrong. */
    @Test
    void aroundTheMiddleBetweenTwoFloats() {
        SplitMix64 random = new SplitMix64(13);
        for (int n = 0; n < 10_000; n++) {
            float low = Math.abs(Float.intBitsToFloat((int) random.nextLong()));
            if (!(low < 1e37f)) {
                continue;
            }
            BigDecimal middle = new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
            check(middle.toString());
            for (int digits : new int[] {9, 12, 15, 17, 18, 19, 25}) {
                check(middle.round(new MathContext(digits, RoundingMode.DOWN)).toString());
                check(middle.round(new MathContext(digits, RoundingMode.UP)).toString());
            }
        }
    }
}
