package dev.samebits.simd.kernel;

import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/** Sums of the squares of weight gradients, one for each neuron, of gradients that lie in panels. */
public final class GradientSquares {
    private static final int PARTIAL = 16;

    private GradientSquares() {}

    /** Room for the partial sums of a vector of neurons. */
    public static float[] newPartial() {
        return new float[PARTIAL * Lanes.N];
    }

    /**
     * {@code Sums.squares} of each neuron of a panel: lanes are neurons, so that each has the sixteen partial sums of the
     * definition in vectors of its own.
     *
     * @param k what a gradient is multiplied by
     * @param dw the panel {@code [inputs × width]}, dense
     * @param width whole vectors, {@link Panels#WIDEST} at most
     * @param partial room for the partial sums
     * @param squares receives a sum for each neuron from its offset on
     */
    public static void panel(float k, float[] dw, int offset, int width, int inputs, float[] partial, float[] squares,
            int squaresOffset) {
        for (int i = 0; i < width; i += Lanes.N) {
            clear(partial);
            add(k, dw, offset + i, width, inputs, partial);
            tree(partial, squares, squaresOffset + i);
        }
    }

    private static void clear(float[] partial) {
        FloatVector zero = FloatVector.zero(Lanes.F);
        for (int l = 0; l < partial.length; l += Lanes.N) {
            zero.intoArray(partial, l);
        }
    }

    private static void add(float k, float[] dw, int offset, int width, int inputs, float[] partial) {
        FloatVector unit = FloatVector.broadcast(Lanes.F, k);
        for (int j = 0; j < inputs; j++) {
            int t = j % PARTIAL * Lanes.N;
            FloatVector r = unit.mul(FloatVector.fromArray(Lanes.F, dw, offset + j * width));
            r.fma(r, FloatVector.fromArray(Lanes.F, partial, t)).intoArray(partial, t);
        }
    }

    private static void tree(float[] partial, float[] squares, int offset) {
        for (int distance = partial.length / 2; distance >= Lanes.N; distance /= 2) {
            for (int t = 0; t < distance; t += Lanes.N) {
                FloatVector.fromArray(Lanes.F, partial, t).add(FloatVector.fromArray(Lanes.F, partial, t + distance))
                        .intoArray(partial, t);
            }
        }
        FloatVector.fromArray(Lanes.F, partial, 0).intoArray(squares, offset);
    }
}
