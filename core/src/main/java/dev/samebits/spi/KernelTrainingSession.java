package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.RowWeights;
import dev.samebits.SessionOptions;
import dev.samebits.StateExchange;
import dev.samebits.TrainingOptions;
import dev.samebits.arithmetic.Sums;
import dev.samebits.parallel.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Training through {@link LayerKernels}. A step is two pieces of parallel work: first rows of the batch (forward, loss, and
 * back-propagation of δ are independent for each sample), then rows of the weights (gradient and update are independent for
 * each neuron). No sum ever crosses threads. Where gradients are clipped, gradients and updates are two pieces of work, and
 * between them their squares are added up, each neuron's by the thread that has them.
 */
final class KernelTrainingSession extends AbstractTrainingSession {
    // Neurons whose gradient and update make one part: their weights and gradients stay in cache between the two.
    private static final int BLOCK_NEURONS = 32;
    private static final int BLOCK_SAMPLES = 16;

    private final LayerKernels kernels;
    private final List<TrainedLayer> layers = new ArrayList<>();

    KernelTrainingSession(Backend backend, Network network, Loss loss, TrainingOptions training,
            SessionOptions options) {
        super(backend, network, loss, training, options);
        this.kernels = backend.kernels();
        for (Layer layer : network.layers()) {
            layers.add(new TrainedLayer(new LayerParameters(layer), training.optimizer().kind()));
        }
    }

    /**
     * A layer with what a step remembers of it: z, a, their gradients {@code [capacity × width]}, and the sums over the
     * batch; and what the optimizer remembers from step to step.
     */
    private static final class TrainedLayer {
        final LayerParameters parameters;
        final Matrix weightGradient;
        final float[] biasGradient;
        final float[] slopeGradient;
        /** Of each row of the weights, the sum of its gradient's squares. */
        final float[] squares;
        final Moments weightMoments;
        final Moments biasMoments;
        final Moments slopeMoments;
        Matrix z;
        Matrix a;
        Matrix dz;
        Matrix da;

        TrainedLayer(LayerParameters parameters, Optimizer.Kind kind) {
            this.parameters = parameters;
            weightGradient = Matrix.zeros(parameters.weights.rows(), parameters.weights.columns());
            biasGradient = new float[parameters.bias.length];
            slopeGradient = new float[parameters.slopes.length];
            squares = new float[parameters.weights.rows()];
            weightMoments = new Moments(kind, weightGradient.rows(), weightGradient.columns());
            biasMoments = new Moments(kind, 1, biasGradient.length);
            slopeMoments = new Moments(kind, 1, Math.max(1, slopeGradient.length));
        }

        void reserve(int capacity) {
            z = Matrix.zeros(capacity, parameters.weights.rows());
            dz = Matrix.zeros(capacity, parameters.weights.rows());
            a = parameters.spec.isLinear() ? z : Matrix.zeros(capacity, parameters.spec.outputs());
            da = parameters.spec.isLinear() ? dz : Matrix.zeros(capacity, parameters.spec.outputs());
        }
    }

    /** m and v of some parameters, null where the optimizer has none. */
    private static final class Moments {
        final @Nullable Matrix first;
        final @Nullable Matrix second;

        Moments(Optimizer.Kind kind, int rows, int columns) {
            first = kind.hasFirstMoment() ? Matrix.zeros(rows, columns) : null;
            second = kind.hasSecondMoment() ? Matrix.zeros(rows, columns) : null;
        }
    }

    @Override
    protected void reserve(int rows) {
        layers.forEach(layer -> layer.reserve(rows));
    }

    @Override
    protected void learn(Matrix x, Matrix targets, OptimizerStep step) {
        Parts samples = Parts.of(x.rows(), BLOCK_SAMPLES, team.threads());
        team.run(part -> propagate(x, targets, samples.from(part), samples.size(part)), samples.count());
        int neurons = layers.stream().mapToInt(KernelTrainingSession::blocks).sum();
        if (step.clips()) {
            team.run(part -> gradient(part, x, step), neurons);
            step.clip(squares(step.unit()));
            team.run(part -> update(part, step), neurons);
        } else {
            team.run(part -> {
                gradient(part, x, step);
                update(part, step);
            }, neurons);
        }
    }

