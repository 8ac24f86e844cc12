package dev.samebits.simd;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.session.AbstractTrainingSession;
import java.util.Arrays;

/** Training on the Vector API: {@link SampleStep} for a single sample, {@link BatchStep} for more. */
final class SimdTrainingSession extends AbstractTrainingSession {
    // Rows predicted at a time: enough for whole panels on every thread.
    private static final int PREDICTED_ROWS = 256;

    private final TrainedLayer[] layers;
    private final SampleStep single;
    private final BatchStep batch;
    private final float[] row;
    private final float[] spare;
    private final float[] partial = new float[VSoftmax.PAD];

    SimdTrainingSession(Backend backend, Network network, Loss loss, SessionOptions options) {
        super(backend, network, loss, options);
        layers = network.layers().stream().map(TrainedLayer::new).toArray(TrainedLayer[]::new);
        single = new SampleStep(layers, loss, team);
        batch = new BatchStep(layers, loss, team);
        row = new float[VSoftmax.padded(network.outputs())];
        spare = new float[row.length];
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
        hold(Math.min(x.rows(), PREDICTED_ROWS));
        for (int from = 0; from < x.rows(); from += losses.length) {
            int count = Math.min(losses.length, x.rows() - from);
            batch.forward(x.rows(from, count));
            Panels panels = batch.panels();
            for (int p = 0; p < panels.count(); p++) {
                for (int n = 0; n < panels.columns(p); n++) {
                    batch.outputs(p, n, row);
                    output(y, from + panels.from(p) + n);
                }
            }
        }
    }

    private void output(Matrix y, int n) {
        switch (output) {
            case IDENTITY -> { }
            case SOFTMAX -> VSoftmax.softmax(row, 0, y.columns(), partial);
            case LOG_SOFTMAX -> VSoftmax.logSoftmax(row, 0, y.columns(), spare, 0, partial);
        }
        System.arraycopy(row, 0, y.data(), y.rowOffset(n), y.columns());
    }

    @Override
    public Network network() {
        Layer[] trained = Arrays.stream(layers).map(TrainedLayer::toLayer).toArray(Layer[]::new);
        return Network.of(Arrays.asList(trained), output);
    }
}
