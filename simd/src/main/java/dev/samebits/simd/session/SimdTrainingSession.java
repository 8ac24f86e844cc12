package dev.samebits.simd.session;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
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

    public SimdTrainingSession(Backend backend, Network network, Loss loss, SessionOptions options) {
        super(backend, network, loss, options);
        layers = network.layers().stream().map(TrainedLayer::new).toArray(TrainedLayer[]::new);
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
    protected void learn(Matrix x, Matrix targets, float learningRate, float weightDecay) {
        if (x.rows() == 1) {
            losses[0] = single.learn(x, targets, learningRate, weightDecay);
        } else {
            batch.learn(x, targets, losses, learningRate, weightDecay);
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
