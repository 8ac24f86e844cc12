package dev.samebits;

import java.util.Locale;

/**
 * What is made of two numbers by one operation, the operands in order: {@link StepKernels#combine}.
 *
 * @since 0.1.0
 */
public enum Combination {
    /** {@code a + b}. */
    ADD,
    /** {@code a − b}. */
    SUBTRACT,
    /** {@code a · b}. */
    MULTIPLY,
    /** The larger: b if {@code b > a} or b is NaN, else a. Of equals, −0 and +0 among them, it is a; NaN if one is. */
    MAXIMUM,
    /** The smaller: b if {@code b < a} or b is NaN, else a. Of equals, −0 and +0 among them, it is a; NaN if one is. */
    MINIMUM,
    /** 1 if {@code a < b}, else +0, also if one is NaN. */
    LESS,
    /** 1 if {@code a ≤ b}, else +0, also if one is NaN. */
    LESS_OR_EQUAL,
    /** 1 if {@code a = b}, as −0 and +0 are, else +0, also if one is NaN. */
    EQUAL,
    /** b if a is not 0, also if it is NaN; else −0, which added to any number leaves it as it is. */
    KEEP;

    /**
     * The definition that every backend reproduces to the bit.
     *
     * @param a the first operand
     * @param b the second operand
     * @return one rounding of the exact result, one of the two, 1, +0 or −0
     */
    public float value(float a, float b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case MAXIMUM -> b > a || b != b ? b : a;
            case MINIMUM -> b < a || b != b ? b : a;
            case LESS -> a < b ? 1 : 0;
            case LESS_OR_EQUAL -> a <= b ? 1 : 0;
            case EQUAL -> a == b ? 1 : 0;
            case KEEP -> a != 0 ? b : -0f;
        };
    }

    /**
     * What the gradient of the value adds to that of an operand. Of a maximum or minimum it goes to the operand that
     * {@link #value} took, and +0 to the other. That of a comparison, which is flat, is +0,
     * as is that of what decides whether a number is kept.
     *
     * @param second whether to the second operand's, else to the first one's
     * @param a the first operand
     * @param b the second operand
     * @param dy the value's gradient
     * @return dy, −dy, dy · b, dy · a, or +0
     */
    public float gradient(boolean second, float a, float b, float dy) {
        return switch (this) {
            case ADD -> dy;
            case SUBTRACT -> second ? -dy : dy;
            case MULTIPLY -> dy * (second ? a : b);
            case MAXIMUM -> second == (b > a || b != b) ? dy : 0;
            case MINIMUM -> second == (b < a || b != b) ? dy : 0;
            case LESS, LESS_OR_EQUAL, EQUAL -> 0;
            case KEEP -> second && a != 0 ? dy : 0;
        };
    }

    /** {@return the name in lower case, with hyphens} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
