package dev.samebits.cli.text;

import java.nio.charset.StandardCharsets;

/**
 * A float as the shortest decimal that reads back as the same float, in Java's notation. {@link Float#toString} does that
 * only since JDK 19, and the output of a command must not depend on the JDK.
 */
public final class FloatText {
    /** No float is longer. */
    static final int MOST_BYTES = 24;

    private static final double DOUBT = 1e-4;

    // 10^(i − LEAST); exact or correctly rounded, by the compiler's own parser.
    private static final int LEAST = 60;
    private static final double[] POWERS = powers();

    private static final int[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
            1_000_000_000};

    // "00" to "99": two digits for one division.
    private static final byte[] PAIRS = pairs();

    private FloatText() {}

    private static double[] powers() {
        double[] powers = new double[2 * LEAST + 1];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Double.parseDouble("1e" + (i - LEAST));
        }
        return powers;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    /** The text by itself, for messages. */
    public static String of(float value) {
        byte[] bytes = new byte[MOST_BYTES];
        return new String(bytes, 0, write(value, bytes, 0), StandardCharsets.US_ASCII);
    }

    /** Writes at most {@link #MOST_BYTES} from {@code at} on, and gives the place behind them. */
    static int write(float value, byte[] out, int at) {
        if (value == 0 || !Float.isFinite(value)) {
            byte[] text = Float.toString(value).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, out, at, text.length);
            return at + text.length;
        }
        int p = at;
        if (value < 0) {
            out[p++] = '-';
        }
        return shortest(Math.abs(value), out, p);
    }

    /**
     * Scales the float to nine digits, and the ends of the interval that reads back as it; then takes digits off while a
     * shorter decimal lies in there. In double precision all this is exact to 10⁻⁶ of the ninth digit. What comes nearer to
     * a decision than {@code DOUBT} is left to {@link #tried}, and so are powers of two, whose interval is lopsided.
     */
    private static int shortest(float value, byte[] out, int at) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7fffff) == 0 || bits < 0x00800000) {
            return tried(value, out, at);
        }
        int exponent = exponent(value);
        double scale = POWERS[8 - exponent + LEAST];
        double nine = value * scale;
        // Half a unit in the last place of the float.
        double half = scale * powerOfTwo((bits >>> 23) - 127 - 24);
        double low = nine - half;
        double high = nine + half;
        int from = (int) low + 1;
        int to = (int) high;
        if (doubtful(low) || doubtful(high)) {
            return tried(value, out, at);
        }
        int power = exponent - 8;
        int unit = 1;
        int shorterFrom = (from + 9) / 10;
        int shorterTo = to / 10;
        while (shorterFrom <= shorterTo) {
            unit *= 10;
            power++;
            shorterFrom = (shorterFrom + 9) / 10;
            shorterTo = shorterTo / 10;
        }
        double digits = nine / unit;
        double rounded = Math.rint(digits);
        if (Math.abs(Math.abs(digits - rounded) - 0.5) < DOUBT) {
            return tried(value, out, at);
        }
        return layOut((int) rounded, power, out, at);
    }

    // Exact, from -1022 to 1023; Math.scalb takes several times as long.
    private static double powerOfTwo(int exponent) {
        return Double.longBitsToDouble((long) (exponent + 1023) << 52);
    }

    private static boolean doubtful(double end) {
        return Math.abs(end - Math.rint(end)) < DOUBT;
    }

    // From one digit on until the text reads back; the parser decides.
    private static int tried(float value, byte[] out, int at) {
        double magnitude = value;
        int exponent = exponent(magnitude);
        long digits;
        int count = 0;
        do {
            count++;
            digits = (long) Math.rint(magnitude * POWERS[count - 1 - exponent + LEAST]);
        } while (count < 9 && !readsBack(digits, exponent - count + 1, value));
        return layOut((int) digits, exponent - count + 1, out, at);
    }

    private static boolean readsBack(long digits, int power, float value) {
        return (float) (digits * POWERS[power + LEAST]) == value && Float.parseFloat(digits + "E" + power) == value;
    }

    private static int exponent(double magnitude) {
        int guess = (int) Math.floor(Math.getExponent(magnitude) * 0.30102999566398120);
        while (POWERS[guess + 1 + LEAST] <= magnitude) {
            guess++;
        }
        return guess;
    }

    // digits · 10^power
    private static int layOut(int digits, int power, byte[] out, int at) {
        int kept = digits;
        int scale = power;
        while (kept % 10 == 0) {
            kept /= 10;
            scale++;
        }
        int p = at;
        int length = length(kept);
        int point = length + scale;
        if (point > 7 || point < -2) {
            // One digit, the point, the others, the exponent.
            int end = digits(kept, length, out, p + 1);
            out[p] = out[p + 1];
            out[p + 1] = '.';
            if (length == 1) {
                out[end++] = '0';
            }
            out[end++] = 'E';
            if (point < 1) {
                out[end++] = '-';
            }
            return digits(Math.abs(point - 1), out, end);
        }
        if (point <= 0) {
            out[p++] = '0';
            out[p++] = '.';
            p = zeros(-point, out, p);
            return digits(kept, length, out, p);
        }
        if (scale >= 0) {
            p = zeros(scale, out, digits(kept, length, out, p));
            out[p++] = '.';
            out[p++] = '0';
            return p;
        }
        int end = digits(kept, length, out, p + 1);
        for (int i = 0; i < point; i++, p++) {
            out[p] = out[p + 1];
        }
        out[p] = '.';
        return end;
    }

    private static int zeros(int count, byte[] out, int at) {
        int p = at;
        for (int i = 0; i < count; i++) {
            out[p++] = '0';
        }
        return p;
    }

    private static int length(int number) {
        int length = 1;
        while (length < TENS.length && number >= TENS[length]) {
            length++;
        }
        return length;
    }

    /** Writes a number that is not negative, and gives the place behind it. */
    static int digits(int number, byte[] out, int at) {
        return digits(number, length(number), out, at);
    }

    private static int digits(int number, int length, byte[] out, int at) {
        int end = at + length;
        int p = end;
        int rest = number;
        while (rest > 9) {
            int pair = 2 * (rest % 100);
            rest /= 100;
            out[--p] = PAIRS[pair + 1];
            out[--p] = PAIRS[pair];
        }
        if (p > at) {
            out[at] = (byte) ('0' + rest);
        }
        return end;
    }
}
