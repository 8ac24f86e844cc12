package dev.samebits.simd.session;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.OptimizerStep;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.Pool;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.kernel.BiasGradient;
import dev.samebits.simd.kernel.SlopeGradient;
import dev.samebits.simd.tile.CacheStrides;
import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.RowLayout;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.VDropout;
import dev.samebits.simd.vector.VLoss;
import dev.samebits.simd.vector.VSoftmax;
import dev.samebits.spi.DropoutMasks;
import java.util.Arrays;

/**
 * One step of training on a mini-batch, as two rounds of parallel work: first blocks of samples, each forward through all
 * layers, through the loss, and back to δ of every layer; then blocks of weights, whose gradients and updates no other part
 * touches.
 *
 * <p>Forward has its lanes over neurons, as inference has, and so has the gradient: both read and write the packed weights
 * in a straight line. Back-propagation has them over the samples of the block, for which δ, the small operand, is
 * transposed. Where gradients are clipped, the second round leaves them where their weights' places are, and
 * {@link Clipping} goes on. Not thread-safe; allocates nothing.
 */
final class BatchStep implements WorkerTeam.Work {
    /** Samples of a block, each of which reads all weights twice. */
    private static final int BLOCK_SAMPLES = 128;
    /** Samples whose δ, 24 KiB of a panel, stays in the first-level cache while inputs go past it. */
    private static final int BLOCK_DELTAS = 128;
    /** Inputs whose gradients are summed before their weights are updated, at least and at most. */
    private static final int FEWEST_INPUTS = 7 * Tiles.ROWS;
    private static final int MOST_INPUTS = 49 * Tiles.ROWS;
    /** Inputs of all samples, 392 KiB, that stay in the second-level cache while panel after panel of δ goes past them. */
    private static final int BLOCK_VALUES = 256 * MOST_INPUTS;
    /** Inputs of a layer from which it pays to copy them where there are 32 registers. */
    private static final int LONG_INPUT = 128;
    /** Where sums of gradients start. */
    private static final float[] ZEROS = new float[Panels.WIDEST];
    /** Multiply-adds of a step below which threads are not worth their hand-over. */
    private static final long WORTH_SHARING = 500_000;

    /** Work space of one thread. */
    private static final class Buffers {
        final float[] weightGradient = new float[MOST_INPUTS * Panels.WIDEST];
        final float[] partial = new float[VSoftmax.PAD];
        final Panels samples = new Panels();
        final RowView in = new RowView();
        final RowView z = new RowView();
        final RowView a = new RowView();
        float[] strips = new float[0];
        float[] transposedDelta = new float[0];
        float[] inputGradient = new float[0];
        float[] deltaPanel = new float[0];
    }

    private final TrainedLayer[] layers;
    private final Loss loss;
    private final DropoutMasks dropout;
    private final Clipping clipping;
    private final WorkerTeam team;
    private final Pool<Buffers> buffers;
    private final long work;
    private final int widest;
    // How each layer's inputs lie once they are copied, null if they are not; and floats for each sample.
    private final RowLayout[] strips;
    private final int stripFloats;
    private int capacity;
    private float[] input = new float[0];

    private boolean updating;
    private int samples;
    private int blockSamples;
    private float[] x;
    private int xOffset;
    private int xStride;
    private Matrix targets;
    private float[] rowWeights;
    private float[] losses;
    private OptimizerStep step;

    /** @param dropout null for none */
    BatchStep(TrainedLayer[] layers, Loss loss, DropoutMasks dropout, WorkerTeam team) {
        this.layers = layers;
        this.loss = loss;
        this.dropout = dropout;
        this.clipping = new Clipping(layers, team);
        this.team = team;
        this.buffers = new Pool<>(team.threads(), this::newBuffers);
        long multiplyAdds = 0;
        int width = 0;
        for (TrainedLayer each : layers) {
            multiplyAdds += 3 * each.packed.work();
            width = Math.max(width, Math.max(each.packed.inputs, each.packed.panels.padded()));
        }
        work = multiplyAdds;
        strips = new RowLayout[layers.length];
        int floats = 0;
        for (int l = 0; l < layers.length; l++) {
            int inputs = layers[l].packed.inputs;
            if (!Tiles.AVX512 || inputs >= LONG_INPUT) {
                strips[l] = RowLayout.strips(inputs, 1);
                floats = Math.max(floats, strips[l].length());
            }
        }
        stripFloats = floats;
        widest = width;
    }

    private Buffers newBuffers() {
        Buffers made = new Buffers();
        made.strips = new float[Math.multiplyExact(stripFloats, BLOCK_SAMPLES)];
        made.transposedDelta = new float[Math.multiplyExact(widest, BLOCK_SAMPLES)];
        made.inputGradient = new float[Math.multiplyExact(widest, BLOCK_SAMPLES)];
        return made;
    }

