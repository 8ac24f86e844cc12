package dev.samebits.simd.session;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.OptimizerStep;
import dev.samebits.SessionOptions;
import dev.samebits.StateExchange;
import dev.samebits.TrainingOptions;
import dev.samebits.spi.AbstractTrainingSession;
import java.util.Arrays;
import java.util.List;

/**
 * Training on the Vector API: {@link SampleStep} for a single sample, {@link BatchStep} for more, and where gradients are
 * clipped, activations dropped or rows weighted.
 */
public final class SimdTrainingSession extends AbstractTrainingSession {
    private final TrainedLayer[] layers;
    private final SampleStep single;
    private final BatchStep batch;
    private final ForwardPass forward;

    public SimdTrainingSession(Backend backend, Network network, Loss loss, TrainingOptions training,
            SessionOptions options) {
        super(backend, network, loss, training, options);
        layers = network.layers().stream().map(layer -> new TrainedLayer(layer, training)).toArray(TrainedLayer[]::new);
        single = new SampleStep(layers, loss, team);
        batch = new BatchStep(layers, loss, dropout, team);
        PackedLayer[] packed = Arrays.stream(layers).map(layer -> layer.packed).toArray(PackedLayer[]::new);
        forward = new ForwardPass(packed, output, team);
    }

    @Override
    protected void reserve(int rows) {
        batch.reserve(rows);
    }

    @Override
    protected void learn(Matrix x, Matrix targets, OptimizerStep step) {
        if (x.rows() == 1 && rowWeights == null && training().isPlain()) {
            losses[0] = single.learn(x, targets, step);
        } else {
            batch.learn(x, targets, rowWeights, losses, step);
        }
    }

    @Override
    protected boolean weighsRows() {
        return true;
    }

    @Override
    protected void exchange(StateExchange state) {
        for (int l = 0; l < layers.length; l++) {
            layers[l].exchange(state, l);
        }
    }

    @Override
    protected void infer(Matrix x, Matrix y) {
        forward.compute(x.data(), x.offset(), x.stride(), x.rows(), y.data(), y.offset(), y.stride());
    }

    @Override
    protected List<Layer> layers() {
        return Arrays.stream(layers).map(layer -> layer.packed.toLayer()).toList();
    }
}
