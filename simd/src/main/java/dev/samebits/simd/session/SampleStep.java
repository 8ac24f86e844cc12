package dev.samebits.simd.session;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.parallel.Pool;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.kernel.Matvec;
import dev.samebits.simd.kernel.Update;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.vector.VLoss;
import dev.samebits.simd.vector.VSoftmax;
import java.util.Arrays;

/**
 * One step of training on a single sample, as Algorithm 4.1 has it: products of the weights with vectors, bound by how fast
 * the weights come from memory. Forward reads them, backward reads them, the update reads and writes them; its gradient is
 * never stored, but for a block that stays in the first-level cache where an optimizer has moments. Not thread-safe;
 * allocates nothing.
 */
final class SampleStep implements WorkerTeam.Work {
    /** Weights of all layers below which threads are not worth their hand-over. */
    private static final long WORTH_SHARING = 200_000;
    /** Inputs of a panel whose gradients are stored at a time, 16 KiB at most, for an optimizer with moments. */
    private static final int BLOCK_INPUTS = 4096 / Panels.WIDEST;

    private final TrainedLayer[] layers;
    private final Loss loss;
    private final WorkerTeam team;
    private final float[] partial = new float[VSoftmax.PAD];
    private final RowView in = new RowView();
    private final RowView z = new RowView();
    private final RowView a = new RowView();
    private final int updates;
    private final boolean share;
    private final Pool<float[]> gradients;

    private float[] x;
    private int xOffset;
    private OptimizerStep step;

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
        gradients = new Pool<>(team.threads(), () -> new float[BLOCK_INPUTS * Panels.WIDEST]);
    }

    /** One step on the only row of x. Returns the loss. */
    float learn(Matrix sample, Matrix target, OptimizerStep numbers) {
        x = sample.data();
        xOffset = sample.offset();
        step = numbers;
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
        int offset = packed.panels.offset(p, packed.inputs);
        if (step.optimizer().kind() == Optimizer.Kind.SGD) {
            Update.applyRankOne(packed.weights, offset, width, layer.dz, from, input(l), inputOffset(l), packed.inputs,
                    step.rate(), step.weightDecay());
        } else {
            updateWeights(layer, offset, width, from, input(l), inputOffset(l));
        }
        int columns = packed.panels.columns(p);
        for (int i = from; i < from + columns; i++) {
            // The gradient starts at 0 as every sum does: 0 + dz is +0 where dz is −0.
            layer.biasGradient[i] = 0 + layer.dz[i];
        }
        layer.bias.apply(step, false, from, layer.biasGradient, from, columns);
        if (packed.spec.isPrelu()) {
            for (int i = from; i < from + columns; i++) {
                float negative = layer.z[i] > 0 ? 0 : layer.z[i];
                layer.slopeGradient[i] = Math.fma(layer.da[i], negative, 0f);
            }
            layer.slopes.apply(step, false, from, layer.slopeGradient, from, columns);
        }
    }

    private void updateWeights(TrainedLayer layer, int offset, int width, int from, float[] input, int inputOffset) {
        float[] gradient = gradients.take();
        for (int j = 0; j < layer.packed.inputs; j += BLOCK_INPUTS) {
            int count = Math.min(BLOCK_INPUTS, layer.packed.inputs - j);
            Update.rankOne(gradient, width, layer.dz, from, input, inputOffset + j, count);
            layer.weights.apply(step, true, offset + j * width, gradient, 0, count * width);
        }
        gradients.giveBack(gradient);
    }
}