    void reserve(int rows) {
        capacity = rows;
        int inputs = layers[0].packed.inputs;
        input = new float[Math.multiplyExact(rows, CacheStrides.isCrowded(inputs) ? CacheStrides.of(inputs) : 0)];
        for (TrainedLayer each : layers) {
            each.reserve(rows);
        }
    }

    /**
     * One step; fills the samples' losses.
     *
     * @param weights of the samples, or null
     */
    void learn(Matrix batch, Matrix wanted, float[] weights, float[] sampleLosses, OptimizerStep numbers) {
        samples = batch.rows();
        targets = wanted;
        rowWeights = weights;
        losses = sampleLosses;
        step = numbers;
        read(batch);
        int threads = work * samples < WORTH_SHARING ? 1 : team.threads();
        // The same number of blocks for each thread, about as large as each other, in whole vectors of samples.
        int blocks = Parts.quotientUp(samples, threads * BLOCK_SAMPLES) * threads;
        blockSamples = VSoftmax.padded(Parts.quotientUp(samples, blocks));
        updating = false;
        run(threads, Parts.quotientUp(samples, blockSamples));
        updating = true;
        int updates = 0;
        for (TrainedLayer each : layers) {
            updates += updates(each.packed);
        }
        run(threads, updates);
        if (step.clips()) {
            clipping.finish(step, threads == 1 ? null : team);
        }
        x = null;
        targets = null;
        rowWeights = null;
    }

    // The gradient walks down the columns of x: rows that crowd the cache are copied to where they do not.
    private void read(Matrix batch) {
        x = batch.data();
        xOffset = batch.offset();
        xStride = batch.stride();
        if (CacheStrides.isCrowded(xStride) && input.length > 0) {
            int inputs = layers[0].packed.inputs;
            Packing.rows(x, xOffset, xStride, samples, inputs, input, 0, CacheStrides.of(inputs));
            x = input;
            xOffset = 0;
            xStride = CacheStrides.of(inputs);
        }
    }

    private void run(int threads, int parts) {
        if (threads == 1) {
            WorkerTeam.runAlone(this, parts);
        } else {
            team.run(this, parts);
        }
    }

    @Override
    public void run(int part) {
        Buffers buffer = buffers.take();
        if (updating) {
            update(part, buffer);
        } else {
            int from = part * blockSamples;
            propagate(from, Math.min(blockSamples, samples - from), buffer);
        }
        buffers.giveBack(buffer);
    }

    // Forward, loss, and δ of every layer, for a block of samples.
    private void propagate(int from, int count, Buffers buffer) {
        for (int l = 0; l < layers.length; l++) {
            layers[l].forward(from, count, forwardInput(l, from, count, buffer), buffer.z, buffer.a);
            drop(l, layers[l].a, from, count);
        }
        buffer.in.data = null;
        TrainedLayer last = layers[layers.length - 1];
        boolean net = loss.readsNetInput();
        int row = net ? last.packed.zStride : last.packed.aStride;
        float[] gradient = net ? last.dz : last.da;
        for (int n = from; n < from + count; n++) {
            losses[n] = VLoss.row(loss, net ? last.z : last.a, n * row, targets.data(), targets.rowOffset(n), gradient,
                    n * row, last.packed.outputs, buffer.partial);
            if (rowWeights != null) {
                losses[n] *= rowWeights[n];
                VLoss.weigh(rowWeights[n], gradient, n * row, last.packed.outputs);
            }
        }
        if (!net) {
            last.delta(from, count);
        }
        for (int l = layers.length - 1; l > 0; l--) {
            backpropagate(layers[l], layers[l - 1], from, count, buffer);
            drop(l - 1, layers[l - 1].da, from, count);
            layers[l - 1].delta(from, count);
        }
    }

    // Of a layer's activations, or of their gradients, for a block of samples.
    private void drop(int l, float[] values, int from, int count) {
        if (dropout == null || !dropout.drops(l)) {
            return;
        }
        int key0 = dropout.layerKey(l, 0);
        int key1 = dropout.layerKey(l, 1);
        PackedLayer layer = layers[l].packed;
        for (int n = from; n < from + count; n++) {
            VDropout.apply(DropoutMasks.rowKey(key0, key1, n, 0), DropoutMasks.rowKey(key0, key1, n, 1),
                    dropout.threshold(l), dropout.factor(l), values, n * layer.aStride, layer.outputs);
        }
    }

    // Where layer l reads: where its inputs are, or a copy in strips.
    private RowView forwardInput(int l, int from, int count, Buffers buffer) {
        int inputs = layers[l].packed.inputs;
        int offset = inputOffset(l) + from * inputStride(l);
        if (strips[l] == null || count < Tiles.FEWEST_IN_STRIPS) {
            return buffer.in.set(input(l), offset, inputStride(l), inputs);
        }
        RowView copied = buffer.in.set(buffer.strips, strips[l], count);
        Packing.rows(input(l), offset, inputStride(l), count, inputs, copied);
        return copied;
    }

