package dev.samebits.simd.session;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.kernel.Matvec;
import dev.samebits.simd.kernel.Update;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.vector.VLoss;
import dev.samebits.simd.vector.VSoftmax;
import java.util.Arrays;

/**
 * One step of training on a single sample, as Algorithm 4.1 has it: products of the weights with vectors, bound by how fast
 * the weights come from memory. Forward reads them, backward reads them, the update reads and writes them; its gradient is
 * never stored. Not thread-safe; allocates nothing.
 */
final class SampleStep implements WorkerTeam.Work {
    /** Weights of all layers below which threads are not worth their hand-over. */
    private static final long WORTH_SHARING = 200_000;

    private final TrainedLayer[] layers;
    private final Loss loss;
    private final WorkerTeam team;
    private final float[] partial = new float[VSoftmax.PAD];
    private final RowView in = new RowView();
    private final RowView z = new RowView();
    private final RowView a = new RowView();
    private final int updates;
    private final boolean share;

    private float[] x;
    private int xOffset;
    private float learningRate;
    private float weightDecay;

    SampleStep(TrainedLayer[] layers, Loss loss, WorkerTeam team) {
        this.layers = layers;
        this.loss = loss;
        this.team = team;
        int parts = 0;
        long weights = 0;
        for (TrainedLayer layer : layers) {
            parts += layer.packed.panels.count();
            weights += layer.packed.work();
        }
        updates = parts;
        share = weights > WORTH_SHARING;
    }

    /** One step on the only row of x. Returns the loss. */
    float learn(Matrix sample, Matrix target, float alpha, float lambda) {
        x = sample.data();
        xOffset = sample.offset();
        learningRate = alpha;
        weightDecay = lambda;
        for (int l = 0; l < layers.length; l++) {
            int inputs = layers[l].packed.inputs;
            layers[l].forward(0, 1, in.set(input(l), inputOffset(l), inputs, inputs), z, a);
        }
        TrainedLayer last = layers[layers.length - 1];
        boolean net = loss.readsNetInput();
        float result = VLoss.row(loss, net ? last.z : last.a, 0, target.data(), target.offset(), net ? last.dz : last.da, 0,
                last.packed.outputs, partial);
        if (!net) {
            last.delta(0, 1);
        }
        for (int l = layers.length - 1; l > 0; l--) {
            backpropagate(layers[l], layers[l - 1].da);
            layers[l - 1].delta(0, 1);
        }
        if (share) {
            team.run(this, updates);
        } else {
            WorkerTeam.runAlone(this, updates);
        }
        x = null;
        in.data = null;
        return result;
    }

    private float[] input(int l) {
        return l == 0 ? x : layers[l - 1].a;
    }

    private int inputOffset(int l) {
        return l == 0 ? xOffset : 0;
    }

    private static void backpropagate(TrainedLayer layer, float[] da) {
        PackedLayer packed = layer.packed;
        Arrays.fill(da, 0, packed.inputs, 0);
        for (int p = 0; p < packed.panels.count(); p++) {
            // Row j of a panel holds the weights of input j: the product of these rows with the panel's part of dz.
            Matvec.multiply(packed.weights, packed.panels.offset(p, packed.inputs), packed.panels.width(p), packed.inputs,
                    packed.panels.columns(p), da, 0, 1, layer.dz, packed.panels.from(p), 1, da, 0);
        }
    }

    // Gradient and update of one panel of neurons; the parts count through the panels of all layers.
    @Override
    public void run(int part) {
        int l = 0;
        int p = part;
        while (p >= layers[l].packed.panels.count()) {
            p -= layers[l].packed.panels.count();
            l++;
        }
        TrainedLayer layer = layers[l];
        PackedLayer packed = layer.packed;
        int from = packed.panels.from(p);
        int width = packed.panels.width(p);
        // The padding's δ is what the activation makes of nothing: it must not reach the padding's weights.
        Arrays.fill(layer.dz, from + packed.panels.columns(p), from + width, 0);
        Update.applyRankOne(packed.weights, packed.panels.offset(p, packed.inputs), width, layer.dz, from, input(l),
                inputOffset(l), packed.inputs, learningRate, weightDecay);
        for (int i = from; i < from + packed.panels.columns(p); i++) {
            // The gradient starts at 0 as every sum does: 0 + dz is +0 where dz is −0.
            packed.bias[i] = updated(packed.bias[i], 0 + layer.dz[i]);
            if (packed.spec.isPrelu()) {
                float negative = layer.z[i] > 0 ? 0 : layer.z[i];
                packed.slopes[i] = updated(packed.slopes[i], Math.fma(layer.da[i], negative, 0f));
            }
        }
    }

    private float updated(float old, float gradient) {
        return Math.fma(-learningRate, Math.fma(0f, old, gradient), old);
    }
}
