package dev.samebits.gpu;

import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.OptimizerStep;
import dev.samebits.SessionOptions;
import dev.samebits.StateExchange;
import dev.samebits.spi.AbstractTrainingSession;
import java.util.List;

/**
 * Training on the device: a step takes up the batch and brings back the rows' losses; parameters come back when asked for.
 */
final class OpenClTrainingSession extends AbstractTrainingSession implements DeviceSession {
    private final TrainedParameters parameters;
    private final DeviceMemory memory;

    OpenClTrainingSession(OpenClBackend backend, Network network, Loss loss, SessionOptions options,
            TrainedParameters parameters) {
        super(backend, network, loss, parameters.params.training, options);
        this.parameters = parameters;
        this.memory = backend.memory();
    }

    @Override
    protected void reserve(int rows) {
        memory.checkStep(parameters.params, rows);
        parameters.reserve(rows);
    }

    @Override
    protected void learn(Matrix x, Matrix targets, OptimizerStep step) {
        int inputs = x.rows() * x.columns();
        int numbers = inputs + targets.rows() * targets.columns();
        boolean weighted = rowWeights != null;
        float[] batch = parameters.next(x.rows(), numbers + (weighted ? x.rows() : 0), weighted, step, dropout);
        copy(x, batch, 0);
        copy(targets, batch, inputs);
        if (weighted) {
            System.arraycopy(rowWeights, 0, batch, numbers, x.rows());
        }
        parameters.learn(losses);
    }

    @Override
    protected void exchange(StateExchange state) {
        parameters.exchange(state);
    }

    @Override
    protected boolean weighsRows() {
        return true;
    }

    private static void copy(Matrix m, float[] to, int at) {
        for (int r = 0; r < m.rows(); r++) {
            System.arraycopy(m.data(), m.rowOffset(r), to, at + r * m.columns(), m.columns());
        }
    }

    @Override
    protected void infer(Matrix x, Matrix y) {
        int most = memory.mostRows(parameters.params);
        Matrix result = Matrix.zeros(y.rows(), y.columns());
        for (int from = 0; from < x.rows(); from += most) {
            int count = Math.min(most, x.rows() - from);
            parameters.reserveForward(count);
            float[] batch = new float[count * x.columns()];
            copy(x.rows(from, count), batch, 0);
            parameters.infer(count, batch, y.columns());
            System.arraycopy(parameters.runner.program.out, DeviceRows.STAMPS, result.data(), from * y.columns(),
                    count * y.columns());
        }
        result.copyTo(y);
    }

    @Override
    protected List<Layer> layers() {
        return parameters.layers();
    }

    @Override
    public Transfers transfers() {
        return parameters.runner.transfers();
    }

    @Override
    protected void release() {
        parameters.close();
    }
}
