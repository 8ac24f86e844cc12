package dev.samebits.simd;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.session.Pool;
import dev.samebits.session.WorkerTeam;
import java.util.Arrays;

/**
 * One step of training on a mini-batch, as phases of parallel work: pack the input; forward, layer by layer; the loss; δ
 * backwards, layer by layer; then gradient and update of all weights, which no phase reads any more.
 *
 * <p>Forward and backward have their lanes over samples, the gradient over inputs, so that the weights are read in the one
 * layout they have and never transposed. A part of a phase is a block of neurons over a panel of samples, or over all samples
 * for the gradient: whole outputs, whose sums no other part touches. Not thread-safe; allocates nothing.
 */
final class BatchStep implements WorkerTeam.Work {
    /** Neurons of a part of the update. */
    private static final int BLOCK_NEURONS = 48;
    /** Multiply-adds below which a phase is not worth handing to another thread. */
    private static final long WORTH_SHARING = 100_000;

    private enum Phase {
        PACK,
        FORWARD,
        LOSS,
        BACKWARD,
        UPDATE
    }

    /** Work space of one thread. */
    private static final class Buffers {
        final float[] in;
        final float[] d;
        final float[] partial = new float[VSoftmax.PAD];
        final float[] gradient = new float[BLOCK_NEURONS * Panels.WIDEST];

        Buffers(int outputs) {
            in = new float[VSoftmax.padded(outputs)];
            d = new float[VSoftmax.padded(outputs)];
        }
    }

    private final TrainedLayer[] layers;
    private final Loss loss;
    private final WorkerTeam team;
    private final Pool<Buffers> buffers;
    private final Panels panels = new Panels();
    private float[] packedInput = new float[0];

    private Phase phase;
    private int layer;
    private Matrix x;
    private Matrix targets;
    private float[] losses;
    private float learningRate;
    private float scale;
    private float weightDecay;

    BatchStep(TrainedLayer[] layers, Loss loss, WorkerTeam team) {
        this.layers = layers;
        this.loss = loss;
        this.team = team;
        int outputs = layers[layers.length - 1].outputs;
        this.buffers = new Pool<>(team.threads(), () -> new Buffers(outputs));
    }

    void reserve(int samples) {
        packedInput = new float[Panels.length(samples, layers[0].inputs)];
        for (TrainedLayer each : layers) {
            each.reserve(samples);
        }
    }

    /** One step; fills the samples' losses. */
    void learn(Matrix batch, Matrix wanted, float[] sampleLosses, float alpha, float lambda) {
        forward(batch);
        targets = wanted;
        losses = sampleLosses;
        learningRate = alpha;
        scale = 1f / batch.rows();
        weightDecay = lambda;
        run(Phase.LOSS, layers.length - 1, panels.count(), layers[layers.length - 1].outputs * 100L);
        for (int l = layers.length - 1; l > 0; l--) {
            run(Phase.BACKWARD, l, panels.count() * layers[l].inputPanels.count(), (long) layers[l].inputs * layers[l].neurons);
        }
        int updates = 0;
        long weights = 0;
        for (TrainedLayer each : layers) {
            updates += blocks(each.neurons);
            weights += each.weights.length;
        }
        run(Phase.UPDATE, 0, updates, weights);
        x = null;
        targets = null;
    }

    /** The forward part of a step alone; the last layer's activations are then in its panels. */
    void forward(Matrix batch) {
        x = batch;
        panels.cut(batch.rows());
        run(Phase.PACK, 0, panels.count(), layers[0].inputs * 4L);
        for (int l = 0; l < layers.length; l++) {
            run(Phase.FORWARD, l, panels.count() * layers[l].outputPanels.count(), layers[l].weights.length);
        }
    }

    /** Hands the last layer's activations of the samples of one panel to whoever asks. */
    void outputs(int p, int sample, float[] row) {
        TrainedLayer last = layers[layers.length - 1];
        Packing.column(last.a, panels.at(p, last.outputs) + sample, panels.width(p), last.outputs, row, 0);
    }

    /** How the samples of the batch are cut. */
    Panels panels() {
        return panels;
    }

    private static int blocks(int neurons) {
        return (neurons + BLOCK_NEURONS - 1) / BLOCK_NEURONS;
    }

    private void run(Phase next, int ofLayer, int parts, long workPerSample) {
        phase = next;
        layer = ofLayer;
        if (workPerSample * panels.total() < WORTH_SHARING) {
            for (int part = 0; part < parts; part++) {
                run(part);
            }
        } else {
            team.run(this, parts);
        }
    }

    @Override
    public void run(int part) {
        switch (phase) {
            case PACK -> pack(part);
            case FORWARD -> forward(layers[layer], part);
            case LOSS -> loss(part);
            case BACKWARD -> backward(layers[layer], layers[layer - 1], part);
            case UPDATE -> update(part);
        }
    }

    // The input of one panel's samples: once with lanes over samples, once with lanes over inputs.
    private void pack(int p) {
        int inputs = layers[0].inputs;
        int at = x.rowOffset(panels.from(p));
        int samples = panels.columns(p);
        Packing.columns(x.data(), at, x.stride(), inputs, samples, packedInput, panels.at(p, inputs), panels.width(p));
        Panels columns = layers[0].inputPanels;
        for (int q = 0; q < columns.count(); q++) {
            Packing.rows(x.data(), at + columns.from(q), x.stride(), samples, columns.columns(q), layers[0].rows,
                    rowsAt(columns, q, p), columns.width(q));
        }
    }

    // Where panel p's samples start in panel q of inputs of TrainedLayer.rows.
    private int rowsAt(Panels columns, int q, int p) {
        return columns.at(q, panels.total()) + panels.from(p) * columns.width(q);
    }

