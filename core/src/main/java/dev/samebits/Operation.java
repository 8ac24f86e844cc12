package dev.samebits;

import java.util.Objects;

/**
 * What a {@link Step} does with a row of each of its operands, and the parameters that it does it with. docs/arithmetic.md
 * defines each to the bit. Immutable: arrays are copied on their way in and out.
 *
 * @since 0.1.0
 */
public sealed interface Operation {
    /** {@return what it is called in messages, and in the fingerprint: lower case, with hyphens} */
    String label();

    /**
     * The width of its value.
     *
     * @param operands the widths of the operands, in order
     * @return the numbers of a row of its value; more than an int holds where the widths are absurd
     * @throws IllegalArgumentException if it does not take these; the message says what it takes
     */
    long width(int... operands);

    /** {@return the numbers that it has been given or has learned} */
    default long parameters() {
        return 0;
    }

    /**
     * {@code f(W x + b)} or maxout, of one value.
     *
     * @param layer with its parameters
     * @since 0.1.0
     */
    record Apply(Layer layer) implements Operation {
        /**
         * One layer.
         *
         * @param layer with its parameters
         */
        public Apply {
            Objects.requireNonNull(layer, "layer");
        }

        @Override
        public String label() {
            return layer.pieces() > 1 ? "maxout" : "dense";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            Widths.takes(layer.inputs(), operands[0]);
            return layer.outputs();
        }

        @Override
        public long parameters() {
            return layer.parameters();
        }

        /** As in {@code dense 64 → 5 relu}. */
        @Override
        public String toString() {
            return layer.pieces() > 1 ? layer.toString() : "dense " + layer;
        }
    }

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
     * Values side by side, no arithmetic.
     *
     * @since 0.1.0
     */
    record Concat() implements Operation {
        @Override
        public String label() {
            return "concat";
        }

