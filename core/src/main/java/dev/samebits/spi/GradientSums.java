package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.arithmetic.Sums;
import org.jspecify.annotations.Nullable;

/** Room for the gradients of one step's parameters, summed over a batch, and the sum of their squares. */
final class GradientSums {
    /** Of W; null where there is none, or a table. */
    final @Nullable Matrix weights;
    /** Of b, or of the shift of a norm. */
    final @Nullable Matrix bias;
    /** Of PReLU's slopes, or of the gain of a norm. */
    final @Nullable Matrix slopes;
    /** Of the gain of batch normalisation. */
    final @Nullable Matrix gain;
    /** The table of an embedding, which has sums of its own. */
    final @Nullable LearnedTable table;
    // Of each row of W.
    private final float[] squares;

    /** For a table that so many threads share. */
    GradientSums(LayerKernels kernels, LearnedStep step, int threads) {
        boolean embeds = step.operation instanceof Operation.Embed;
        table = embeds ? new LearnedTable(kernels, step.weights, threads) : null;
        weights = embeds ? null : like(step.weights);
        bias = like(step.bias);
        slopes = like(step.slopes);
        gain = like(step.norm == null ? null : step.norm.gain);
        squares = new float[weights == null ? 0 : weights.rows()];
    }

    private static @Nullable Matrix like(@Nullable Learned parameters) {
        return parameters == null ? null : Matrix.zeros(parameters.values().rows(), parameters.values().columns());
    }

    /** Notes the squares of some rows of W's gradient, in this unit. */
    void square(float unit, int from, int count) {
        for (int i = from; i < from + count; i++) {
            squares[i] = Sums.squares(unit, weights.data(), weights.rowOffset(i), weights.columns());
        }
    }

    /** Adds the squares of all these gradients to a sum. */
    float addSquares(float sum, float unit) {
        float q = sum;
        if (table != null) {
            q += table.squares();
        }
        if (weights != null) {
            q += Sums.sum(squares, 0, 1, squares.length);
        }
        return add(add(add(q, unit, bias), unit, slopes), unit, gain);
    }

    private static float add(float sum, float unit, @Nullable Matrix row) {
        return row == null ? sum : sum + Sums.squares(unit, row.data(), 0, row.columns());
    }
}
