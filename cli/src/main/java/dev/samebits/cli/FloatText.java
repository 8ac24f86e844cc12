package dev.samebits.cli;

/**
 * A float as the shortest decimal that reads back as the same float, in Java's notation. {@link Float#toString} does that
 * only since JDK 19, and the output of a command must not depend on the JDK.
 */
final class FloatText {
    // 10^(i − LEAST); exact or correctly rounded, by the compiler's own parser.
    private static final int LEAST = 60;
    private static final double[] POWERS = powers();

    private FloatText() {}

    private static double[] powers() {
        double[] powers = new double[2 * LEAST + 1];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Double.parseDouble("1e" + (i - LEAST));
        }
        return powers;
    }

    static void append(float value, StringBuilder out) {
        if (value == 0 || !Float.isFinite(value)) {
            out.append(value);
            return;
        }
        double magnitude = Math.abs((double) value);
        int exponent = exponent(magnitude);
        long digits;
        int count = 0;
        do {
            count++;
            digits = (long) Math.rint(magnitude * POWERS[count - 1 - exponent + LEAST]);
        } while (count < 9 && !readsBack(digits, exponent - count + 1, (float) magnitude));
        if (value < 0) {
            out.append('-');
        }
        layOut(digits, exponent - count + 1, out);
    }

    // The arithmetic is right but next to the middle between two floats; the parser decides there.
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
    private static void layOut(long digits, int power, StringBuilder out) {
        long kept = digits;
        int scale = power;
        while (kept % 10 == 0) {
            kept /= 10;
            scale++;
        }
        String text = Long.toString(kept);
        int point = text.length() + scale;
        if (point > 7 || point < -2) {
            out.append(text.charAt(0)).append('.').append(text.length() == 1 ? "0" : text.substring(1)).append('E')
                    .append(point - 1);
        } else if (point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(text);
        } else if (scale >= 0) {
            out.append(text).append("0".repeat(scale)).append(".0");
        } else {
            out.append(text, 0, point).append('.').append(text, point, text.length());
        }
    }
}
