package dev.samebits;

/** What operations ask of the widths of values and arrays. */
final class Widths {
    private Widths() {}

    static void one(int[] operands) {
        count(operands, 1);
    }

    static void two(int[] operands) {
        count(operands, 2);
    }

    private static void count(int[] operands, int wanted) {
        if (operands.length != wanted) {
            throw new IllegalArgumentException("it takes " + wanted + (wanted == 1 ? " value" : " values") + ", not "
                    + operands.length);
        }
    }

    static void takes(int wanted, int width) {
        if (wanted != width) {
            throw new IllegalArgumentException("it takes a value of " + wanted + " columns, not of " + width);
        }
    }

    static void same(int count, String names, int other, String otherNames) {
        if (count != other) {
            throw new IllegalArgumentException(count + " " + names + " need as many " + otherNames + ", not " + other);
        }
    }

    static void epsilon(float epsilon) {
        if (!(epsilon >= 0) || Float.isInfinite(epsilon)) {
            throw new IllegalArgumentException("ε must be finite and not negative, not " + epsilon);
        }
    }
}
