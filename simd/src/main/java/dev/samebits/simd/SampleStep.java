package dev.samebits.simd;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.session.WorkerTeam;
import java.util.Arrays;

/**
 * One step of training on a single sample, as Algorithm 4.1 has it: products of the weights with vectors, bound by how fast the
 * weights come from memory. Forward reads them, backward reads them, the update reads and writes them; its gradient is never
 * stored. Uses the layers' buffers as plain vectors. Not thread-safe; allocates nothing.
 */
final class SampleStep implements WorkerTeam.Work {
    /** Neurons of a part of the update. */
    private static final int BLOCK_NEURONS = 64;
    /** Weights of all layers below which threads are not worth their hand-over. */
    private static final long WORTH_SHARING = 200_000;

    private final TrainedLayer[] layers;
    private final Loss loss;
    private final WorkerTeam team;
    private final float[] in;
    private final float[] d;
    private final float[] partial = new float[VSoftmax.PAD];
    private final int updates;
    private final boolean share;

    private float[] x;
    private int xAt;
    private float learningRate;
    private float weightDecay;

    SampleStep(TrainedLayer[] layers, Loss loss, WorkerTeam team) {
        this.layers = layers;
        this.loss = loss;
        this.team = team;
        int outputs = layers[layers.length - 1].outputs;
        in = new float[VSoftmax.padded(outputs)];
        d = new float[VSoftmax.padded(outputs)];
        int parts = 0;
        long weights = 0;
        for (TrainedLayer layer : layers) {
            parts += blocks(layer);
            weights += layer.weights.length;
        }
        updates = parts;
        share = weights > WORTH_SHARING;
    }

    private static int blocks(TrainedLayer layer) {
        return (layer.neurons + BLOCK_NEURONS - 1) / BLOCK_NEURONS;
    }

    /** One step on the only row of x. Returns the loss. */
    float learn(Matrix sample, Matrix target, float alpha, float lambda) {
        x = sample.data();
        xAt = sample.offset();
        learningRate = alpha;
        weightDecay = lambda;
        forward();
        float lossOfSample = loss(target);
        for (int l = layers.length - 1; l > 0; l--) {
            backward(layers[l], layers[l - 1]);
        }
        if (share) {
            team.run(this, updates);
        } else {
            for (int part = 0; part < updates; part++) {
                run(part);
            }
        }
        x = null;
        return lossOfSample;
    }

    private void forward() {
        for (int l = 0; l < layers.length; l++) {
            TrainedLayer layer = layers[l];
            Vectors.matvec(layer.weights, 0, layer.weightsRow, layer.neurons, layer.inputs, layer.bias, input(l), inputAt(l),
                    layer.z, 0);
            if (layer.pieces > 1) {
                Vectors.maxout(layer.pieces, layer.outputs, layer.outputs, layer.z, 0, layer.a, 0);
            } else if (layer.activation.kind() == Activation.Kind.PRELU) {
                ActivationValues.prelu(layer.slopes, 0, layer.z, 0, layer.a, 0, layer.outputs);
            } else if (!layer.linear) {
                ActivationValues.apply(layer.activation, layer.z, 0, layer.a, 0, layer.outputs);
            }
        }
    }

    private float[] input(int l) {
        return l == 0 ? x : layers[l - 1].a;
    }

    private int inputAt(int l) {
        return l == 0 ? xAt : 0;
    }

    private float loss(Matrix target) {
        TrainedLayer last = layers[layers.length - 1];
        System.arraycopy(loss.readsNetInput() ? last.z : last.a, 0, in, 0, last.outputs);
        float result = VLoss.row(loss, in, target.data(), target.offset(), d, last.outputs, partial);
        System.arraycopy(d, 0, loss.readsNetInput() ? last.dz : last.da, 0, last.outputs);
        if (!loss.readsNetInput()) {
            delta(last);
        }
        return result;
    }

    private void backward(TrainedLayer layer, TrainedLayer below) {
        Arrays.fill(below.da, 0, below.outputs, 0);
        Vectors.transposedMatvec(layer.weights, 0, layer.weightsRow, layer.neurons, layer.inputs, layer.dz, 0, below.da, 0);
        delta(below);
    }

    private static void delta(TrainedLayer layer) {
        if (layer.pieces > 1) {
            Vectors.maxoutGradient(layer.pieces, layer.outputs, layer.outputs, layer.z, 0, layer.da, 0, layer.dz, 0);
        } else if (layer.activation.kind() == Activation.Kind.PRELU) {
            ActivationGradients.prelu(layer.slopes, 0, layer.z, 0, layer.da, 0, layer.dz, 0, layer.outputs);
        } else if (!layer.linear) {
            ActivationGradients.apply(layer.activation, layer.z, 0, layer.da, 0, layer.dz, 0, layer.outputs);
        }
    }

    // Gradient and update of a block of neurons; the parts count through the blocks of all layers.
    @Override
    public void run(int part) {
        int l = 0;
        int block = part;
        while (block >= blocks(layers[l])) {
            block -= blocks(layers[l]);
            l++;
        }
        TrainedLayer layer = layers[l];
        int end = Math.min(layer.neurons, (block + 1) * BLOCK_NEURONS);
        for (int i = block * BLOCK_NEURONS; i < end; i++) {
            Vectors.rankOneUpdate(layer.weights, i * layer.weightsRow, layer.dz[i], input(l), inputAt(l), layer.inputs, learningRate,
                    1, weightDecay);
            // The gradient starts at 0 as every sum does: 0 + dz is +0 where dz is −0.
            layer.bias[i] = updated(layer.bias[i], 0 + layer.dz[i]);
            if (layer.activation.kind() == Activation.Kind.PRELU) {
                float negative = layer.z[i] > 0 ? 0 : layer.z[i];
                layer.slopes[i] = updated(layer.slopes[i], Math.fma(layer.da[i], negative, 0f));
            }
        }
    }

    private float updated(float old, float gradient) {
        return Math.fma(-learningRate, Math.fma(0f, old, gradient), old);
    }
}