        @Override
        public long width(int... operands) {
            if (operands.length == 0) {
                throw new IllegalArgumentException("it needs at least one value");
            }
            long sum = 0;
            for (int width : operands) {
                sum += width;
            }
            return sum;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * Some columns of a value, side by side as they are, no arithmetic.
     *
     * @param from the first, counted from 0
     * @param count how many
     * @since 0.1.0
     */
    record Columns(int from, int count) implements Operation {
        @Override
        public String label() {
            return "columns";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            if (from < 0 || count < 1 || from > operands[0] - count) {
                throw new IllegalArgumentException("columns " + from + " to " + (from + (long) count - 1)
                        + " are not all columns of a value that is " + operands[0] + " wide");
            }
            return count;
        }

        /** As in {@code columns 3 to 5}. */
        @Override
        public String toString() {
            return count == 1 ? "column " + from : "columns " + from + " to " + (from + count - 1);
        }
    }

    /**
     * {@code (x − mean) / √(variance + ε) · g + t} of a row, the variance being the mean square of {@code x − mean}.
     *
     * @param epsilon ε, not negative
     * @param gain g, one a column
     * @param shift t, one a column
     * @since 0.1.0
     */
    record LayerNorm(float epsilon, float[] gain, float[] shift) implements Operation {
        /**
         * As many gains as shifts.
         *
         * @param epsilon ε
         * @param gain g
         * @param shift t
         * @throws IllegalArgumentException if they differ in number, or ε is negative or not finite
         */
        public LayerNorm {
            Widths.epsilon(epsilon);
            Widths.same(gain.length, "gains", shift.length, "shifts");
            gain = gain.clone();
            shift = shift.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] gain() {
            return gain.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] shift() {
            return shift.clone();
        }

        @Override
        public String label() {
            return "layer-norm";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            Widths.takes(gain.length, operands[0]);
            return operands[0];
        }

        @Override
        public long parameters() {
            return 2L * gain.length;
        }

        @Override
        public String toString() {
            return label() + ":" + epsilon;
        }
    }

    /**
     * {@code x / √(mean square + ε) · g} of a row.
     *
     * @param epsilon ε, not negative
     * @param gain g, one a column
     * @since 0.1.0
     */
    record RmsNorm(float epsilon, float[] gain) implements Operation {
        /**
         * One gain a column.
         *
         * @param epsilon ε
         * @param gain g
         * @throws IllegalArgumentException if ε is negative or not finite
         */
        public RmsNorm {
            Widths.epsilon(epsilon);
            gain = gain.clone();
        }

        /** {@return a fresh copy} */
        @Override
        public float[] gain() {
            return gain.clone();
        }

        @Override
        public String label() {
            return "rms-norm";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            Widths.takes(gain.length, operands[0]);
            return operands[0];
        }

        @Override
        public long parameters() {
            return gain.length;
        }

        @Override
        public String toString() {
            return label() + ":" + epsilon;
        }
    }

    /**
     * {@code x / max(√(sum of squares), ε)} of a row.
     *
     * @param epsilon ε, not negative
     * @since 0.1.0
     */
    record L2Norm(float epsilon) implements Operation {
        /**
         * The least norm that is divided by.
         *
         * @param epsilon ε
         * @throws IllegalArgumentException if it is negative or not finite
         */
        public L2Norm {
            Widths.epsilon(epsilon);
        }

        @Override
        public String label() {
            return "l2-norm";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            return operands[0];
        }

        @Override
        public String toString() {
            return label() + ":" + epsilon;
        }
    }

    /**
     * The entries of a table whose ids are the operand's columns, side by side. An id is a whole number in a float, and the
     * operand an input, or columns of one: sessions refuse rows with ids that the table does not have.
     *
     * @param table the entries
     * @since 0.1.0
     */
    record Embed(Table table) implements Operation {
        /**
         * One table, for each of the operand's columns.
         *
         * @param table the entries
         */
        public Embed {
            Objects.requireNonNull(table, "table");
        }

        @Override
        public String label() {
            return "embedding";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            return (long) operands[0] * table.width();
        }

        @Override
        public long parameters() {
            return table.parameters();
        }

        /** As in {@code embedding 1000 × 8}. */
        @Override
        public String toString() {
            return label() + " " + table.entries() + " × " + table.width();
        }
    }

    /**
     * The sum of products of two values, row by row: one number.
     *
     * @since 0.1.0
     */
    record Dot() implements Operation {
        @Override
        public String label() {
            return "dot";
        }

        @Override
        public long width(int... operands) {
            Widths.two(operands);
            if (operands[0] != operands[1]) {
                throw new IllegalArgumentException("its values must be equally wide, not " + operands[0] + " and "
                        + operands[1]);
            }
            return 1;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * Sums of columns: of a value of K·M columns, output i of M is the sum of columns {@code k·M + i}. With M = 1 it is the
     * sum of the row, with M the width of an embedding the sum of its K entries.
     *
     * @param outputs M
     * @since 0.1.0
     */
    record Sum(int outputs) implements Operation {
        @Override
        public String label() {
            return "sum";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            if (outputs < 1 || operands[0] % outputs != 0) {
                throw new IllegalArgumentException("it has " + outputs + " outputs, and its value is " + operands[0]
                        + " wide: that must be a multiple");
            }
            return outputs;
        }

        @Override
        public String toString() {
            return label();
        }
    }

    /**
     * Softmax or log-softmax of a row.
     *
     * @param output {@link Output#SOFTMAX} or {@link Output#LOG_SOFTMAX}
     * @since 0.1.0
     */
    record Softmax(Output output) implements Operation {
        /**
         * One of the two.
         *
         * @param output which
         * @throws IllegalArgumentException if it is {@link Output#IDENTITY}
         */
        public Softmax {
            if (output == Output.IDENTITY) {
                throw new IllegalArgumentException("identity is no step: leave it out");
            }
        }

        @Override
        public String label() {
            return output.label();
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            return operands[0];
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

    /**
     * A dense layer of whole numbers, whose sums are exact.
     *
     * @param layer with its parameters
     * @since 0.1.0
     */
    record IntegerDense(IntegerLayer layer) implements Operation {
        /**
         * One layer.
         *
         * @param layer with its parameters
         */
        public IntegerDense {
            Objects.requireNonNull(layer, "layer");
        }

        @Override
        public String label() {
            return "integer-dense";
        }

        @Override
        public long width(int... operands) {
            Widths.one(operands);
            Widths.takes(layer.inputs(), operands[0]);
            return layer.outputs();
        }

        @Override
        public long parameters() {
            return layer.parameters();
        }

        /** As in {@code integer-dense 64 → 5, input by each row's range}. */
        @Override
        public String toString() {
            return label() + " " + layer;
        }
    }
}