    private void forward(TrainedLayer l, int part) {
        Panels columns = l.outputPanels;
        int p = part / columns.count();
        int q = part % columns.count();
        int from = columns.from(q);
        int count = columns.columns(q);
        int width = panels.width(p);
        int zPanel = panels.at(p, l.neurons);
        float[] in = layer == 0 ? packedInput : layers[layer - 1].a;
        for (int k = 0; k < l.pieces; k++) {
            int neuron = k * l.outputs + from;
            int zAt = zPanel + neuron * width;
            for (int i = 0; i < count; i++) {
                Arrays.fill(l.z, zAt + i * width, zAt + (i + 1) * width, l.bias[neuron + i]);
            }
            Tiles.multiply(panels.vectorsOf(p), count, l.inputs, l.weights, neuron * l.weightsRow, l.weightsRow, 1, in,
                    panels.at(p, l.inputs), l.z, zAt, width);
        }
        int aPanel = panels.at(p, l.outputs);
        l.activate(from, count, zPanel, aPanel, width);
        if (layer + 1 < layers.length) {
            // The next layer's gradient wants its input sample by sample: turn it while it is in cache.
            Packing.columns(l.a, aPanel + from * width, width, panels.columns(p), count, layers[layer + 1].rows,
                    rowsAt(columns, q, p), columns.width(q));
        }
    }

    private void loss(int p) {
        TrainedLayer last = layers[layers.length - 1];
        int width = panels.width(p);
        int panel = panels.at(p, last.outputs);
        float[] in = loss.readsNetInput() ? last.z : last.a;
        float[] d = loss.readsNetInput() ? last.dz : last.da;
        Buffers buffer = buffers.take();
        for (int s = 0; s < panels.columns(p); s++) {
            int n = panels.from(p) + s;
            Packing.column(in, panel + s, width, last.outputs, buffer.in, 0);
            losses[n] = VLoss.row(loss, buffer.in, targets.data(), targets.rowOffset(n), buffer.d, last.outputs, buffer.partial);
            for (int i = 0; i < last.outputs; i++) {
                d[panel + i * width + s] = buffer.d[i];
            }
        }
        buffers.giveBack(buffer);
        if (!loss.readsNetInput()) {
            last.delta(0, last.outputs, panels.at(p, last.neurons), panel, width);
        }
    }

    // δ of the layer below, for a block of its outputs.
    private void backward(TrainedLayer l, TrainedLayer below, int part) {
        int p = part / l.inputPanels.count();
        int q = part % l.inputPanels.count();
        int from = l.inputPanels.from(q);
        int count = l.inputPanels.columns(q);
        int width = panels.width(p);
        int aPanel = panels.at(p, below.outputs);
        int at = aPanel + from * width;
        Arrays.fill(below.da, at, at + count * width, 0);
        Tiles.multiply(panels.vectorsOf(p), count, l.neurons, l.weights, from, 1, l.weightsRow, l.dz, panels.at(p, l.neurons),
                below.da, at, width);
        below.delta(from, count, panels.at(p, below.neurons), aPanel, width);
    }

    // Gradient and update of a block of neurons; the parts count through the blocks of all layers.
    private void update(int part) {
        int l = 0;
        int block = part;
        while (block >= blocks(layers[l].neurons)) {
            block -= blocks(layers[l].neurons);
            l++;
        }
        int from = block * BLOCK_NEURONS;
        int count = Math.min(BLOCK_NEURONS, layers[l].neurons - from);
        Buffers buffer = buffers.take();
        updateWeights(layers[l], from, count, buffer.gradient);
        buffers.giveBack(buffer);
        updateBiases(layers[l], from, count);
        if (layers[l].activation.kind() == Activation.Kind.PRELU) {
            updateSlopes(layers[l], from, count);
        }
    }

    private void updateWeights(TrainedLayer l, int from, int count, float[] gradient) {
        Panels columns = l.inputPanels;
        for (int q = 0; q < columns.count(); q++) {
            int width = columns.width(q);
            Arrays.fill(gradient, 0, count * width, 0);
            for (int p = 0; p < panels.count(); p++) {
                Tiles.multiply(columns.vectorsOf(q), count, panels.columns(p), l.dz,
                        panels.at(p, l.neurons) + from * panels.width(p), panels.width(p), 1, l.rows, rowsAt(columns, q, p),
                        gradient, 0, width);
            }
            for (int i = 0; i < count; i++) {
                Vectors.update(l.weights, (from + i) * l.weightsRow + columns.from(q), gradient, i * width, columns.columns(q),
                        learningRate, scale, weightDecay);
            }
        }
    }

    private void updateBiases(TrainedLayer l, int from, int count) {
        Arrays.fill(l.biasGradient, from, from + count, 0);
        for (int p = 0; p < panels.count(); p++) {
            Vectors.rowSums(l.dz, panels.at(p, l.neurons) + from * panels.width(p), panels.width(p), count, panels.columns(p),
                    l.biasGradient, from);
        }
        Vectors.update(l.bias, from, l.biasGradient, from, count, learningRate, scale, 0);
    }

    private void updateSlopes(TrainedLayer l, int from, int count) {
        Arrays.fill(l.slopeGradient, from, from + count, 0);
        for (int p = 0; p < panels.count(); p++) {
            for (int i = from; i < from + count; i++) {
                int row = panels.at(p, l.neurons) + i * panels.width(p);
                for (int n = row; n < row + panels.columns(p); n++) {
                    l.slopeGradient[i] = Math.fma(l.da[n], l.z[n] > 0 ? 0 : l.z[n], l.slopeGradient[i]);
                }
            }
        }
        Vectors.update(l.slopes, from, l.slopeGradient, from, count, learningRate, scale, 0);
    }
}
