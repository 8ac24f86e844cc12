package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sessions must compute, written as a plain walk through the layers with the definition's kernels: one thread, the
 * whole batch at once, fresh buffers for everything.
 */
final class Definition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    private Definition() {}

    // z and a of every layer.
    private record Forward(List<Matrix> z, List<Matrix> a) {
        Matrix last() {
            return a.get(a.size() - 1);
        }
    }

    private static Forward forward(Network network, Matrix x, Mask mask) {
        Forward walk = new Forward(new ArrayList<>(), new ArrayList<>());
        Matrix in = x;
        for (Layer layer : network.layers()) {
            Matrix z = Matrix.zeros(x.rows(), layer.rows());
            Matrix a = Matrix.zeros(x.rows(), layer.outputs());
            KERNELS.affine(in, layer.weights(), layer.bias(), z);
            if (layer.pieces() > 1) {
                KERNELS.maxout(layer.pieces(), z, a);
            } else {
                KERNELS.activate(layer.activation(), layer.slopes(), z, a);
            }
            if (walk.a.size() < network.layers().size() - 1) {
                mask.drop(walk.a.size(), a);
            }
            walk.z.add(z);
            walk.a.add(a);
            in = a;
        }
        return walk;
    }

    /** The output row of every input row. */
    static Matrix predict(Network network, Matrix x) {
        if (!network.isChain()) {
            return StepDefinition.predict(network, x);
        }
        Matrix y = Matrix.zeros(x.rows(), network.outputs());
        Matrix a = forward(network, x, new Mask(null, 0)).last();
        switch (network.output()) {
            case IDENTITY -> a.copyTo(y);
            case SOFTMAX -> KERNELS.softmax(a, y);
            case LOG_SOFTMAX -> KERNELS.logSoftmax(a, y);
        }
        return y;
    }

    /** The network after a step, and the mean loss before it. */
    record Step(Network network, double meanLoss) {}

    /** A step of plain descent. */
    static Step step(Network network, Loss loss, Matrix x, Matrix targets, float learningRate, float weightDecay) {
        return step(new Memory(Optimizer.SGD, network), network, loss, x, targets, learningRate, weightDecay);
    }

    /** A step of the optimizer whose memory this is, which remembers it. */
    static Step step(Memory memory, Network network, Loss loss, Matrix x, Matrix targets, float learningRate,
            float weightDecay) {
        return step(memory, network, loss, x, targets, null, learningRate, weightDecay);
    }

    /** A step on rows of these weights, or, if they are null, of rows that count alike. */
    static Step step(Memory memory, Network network, Loss loss, Matrix x, Matrix targets, float @Nullable [] weights,
            float learningRate, float weightDecay) {
        double count = weights == null ? x.rows() : 0;
        for (int n = 0; weights != null && n < x.rows(); n++) {
            count += weights[n];
        }
        memory.step.advance(learningRate, count == 0 ? 0 : 1 / (float) count, weightDecay);
        Mask mask = memory.nextMask();
        Forward walk = forward(network, x, mask);
        int last = network.layers().size() - 1;
        float[] losses = new float[x.rows()];
        Matrix in = loss.readsNetInput() ? walk.z.get(last) : walk.last();
        Matrix delta = Matrix.zeros(x.rows(), network.outputs());
        KERNELS.lossGradient(loss, in, targets, delta, losses);
        for (int n = 0; weights != null && n < x.rows(); n++) {
            losses[n] = weights[n] * losses[n];
            for (int j = 0; j < delta.columns(); j++) {
                delta.set(n, j, weights[n] * delta.get(n, j));
            }
        }
        List<Gradients> gradients = new ArrayList<>();
        for (int l = last; l >= 0; l--) {
            Layer layer = network.layers().get(l);
            Matrix da = delta;
            Matrix z = walk.z.get(l);
            Matrix dz = Matrix.zeros(x.rows(), layer.rows());
            if (layer.pieces() > 1) {
                KERNELS.maxoutGradient(layer.pieces(), z, da, dz);
            } else if (l == last && loss.readsNetInput()) {
                dz = delta;
            } else {
                KERNELS.activationGradient(layer.activation(), layer.slopes(), z, da, dz);
            }
            delta = Matrix.zeros(x.rows(), layer.inputs());
            KERNELS.backpropagate(dz, layer.weights(), delta);
            if (l > 0) {
                mask.drop(l - 1, delta);
            }
            gradients.add(0, gradients(layer, z, da, dz, l == 0 ? x : walk.a.get(l - 1)));
        }
        if (memory.options.clips()) {
            memory.step.clip(Gradients.squares(gradients, memory.step.scale() / memory.options.clipNorm()));
        }
        List<Layer> learned = new ArrayList<>();
        for (int l = 0; l <= last; l++) {
            learned.add(learn(memory, l, network.layers().get(l), gradients.get(l)));
        }
        double sum = 0;
        for (float one : losses) {
            sum += one;
        }
        return new Step(Network.of(learned, network.output()), count == 0 ? 0 : sum / count);
    }

    private static Gradients gradients(Layer layer, Matrix z, Matrix da, Matrix dz, Matrix in) {
        Matrix dw = Matrix.zeros(layer.rows(), layer.inputs());
        KERNELS.outerProductGradient(dz, in, dw);
        float[] db = new float[layer.rows()];
        KERNELS.biasGradient(dz, db);
        float[] ds = new float[layer.slopes().length];
        if (ds.length > 0) {
            KERNELS.slopeGradient(z, da, ds);
        }
        return new Gradients(dw, db, ds);
    }

    private static Layer learn(Memory memory, int l, Layer layer, Gradients gradients) {
        Matrix w = layer.weights();
        memory.weights(KERNELS, l, w, gradients.weights());
        float[] b = layer.bias();
        memory.bias(KERNELS, l, b, gradients.bias());
        float[] slopes = layer.slopes();
        if (slopes.length > 0) {
            memory.slopes(KERNELS, l, slopes, gradients.slopes());
        }
        return Layer.of(layer.spec(), w, b, slopes);
    }
}