    private float[] input(int l) {
        return l == 0 ? x : layers[l - 1].a;
    }

    private int inputOffset(int l) {
        return l == 0 ? xOffset : 0;
    }

    private int inputStride(int l) {
        return l == 0 ? xStride : layers[l - 1].packed.aStride;
    }

    // da of the layer below = Wᵀ dz. A is Wᵀ as it lies in the panels, B is dz transposed, C is da transposed.
    private static void backpropagate(TrainedLayer l, TrainedLayer below, int from, int count, Buffers buffer) {
        PackedLayer layer = l.packed;
        Panels block = buffer.samples;
        block.cut(count);
        for (int s = 0; s < block.count(); s++) {
            int width = block.width(s);
            int sample = from + block.from(s);
            float[] dz = buffer.transposedDelta;
            float[] da = buffer.inputGradient;
            Packing.columns(l.dz, sample * layer.zStride, layer.zStride, layer.neurons, block.columns(s), dz, 0, width);
            for (int p = 0; p < layer.panels.count(); p++) {
                Tiles.multiply(block.vectorsOf(s), layer.inputs, layer.panels.columns(p), layer.weights,
                        layer.panels.offset(p, layer.inputs), layer.panels.width(p), 1, dz, layer.panels.from(p) * width,
                        p == 0 ? ZEROS : da, 0, p == 0 ? 0 : width, da, 0, width);
            }
            Packing.transpose(da, 0, width, layer.inputs, block.columns(s), below.da, sample * below.packed.aStride,
                    below.packed.aStride);
        }
    }

    // Gradient and update of a block of weights: some inputs of one panel of neurons. The parts count through all layers,
    // and in each through all panels for the same inputs.
    private void update(int part, Buffers buffer) {
        int l = 0;
        int p = part;
        while (p >= updates(layers[l].packed)) {
            p -= updates(layers[l].packed);
            l++;
        }
        int panels = layers[l].packed.panels.count();
        int block = p / panels;
        updateWeights(l, p % panels, block, buffer);
        if (block == 0) {
            updateBiases(layers[l], p % panels);
        }
    }

    private int updates(PackedLayer layer) {
        return inputBlocks(layer) * layer.panels.count();
    }

    private int inputBlocks(PackedLayer layer) {
        int most = Math.max(FEWEST_INPUTS, Math.min(MOST_INPUTS, BLOCK_VALUES / samples));
        return Parts.quotientUp(layer.inputs, most);
    }

    // C is the gradient of some inputs' weights, A is x transposed (it is read down its columns), B is the panel of dz.
    private void updateWeights(int l, int p, int block, Buffers buffer) {
        PackedLayer layer = layers[l].packed;
        int width = layer.panels.width(p);
        if (buffer.deltaPanel.length < samples * width) {
            buffer.deltaPanel = new float[Math.multiplyExact(capacity, Panels.WIDEST)];
        }
        Packing.rows(layers[l].dz, layer.panels.from(p), layer.zStride, samples, layer.panels.columns(p), buffer.deltaPanel,
                0, width);
        int j = Tiles.fromRow(block, inputBlocks(layer), layer.inputs);
        int count = Tiles.fromRow(block + 1, inputBlocks(layer), layer.inputs) - j;
        int at = layer.panels.offset(p, layer.inputs) + j * width;
        boolean whole = step.clips();
        float[] gradient = whole ? layers[l].weightGradient : buffer.weightGradient;
        int to = whole ? at : 0;
        for (int n = 0; n < samples; n += BLOCK_DELTAS) {
            Tiles.multiply(layer.panels.vectorsOf(p), count, Math.min(BLOCK_DELTAS, samples - n), input(l),
                    inputOffset(l) + n * inputStride(l) + j, 1, inputStride(l), buffer.deltaPanel, n * width,
                    n == 0 ? ZEROS : gradient, n == 0 ? 0 : to, n == 0 ? 0 : width, gradient, to, width);
        }
        if (!whole) {
            layers[l].weights.apply(step, true, at, gradient, 0, count * width);
        }
    }

    private void updateBiases(TrainedLayer layer, int p) {
        PackedLayer packed = layer.packed;
        int from = packed.panels.from(p);
        int columns = packed.panels.columns(p);
        Arrays.fill(layer.biasGradient, from, from + columns, 0);
        BiasGradient.add(layer.dz, from, packed.zStride, samples, columns, layer.biasGradient, from);
        if (packed.spec.isPrelu()) {
            Arrays.fill(layer.slopeGradient, from, from + columns, 0);
            SlopeGradient.add(layer.z, from, packed.zStride, layer.da, from, packed.aStride, samples, columns,
                    layer.slopeGradient, from);
        }
        if (!step.clips()) {
            layer.moveBiases(step, p);
        }
    }
}