    // Forward, loss and δ of every layer, for some samples.
    private void propagate(Matrix allX, Matrix allTargets, int from, int count) {
        forward(allX.rows(from, count), from, count, true);
        TrainedLayer last = layers.get(layers.size() - 1);
        Matrix dLast = (loss.readsNetInput() ? last.dz : last.da).rows(from, count);
        float[] rowLosses = new float[count];
        Matrix in = (loss.readsNetInput() ? last.z : last.a).rows(from, count);
        kernels.lossGradient(loss, in, allTargets.rows(from, count), dLast, rowLosses);
        System.arraycopy(rowLosses, 0, losses, from, count);
        if (rowWeights != null) {
            RowWeights.multiply(rowWeights, from, dLast, losses);
        }
        for (int l = layers.size() - 1; l >= 0; l--) {
            TrainedLayer layer = layers.get(l);
            LayerParameters p = layer.parameters;
            Matrix dz = layer.dz.rows(from, count);
            boolean deltaIsKnown = layer == last && loss.readsNetInput();
            if (p.spec.pieces() > 1) {
                kernels.maxoutGradient(p.spec.pieces(), layer.z.rows(from, count), layer.da.rows(from, count), dz);
            } else if (!p.spec.isLinear() && !deltaIsKnown) {
                kernels.activationGradient(p.spec.activation(), p.slopes, layer.z.rows(from, count),
                        layer.da.rows(from, count), dz);
            }
            if (l > 0) {
                kernels.backpropagate(dz, p.weights, layers.get(l - 1).da.rows(from, count));
                drop(l - 1, layers.get(l - 1).da, from, count);
            }
        }
    }

    private void drop(int l, Matrix values, int from, int count) {
        for (int n = from; dropout != null && dropout.drops(l) && n < from + count; n++) {
            dropout.apply(l, n, values.data(), values.rowOffset(n), values.columns());
        }
    }

    private void forward(Matrix x, int from, int count, boolean learning) {
        Matrix a = x;
        for (int l = 0; l < layers.size(); l++) {
            TrainedLayer layer = layers.get(l);
            layer.parameters.forward(kernels, a, layer.z.rows(from, count), layer.a.rows(from, count));
            a = layer.a.rows(from, count);
            if (learning) {
                drop(l, layer.a, from, count);
            }
        }
    }

    private static int blocks(TrainedLayer layer) {
        return (layer.biasGradient.length + BLOCK_NEURONS - 1) / BLOCK_NEURONS;
    }

    // A block of neurons of a layer; the parts count through the blocks of all layers.
    private record Block(int layer, int number) {
        int from() {
            return number * BLOCK_NEURONS;
        }

        int count(TrainedLayer of) {
            return Math.min(BLOCK_NEURONS, of.biasGradient.length - from());
        }
    }

    private Block block(int part) {
        int l = 0;
        int block = part;
        while (block >= blocks(layers.get(l))) {
            block -= blocks(layers.get(l));
            l++;
        }
        return new Block(l, block);
    }

    // The first block has the layer's bias and slopes, too.
    private void gradient(int part, Matrix x, OptimizerStep step) {
        Block block = block(part);
        TrainedLayer layer = layers.get(block.layer());
        int from = block.from();
        int count = block.count(layer);
        Matrix in = block.layer() == 0 ? x : layers.get(block.layer() - 1).a.rows(0, x.rows());
        Matrix dz = layer.dz.rows(0, x.rows());
        Matrix dw = layer.weightGradient.rows(from, count);
        Arrays.fill(dw.data(), dw.offset(), dw.offset() + count * dw.stride(), 0);
        kernels.outerProductGradient(dz.columns(from, count), in, dw);
        if (block.number() == 0) {
            Arrays.fill(layer.biasGradient, 0);
            kernels.biasGradient(dz, layer.biasGradient);
            if (layer.parameters.spec.isPrelu()) {
                Arrays.fill(layer.slopeGradient, 0);
                kernels.slopeGradient(layer.z.rows(0, x.rows()), layer.da.rows(0, x.rows()), layer.slopeGradient);
            }
        }
        for (int i = 0; step.clips() && i < count; i++) {
            layer.squares[from + i] = Sums.squares(step.unit(), dw.data(), dw.rowOffset(i), dw.columns());
        }
    }

