package dev.samebits.spi;

import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls of kernels that normalise a layer's net inputs over a batch, and take their gradient back. */
final class NormCalls {
    // Columns that one thread sums at a time.
    private static final int BLOCK = 64;

    private final LayerKernels kernels;
    private final NormedLayer norm;
    /** Where what the weights make lies, and later its gradient. */
    final int raw;
    // Where that lies with mean 0 and variance 1, before gain and shift.
    private final int normal;
    private final int scratch;
    private final List<Block> blocks = new ArrayList<>();
    private final float[] nothing;
    private final float[] ones;

    NormCalls(LayerKernels kernels, TrainingPlaces places, NormedLayer norm) {
        this.kernels = kernels;
        this.norm = norm;
        raw = places.room(norm.width);
        normal = places.room(norm.width);
        scratch = places.room(norm.width);
        nothing = NormedLayer.filled(norm.width, -0f);
        ones = NormedLayer.filled(norm.width, 1);
        for (int from = 0; from < norm.width; from += BLOCK) {
            blocks.add(new Block(from, Math.min(BLOCK, norm.width - from)));
        }
    }

    /** Some columns, and room for sums over them. */
    private final class Block {
        final int from;
        final int count;
        final float[] first;
        final float[] second;
        final float[] one;

        Block(int from, int count) {
            this.from = from;
            this.count = count;
            first = new float[count];
            second = new float[count];
            one = NormedLayer.filled(count, 1);
        }

        // Leaves the difference from the mean in h.
        void statistics(Matrix z, Matrix h) {
            float rows = z.rows();
            Arrays.fill(first, 0);
            kernels.biasGradient(z, first);
            for (int j = 0; j < count; j++) {
                first[j] /= rows;
            }
            kernels.centerScale(first, one, z, h);
            Arrays.fill(second, 0);
            kernels.gainGradient(h, h, second);
            for (int j = 0; j < count; j++) {
                float v = second[j] / rows;
                norm.reciprocal[from + j] = norm.reciprocal(v);
                norm.remember(from + j, first[j], v);
            }
        }

        void gradients(Matrix dy, Matrix h) {
            float rows = dy.rows();
            Arrays.fill(first, 0);
            kernels.biasGradient(dy, first);
            Arrays.fill(second, 0);
            kernels.gainGradient(dy, h, second);
            for (int j = 0; j < count; j++) {
                norm.shiftGradient[from + j] = first[j];
                norm.gainGradient[from + j] = second[j];
                norm.shiftMean[from + j] = first[j] / rows;
                norm.gainMean[from + j] = second[j] / rows;
                norm.scale[from + j] = norm.gain.array()[from + j] * norm.reciprocal[from + j];
            }
        }
    }

    /** Forward: from the layer's input to the net input that its function takes. */
    void forward(TrainingStages stages, Matrix weights, int x, int net) {
        float[] zeros = new float[norm.width];
        stages.add(m -> kernels.affine(m[x], weights, zeros, m[raw]));
        stages.addWork(batch -> parts(block -> {
            Matrix z = batch[raw].columns(block.from, block.count);
            Matrix h = batch[normal].columns(block.from, block.count);
            return () -> block.statistics(z, h);
        }));
        float[] gain = norm.gain.array();
        float[] shift = norm.shift();
        stages.add(m -> {
            kernels.scaleShift(norm.reciprocal, nothing, m[normal], m[normal]);
            kernels.scaleShift(gain, shift, m[normal], m[net]);
        });
    }

    /** Back: from the gradient of that net input to that of what the weights make. */
    void backward(TrainingStages stages, int dNet) {
        stages.addWork(batch -> parts(block -> {
            Matrix dy = batch[dNet].columns(block.from, block.count);
            Matrix h = batch[normal].columns(block.from, block.count);
            return () -> block.gradients(dy, h);
        }));
        stages.add(m -> {
            kernels.centerScale(norm.shiftMean, ones, m[dNet], m[raw]);
            kernels.scaleShift(norm.gainMean, nothing, m[normal], m[scratch]);
            kernels.combine(Combination.SUBTRACT, m[raw], m[scratch], m[raw]);
            kernels.scaleShift(norm.scale, nothing, m[raw], m[raw]);
        });
    }

    private interface Work {
        Runnable of(Block block);
    }

    private List<Runnable> parts(Work work) {
        return blocks.stream().map(work::of).toList();
    }
}
