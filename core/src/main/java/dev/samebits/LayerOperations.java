package dev.samebits;

import java.util.Objects;

/**
 * What makes rows of another width: the operations of {@link Operation} that have weights or a table, and those that only
 * choose columns. They are named through it, as in {@code Operation.Apply}.
 *
 * @since 0.1.0
 */
public sealed interface LayerOperations permits Operation {
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
}
