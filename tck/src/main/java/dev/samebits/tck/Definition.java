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

    private static Forward forward(Network network, Matrix x) {
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
        Matrix a = forward(network, x).last();
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
        memory.step.advance(learningRate, 1f / x.rows(), weightDecay);
        Forward walk = forward(network, x);
        int last = network.layers().size() - 1;
        float[] losses = new float[x.rows()];
        Matrix in = loss.readsNetInput() ? walk.z.get(last) : walk.last();
        Matrix delta = Matrix.zeros(x.rows(), network.outputs());
        KERNELS.lossGradient(loss, in, targets, delta, losses);
        List<Layer> learned = new ArrayList<>();
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
            // With the weights as they were before the step.
            delta = Matrix.zeros(x.rows(), layer.inputs());
            KERNELS.backpropagate(dz, layer.weights(), delta);
            learned.add(0, learn(memory, l, layer, z, da, dz, l == 0 ? x : walk.a.get(l - 1)));
        }
        double sum = 0;
        for (float one : losses) {
            sum += one;
        }
        return new Step(Network.of(learned, network.output()), sum / x.rows());
    }

    private static Layer learn(Memory memory, int l, Layer layer, Matrix z, Matrix da, Matrix dz, Matrix in) {
        Matrix w = layer.weights();
        Matrix dw = Matrix.zeros(w.rows(), w.columns());
        KERNELS.outerProductGradient(dz, in, dw);
        memory.weights(KERNELS, l, w, dw);
        float[] b = layer.bias();
        float[] db = new float[b.length];
        KERNELS.biasGradient(dz, db);
        memory.bias(KERNELS, l, b, db);
        float[] slopes = layer.slopes();
        if (layer.spec().isPrelu()) {
            float[] dslopes = new float[slopes.length];
            KERNELS.slopeGradient(z, da, dslopes);
            memory.slopes(KERNELS, l, slopes, dslopes);
        }
        return Layer.of(layer.spec(), w, b, slopes);
    }
}
