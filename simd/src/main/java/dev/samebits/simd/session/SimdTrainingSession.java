package dev.samebits.simd.session;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.SessionOptions;
import dev.samebits.spi.AbstractTrainingSession;
import java.util.Arrays;
import java.util.List;

/** Training on the Vector API: {@link SampleStep} for a single sample, {@link BatchStep} for more. */
public final class SimdTrainingSession extends AbstractTrainingSession {
    private final TrainedLayer[] layers;
    private final SampleStep single;
    private final BatchStep batch;
    private final ForwardPass forward;

    public SimdTrainingSession(Backend backend, Network network, Loss loss, Optimizer optimizer, SessionOptions options) {
        super(backend, network, loss, optimizer, options);
        layers = network.layers().stream().map(layer -> new TrainedLayer(layer, optimizer.kind()))
                .toArray(TrainedLayer[]::new);
        single = new SampleStep(layers, loss, team);
        batch = new BatchStep(layers, loss, team);
        PackedLayer[] packed = Arrays.stream(layers).map(layer -> layer.packed).toArray(PackedLayer[]::new);
        forward = new ForwardPass(packed, output, team);
    }

    @Override
    protected void reserve(int rows) {
        batch.reserve(rows);
    }

    @Override
    protected void learn(Matrix x, Matrix targets, OptimizerStep step) {
        if (x.rows() == 1) {
            losses[0] = single.learn(x, targets, step);
        } else {
            batch.learn(x, targets, losses, step);
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
