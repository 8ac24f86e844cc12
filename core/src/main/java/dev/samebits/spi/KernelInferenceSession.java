package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.RowPools;
import java.util.List;

/** Inference through {@link dev.samebits.LayerKernels}: blocks of rows, each through all layers, shared among threads. */
final class KernelInferenceSession extends AbstractInferenceSession {
    // Rows that go through all layers together: enough for a kernel to work on, few enough to stay in cache.
    private static final int BLOCK_ROWS = 64;

    private final List<LayerParameters> layers;
    private final RowPools<float[][]> buffers;

    KernelInferenceSession(Backend backend, Network network, SessionOptions options) {
        super(backend, network, options);
        layers = network.layers().stream().map(LayerParameters::new).toList();
        int widest = layers.stream().mapToInt(layer -> layer.weights.rows()).max().orElseThrow();
        buffers = new RowPools<>(BLOCK_ROWS, team.threads(), rows -> new float[3][Math.multiplyExact(rows, widest)]);
    }

    @Override
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        Matrix in = Matrix.view(x, xOffset, rows, network().inputs(), xStride);
        Matrix out = Matrix.view(y, yOffset, rows, network().outputs(), yStride);
        Parts parts = Parts.of(rows, BLOCK_ROWS, team.threads());
        team.run(part -> rows(in.rows(parts.from(part), parts.size(part)), out.rows(parts.from(part), parts.size(part))),
                parts.count());
    }

    private void rows(Matrix x, Matrix y) {
        int most = Math.min(BLOCK_ROWS, x.rows());
        float[][] buffer = buffers.take(most);
        try {
            for (int from = 0; from < x.rows(); from += BLOCK_ROWS) {
                int count = Math.min(BLOCK_ROWS, x.rows() - from);
                block(x.rows(from, count), y.rows(from, count), buffer);
            }
        } finally {
            buffers.giveBack(buffer, most);
        }
    }

    private void block(Matrix x, Matrix y, float[][] buffer) {
        var kernels = backend().kernels();
        Matrix a = x;
        for (int l = 0; l < layers.size(); l++) {
            LayerParameters layer = layers.get(l);
            Matrix z = Matrix.view(buffer[l % 2], 0, x.rows(), layer.weights.rows(), layer.weights.rows());
            Matrix activated = layer.spec.pieces() > 1
                    ? Matrix.view(buffer[2], 0, x.rows(), layer.spec.outputs(), layer.spec.outputs())
                    : z;
            layer.forward(kernels, a, z, activated);
            a = activated;
        }
        switch (network().output()) {
            case IDENTITY -> a.copyTo(y);
            case SOFTMAX -> kernels.softmax(a, y);
            case LOG_SOFTMAX -> kernels.logSoftmax(a, y);
        }
    }
}
