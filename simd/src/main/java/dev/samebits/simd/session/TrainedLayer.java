package dev.samebits.simd.session;

import dev.samebits.Layer;
import dev.samebits.simd.kernel.Vectors;
import dev.samebits.simd.tile.Rows;
import dev.samebits.simd.vector.ActivationGradients;

/**
 * A layer that learns: its packed parameters, and what a step remembers of it, sample by sample: z and dz
 * {@code [samples × neurons]}, a and da {@code [samples × outputs]}, rows {@link PackedLayer#zRow} and
 * {@link PackedLayer#aRow} apart. Where f is the identity, a is z and da is dz.
 */
final class TrainedLayer {
    final PackedLayer packed;
    final float[] biasGradient;
    final float[] slopeGradient;
    float[] z = new float[0];
    float[] a = new float[0];
    float[] da = new float[0];
    float[] dz = new float[0];

    TrainedLayer(Layer layer) {
        packed = new PackedLayer(layer);
        biasGradient = new float[packed.bias.length];
        slopeGradient = new float[packed.slopes.length];
    }

    /** Makes room for this many samples. */
    void reserve(int samples) {
        z = new float[Math.multiplyExact(samples, packed.zRow)];
        dz = new float[z.length];
        a = packed.isLinear() ? z : new float[Math.multiplyExact(samples, packed.aRow)];
        da = packed.isLinear() ? dz : new float[a.length];
    }

    /**
     * {@code z = W x + b} and {@code a = f(z)} for samples from {@code from} on.
     *
     * @param x their inputs
     * @param toZ set to where z is
     * @param toA set to where a is, but for maxout
     */
    void forward(int from, int count, Rows x, Rows toZ, Rows toA) {
        int zAt = from * packed.zRow;
        toZ.set(z, zAt, packed.zRow, packed.zRow);
        packed.net(0, packed.panels.count(), count, x, toZ);
        if (packed.pieces > 1) {
            packed.maxout(count, z, zAt, a, from * packed.aRow);
        } else if (!packed.isLinear()) {
            toA.set(a, zAt, packed.zRow, packed.zRow);
            packed.activate(0, packed.panels.count(), count, toZ, toA);
        }
    }

    /** {@code dz = f'(z) ⊙ da}, or maxout's, for samples from {@code from} on. */
    void delta(int from, int count) {
        if (packed.pieces == 1 && !packed.isPrelu()) {
            if (!packed.isLinear()) {
                int at = from * packed.zRow;
                ActivationGradients.apply(packed.activation, z, at, da, at, dz, at, (count - 1) * packed.zRow + packed.panels.padded());
            }
            return;
        }
        for (int n = from; n < from + count; n++) {
            int zAt = n * packed.zRow;
            if (packed.pieces > 1) {
                Vectors.maxoutGradient(packed.pieces, packed.outputs, packed.outputs, z, zAt, da, n * packed.aRow, dz, zAt);
            } else {
                ActivationGradients.prelu(packed.slopes, 0, z, zAt, da, zAt, dz, zAt, packed.panels.padded());
            }
        }
    }
}
