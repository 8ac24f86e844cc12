package dev.samebits;

import java.util.Objects;

/**
 * What works number by number: the operations of {@link Operation} that make column i of columns i of their operands.
 * They are named through it, as in {@code Operation.Activate}.
 *
 * @since 0.1.0
 */
public sealed interface NumberOperations permits Operation {
    /**
     * {@code f(x)}, number by number.
     *
     * @param activation f
     * @param slopes γ for PReLU, one a column; empty for all others
     * @since 0.1.0
     */
    record Activate(Activation activation, float[] slopes) implements Operation {
        /**
         * One function.
         *
         * @param activation f
         * @param slopes γ for PReLU; empty for all others
         * @throws IllegalArgumentException if PReLU has no slopes, or another function has
         */
        public Activate {
            slopes = slopes.clone();
            if (activation.kind() == Activation.Kind.PRELU == (slopes.length == 0)) {
                throw new IllegalArgumentException(activation + " has " + slopes.length
                        + " slopes: PReLU needs one a column, other functions none");
            }
        }

        /** {@return a fresh copy} */
        @Override
        public float[] slopes() {
            return slopes.clone();
        }

        @Override
        public String label() {
            return "activation";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            if (slopes.length > 0) {
                Widths.takes(slopes.length, operands[0]);
            }
            return operands[0];
        }

        @Override
        public long parameters() {
            return slopes.length;
        }

        /** The function alone, as in {@code relu}. */
        @Override
        public String toString() {
            return activation.toString();
        }
    }

    /**
     * {@code fma(s, x, t)}, column by column.
     *
     * @param scale s, one a column
     * @param shift t, one a column
     * @since 0.1.0
     */
    record ScaleShift(float[] scale, float[] shift) implements Operation {
        /**
         * As many of the one as of the other.
         *
         * @param scale s
         * @param shift t
         * @throws IllegalArgumentException if they differ in number
         */
        public ScaleShift {
            Widths.same(scale.length, "scales", shift.length, "shifts");
            scale = scale.clone();
            shift = shift.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] scale() {
            return scale.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] shift() {
            return shift.clone();
        }

        @Override
        public String label() {
            return "scale-shift";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            Widths.takes(scale.length, operands[0]);
            return operands[0];
        }

        @Override
        public long parameters() {
            return 2L * scale.length;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * {@code (x − c) · s}, two roundings, column by column.
     *
     * @param center c, one a column
     * @param scale s, one a column
     * @since 0.1.0
     */
    record CenterScale(float[] center, float[] scale) implements Operation {
        /**
         * As many of the one as of the other.
         *
         * @param center c
         * @param scale s
         * @throws IllegalArgumentException if they differ in number
         */
        public CenterScale {
            Widths.same(center.length, "centres", scale.length, "scales");
            center = center.clone();
            scale = scale.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] center() {
            return center.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] scale() {
            return scale.clone();
        }

        @Override
        public String label() {
            return "center-scale";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            Widths.takes(center.length, operands[0]);
            return operands[0];
        }

        @Override
        public long parameters() {
            return 2L * scale.length;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * One operation on two values, number by number; a value of width 1 goes with each number of the other.
     *
     * @param combination which
     * @since 0.1.0
     */
    record Combine(Combination combination) implements Operation {
        /**
         * One of them.
         *
         * @param combination which
         */
        public Combine {
            Objects.requireNonNull(combination, "combination");
        }

        @Override
        public String label() {
            return combination.label();
        }

        @Override
        public long width(int... operands) {
            Widths.two(operands);
            if (operands[0] != operands[1] && operands[0] != 1 && operands[1] != 1) {
                throw new IllegalArgumentException("the values are " + operands[0] + " and " + operands[1]
                        + " wide: they must be equally wide, or one of them 1");
            }
            return Math.max(operands[0], operands[1]);
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * Whole numbers of eight bits, number by number: {@link Quantization#value}.
     *
     * @param quantization how
     * @since 0.1.0
     */
    record Quantize(Quantization quantization) implements Operation {
        /**
         * One quantisation of all columns.
         *
         * @param quantization how
         */
        public Quantize {
            Objects.requireNonNull(quantization, "quantization");
        }

        @Override
        public String label() {
            return "quantize";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            return operands[0];
        }

        /** As in {@code quantize by 0.02 + 128 within 0 to 255}. */
        @Override
        public String toString() {
            return label() + " by " + quantization;
        }
    }
}
