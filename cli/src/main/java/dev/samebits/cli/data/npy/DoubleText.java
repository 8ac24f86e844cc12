package dev.samebits.cli.data.npy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A double as the shortest decimal that reads back as the same double, in Java's notation. {@link Double#toString} does that
 * only since JDK 19.
 */
final class DoubleText {
    // From here to there Java writes no exponent.
    private static final int LEAST_PLAIN = -3;
    private static final int MOST_PLAIN = 6;

    // Java looks for no shorter ones: 4.9E-324, where 5E-324 would do.
    private static final int LEAST_DIGITS = 2;

    private DoubleText() {}

    static String of(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = new BigDecimal(value);
        // At most a digit too many, before JDK 19, and not always the nearest of its length.
        int digits = Math.max(LEAST_DIGITS, new BigDecimal(Double.toString(value)).precision());
        BigDecimal shortest = ofDigits(digits, exact, value);
        while (shortest == null) {
            shortest = ofDigits(++digits, exact, value);
        }
        for (BigDecimal next = shortest; next != null && digits >= LEAST_DIGITS; next = ofDigits(digits, exact, value)) {
            shortest = next;
            digits--;
        }
        return text(shortest.stripTrailingZeros());
    }

    // The nearest decimal of so many digits that reads back as the value, or null.
    private static BigDecimal ofDigits(int digits, BigDecimal exact, double value) {
        BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        // Below a power of two the next double is nearer than above it, so that only the farther decimal may do.
        BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
        return near.doubleValue() == value ? near : above.doubleValue() == value ? above : null;
    }

    private static String text(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        if (exponent >= LEAST_PLAIN && exponent <= MOST_PLAIN) {
            return (value.scale() < 1 ? value.setScale(1) : value).toPlainString();
        }
        String digits = value.unscaledValue().abs().toString();
        return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + '.' + (digits.length() > 1 ? digits.substring(1) : "0")
                + 'E' + exponent;
    }
}
