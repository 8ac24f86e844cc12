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
    MINIMUM;

    /**
     * The definition that every backend reproduces to the bit.
     *
     * @param a the first operand
     * @param b the second operand
     * @return one rounding of the exact result, or one of the two
     */
    public float value(float a, float b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case MAXIMUM -> b > a || b != b ? b : a;
            case MINIMUM -> b < a || b != b ? b : a;
        };
    }

    /** {@return the name in lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