    private float squares(float unit) {
        float sum = 0;
        for (TrainedLayer layer : layers) {
            sum += Sums.sum(layer.squares, 0, 1, layer.squares.length);
            sum += Sums.squares(unit, layer.biasGradient, 0, layer.biasGradient.length);
            if (layer.parameters.spec.isPrelu()) {
                sum += Sums.squares(unit, layer.slopeGradient, 0, layer.slopeGradient.length);
            }
        }
        return sum;
    }

    private void update(int part, OptimizerStep step) {
        Block block = block(part);
        TrainedLayer layer = layers.get(block.layer());
        LayerParameters p = layer.parameters;
        int from = block.from();
        int count = block.count(layer);
        kernels.optimize(step, true, p.weights.rows(from, count), layer.weightGradient.rows(from, count),
                rows(layer.weightMoments.first, from, count), rows(layer.weightMoments.second, from, count));
        if (block.number() == 0) {
            optimize(step, p.bias, layer.biasGradient, layer.biasMoments);
            if (p.spec.isPrelu()) {
                optimize(step, p.slopes, layer.slopeGradient, layer.slopeMoments);
            }
        }
    }

    private static @Nullable Matrix rows(@Nullable Matrix moment, int from, int count) {
        return moment == null ? null : moment.rows(from, count);
    }

    private void optimize(OptimizerStep step, float[] parameters, float[] gradient, Moments moments) {
        kernels.optimize(step, false, Matrix.row(parameters), Matrix.row(gradient), moments.first, moments.second);
    }

    @Override
    protected boolean weighsRows() {
        return true;
    }

    @Override
    protected void infer(Matrix x, Matrix y) {
        hold(Math.min(x.rows(), 4 * BLOCK_SAMPLES * team.threads()));
        for (int from = 0; from < x.rows(); from += losses.length) {
            int count = Math.min(losses.length, x.rows() - from);
            Matrix in = x.rows(from, count);
            Matrix out = y.rows(from, count);
            Parts parts = Parts.of(count, BLOCK_SAMPLES, team.threads());
            team.run(part -> predictRows(in, out, parts.from(part), parts.size(part)), parts.count());
        }
    }

    private void predictRows(Matrix x, Matrix y, int from, int count) {
        forward(x.rows(from, count), from, count, false);
        Matrix a = layers.get(layers.size() - 1).a.rows(from, count);
        switch (output) {
            case IDENTITY -> a.copyTo(y.rows(from, count));
            case SOFTMAX -> kernels.softmax(a, y.rows(from, count));
            case LOG_SOFTMAX -> kernels.logSoftmax(a, y.rows(from, count));
        }
    }

    @Override
    protected void exchange(StateExchange state) {
        for (int l = 0; l < layers.size(); l++) {
            TrainedLayer layer = layers.get(l);
            exchange(state, l, "weights", layer.parameters.weights.data(), layer.weightMoments);
            exchange(state, l, "bias", layer.parameters.bias, layer.biasMoments);
            if (layer.parameters.spec.isPrelu()) {
                exchange(state, l, "slopes", layer.parameters.slopes, layer.slopeMoments);
            }
        }
    }

    private static void exchange(StateExchange state, int l, String what, float[] values, Moments moments) {
        state.floats(StateExchange.parameters(l, what, ""), values);
        if (moments.first != null) {
            state.floats(StateExchange.parameters(l, what, "m"), moments.first.data());
        }
        if (moments.second != null) {
            state.floats(StateExchange.parameters(l, what, "v"), moments.second.data());
        }
    }

    @Override
    protected List<Layer> layers() {
        return layers.stream().map(layer -> layer.parameters.toLayer()).toList();
    }
}
