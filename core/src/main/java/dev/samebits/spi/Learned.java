package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.StateExchange;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of one kind in one step as a session's own array, with what the optimizer remembers of them.
 *
 * @param values {@code [rows × columns]}, dense
 * @param first m, null where the optimizer has none
 * @param second v, null where the optimizer has none
 * @param decays whether the weight decay acts on them
 */
record Learned(Matrix values, @Nullable Matrix first, @Nullable Matrix second, boolean decays) {
    /** These matrices start with the values; the array is used, not copied. */
    static Learned of(Matrix values, boolean decays, Optimizer.Kind kind) {
        return new Learned(values, kind.hasFirstMoment() ? Matrix.zeros(values.rows(), values.columns()) : null,
                kind.hasSecondMoment() ? Matrix.zeros(values.rows(), values.columns()) : null, decays);
    }

    /** One number a column, on which no weight decay acts; null for none. */
    static @Nullable Learned of(float[] values, Optimizer.Kind kind) {
        return values.length == 0 ? null : of(Matrix.row(values), false, kind);
    }

    float[] array() {
        return values.data();
    }

    /** Passes it through, with what the optimizer remembers. */
    void exchange(StateExchange state, int step, String what) {
        state.floats(StateExchange.parameters(step, what, ""), values.data());
        if (first != null) {
            state.floats(StateExchange.parameters(step, what, "m"), first.data());
        }
        if (second != null) {
            state.floats(StateExchange.parameters(step, what, "v"), second.data());
        }
    }

    /** Some of the rows. */
    Learned rows(int from, int count) {
        return new Learned(values.rows(from, count), first == null ? null : first.rows(from, count),
                second == null ? null : second.rows(from, count), decays);
    }

    void optimize(LayerKernels kernels, OptimizerStep step, Matrix gradient) {
        kernels.optimize(step, decays, values, gradient, first, second);
    }
}
