package dev.samebits;

/**
 * What needs all of a row for each number: the operations of {@link Operation} that normalise or add up. They
 * are named through it, as in {@code Operation.LayerNorm}.
 *
 * @since 0.1.0
 */
public sealed interface RowOperations permits Operation {
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
}
