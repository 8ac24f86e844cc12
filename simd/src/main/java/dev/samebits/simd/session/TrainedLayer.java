package dev.samebits.simd.session;

import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.StateExchange;
import dev.samebits.TrainingOptions;
import dev.samebits.simd.kernel.Maxout;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.vector.ActivationGradients;
import java.util.Arrays;

/**
 * A layer that learns: its packed parameters, and what a step remembers of it, sample by sample: z and dz
 * {@code [samples × neurons]}, a and da {@code [samples × outputs]}, rows {@link PackedLayer#zStride} and
 * {@link PackedLayer#aStride} apart. Where f is the identity, a is z and da is dz. From step to step it keeps what the
 * optimizer remembers.
 */
final class TrainedLayer {
    final PackedLayer packed;
    /** As the weights lie; empty unless gradients are clipped, and so must all be there before one is used. */
    final float[] weightGradient;
    /** Of each neuron, the sum of its weight gradients' squares; empty likewise. */
    final float[] squares;
    final float[] biasGradient;
    final float[] slopeGradient;
    final Moments weights;
    final Moments bias;
    final Moments slopes;
    float[] z = new float[0];
    float[] a = new float[0];
    float[] da = new float[0];
    float[] dz = new float[0];

    TrainedLayer(Layer layer, TrainingOptions training) {
        Optimizer.Kind kind = training.optimizer().kind();
        packed = PackedLayer.forTraining(layer);
        weightGradient = new float[training.clips() ? packed.weights.length : 0];
        squares = new float[training.clips() ? packed.panels.padded() : 0];
        biasGradient = new float[packed.bias.length];
        slopeGradient = new float[packed.slopes.length];
        weights = new Moments(kind, packed.weights);
        bias = new Moments(kind, packed.bias);
        slopes = new Moments(kind, packed.slopes);
    }

    /** Passes its parameters and moments through, as rows of W. */
    void exchange(StateExchange state, int number) {
        weights.exchange((moment, lying) -> {
            Matrix w = packed.unpacked(lying);
            state.floats(StateExchange.parameters(number, "weights", moment), w.data());
            if (state.restores()) {
                packed.pack(w, lying);
            }
        });
        bias.exchange((moment, padded) -> exchange(state, StateExchange.parameters(number, "bias", moment), padded));
        if (packed.spec.isPrelu()) {
            slopes.exchange((moment, padded) -> exchange(state, StateExchange.parameters(number, "slopes", moment), padded));
        }
    }

    private void exchange(StateExchange state, String name, float[] padded) {
        float[] values = Arrays.copyOf(padded, packed.neurons);
        state.floats(name, values);
        System.arraycopy(values, 0, padded, 0, values.length);
    }

    /** Makes room for this many samples. */
    void reserve(int samples) {
        z = new float[Math.multiplyExact(samples, packed.zStride)];
        dz = new float[z.length];
        a = packed.spec.isLinear() ? z : new float[Math.multiplyExact(samples, packed.aStride)];
        da = packed.spec.isLinear() ? dz : new float[a.length];
    }

    /**
     * {@code z = W x + b} and {@code a = f(z)} for samples from {@code from} on.
     *
     * @param x their inputs
     * @param toZ set to where z is
     * @param toA set to where a is, but for maxout
     */
    void forward(int from, int count, RowView x, RowView toZ, RowView toA) {
        int zOffset = from * packed.zStride;
        toZ.set(z, zOffset, packed.zStride, packed.zStride);
        packed.net(0, packed.panels.count(), count, x, toZ);
        if (packed.pieces > 1) {
            packed.maxout(count, z, zOffset, a, from * packed.aStride);
        } else if (!packed.spec.isLinear()) {
            toA.set(a, zOffset, packed.zStride, packed.zStride);
            packed.activate(0, packed.panels.count(), count, toZ, toA);
        }
    }

    /** The optimizer's step for the biases and slopes of a panel's neurons, whose gradients are there. */
    void moveBiases(OptimizerStep step, int p) {
        int from = packed.panels.from(p);
        int columns = packed.panels.columns(p);
        bias.apply(step, false, from, biasGradient, from, columns);
        if (packed.spec.isPrelu()) {
            slopes.apply(step, false, from, slopeGradient, from, columns);
        }
    }

    /** {@code dz = f'(z) ⊙ da}, or maxout's, for samples from {@code from} on. */
    void delta(int from, int count) {
        if (packed.pieces == 1 && !packed.spec.isPrelu()) {
            if (!packed.spec.isLinear()) {
                int offset = from * packed.zStride;
                ActivationGradients.apply(packed.spec.activation(), z, offset, da, offset, dz, offset,
                        (count - 1) * packed.zStride + packed.panels.padded());
            }
            return;
        }
        for (int n = from; n < from + count; n++) {
            int zOffset = n * packed.zStride;
            if (packed.pieces > 1) {
                Maxout.gradient(packed.pieces, packed.outputs, packed.outputs, z, zOffset, da, n * packed.aStride, dz,
                        zOffset);
            } else {
                ActivationGradients.prelu(packed.slopes, 0, z, zOffset, da, zOffset, dz, zOffset, packed.panels.padded());
            }
        }
    }
}
