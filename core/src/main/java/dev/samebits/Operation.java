package dev.samebits;

/**
 * What a {@link Step} does with a row of each of its operands, and the parameters that it does it with. docs/arithmetic.md
 * defines each to the bit. Immutable: arrays are copied on their way in and out.
 *
 * @since 0.1.0
 */
public sealed interface Operation extends LayerOperations, NumberOperations, RowOperations
        permits LayerOperations.Apply, LayerOperations.IntegerDense, LayerOperations.Embed, LayerOperations.Concat,
        LayerOperations.Columns, NumberOperations.Activate, NumberOperations.ScaleShift, NumberOperations.CenterScale,
        NumberOperations.Combine, NumberOperations.Quantize, RowOperations.LayerNorm, RowOperations.RmsNorm,
        RowOperations.L2Norm, RowOperations.Dot, RowOperations.Sum, RowOperations.Softmax {
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
}
