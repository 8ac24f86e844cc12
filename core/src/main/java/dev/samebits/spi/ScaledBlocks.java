package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.parallel.RowPools;
import java.util.List;

/**
 * Takes rows through a {@link ScaledChain}: the scalings by kernels, the layers by the session of a backend for chains.
 */
final class ScaledBlocks implements RowBlocks {
    // Enough for a session of a chain to work on, few enough that the scaled rows are in cache when it reads them.
    private static final int MOST_ROWS = 256;
    private static final int LEAST_ROWS = 8;
    private static final int CACHED_FLOATS = 1 << 16;
    // Multiply-adds and numbers of a call below which threads are not worth their hand-over.
    private static final long WORTH_SHARING = 50_000;

    /** Scaled rows, and a view of them for every number of rows that was asked for so far. One caller at a time. */
    private static final class Rows {
        final float[] data;
        private final int width;
        private final Matrix[] views;

        Rows(int capacity, int width) {
            this.width = width;
            data = new float[Math.multiplyExact(capacity, width)];
            views = new Matrix[capacity + 1];
        }

        Matrix view(int rows) {
            if (views[rows] == null) {
                views[rows] = Matrix.view(data, 0, rows, width, width);
            }
            return views[rows];
        }
    }

    private interface InPlace {
        void apply(Matrix m);
    }

    private final AbstractInferenceSession layers;
    private final InPlace[] before;
    private final InPlace[] after;
    private final int inputs;
    private final int outputs;
    private final int blockRows;
    private final long work;
    private final int threads;
    private final RowPools<Rows> scaledInputs;
    private final RowPools<Rows> scaledOutputs;

    /**
     * Owns the session of the layers, which uses the calling thread alone.
     *
     * @param threads that call at a time
     */
    ScaledBlocks(LayerKernels kernels, ScaledChain scaled, AbstractInferenceSession layers, int threads) {
        Network chain = scaled.chain();
        this.layers = layers;
        this.threads = threads;
        before = calls(kernels, scaled.before());
        after = calls(kernels, scaled.after());
        inputs = chain.inputs();
        outputs = chain.outputs();
        work = chain.flops() / 2 + inputs + outputs;
        blockRows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, CACHED_FLOATS / Math.max(inputs, outputs)));
        scaledInputs = new RowPools<>(blockRows, threads, rows -> new Rows(rows, inputs));
        scaledOutputs = new RowPools<>(blockRows, threads, rows -> new Rows(rows, outputs));
    }

    private static InPlace[] calls(LayerKernels kernels, List<Operation> operations) {
        return operations.stream().map(operation -> call(kernels, operation)).toArray(InPlace[]::new);
    }

    private static InPlace call(LayerKernels kernels, Operation operation) {
        if (operation instanceof Operation.ScaleShift scaled) {
            float[] scale = scaled.scale();
            float[] shift = scaled.shift();
            return m -> kernels.scaleShift(scale, shift, m, m);
        }
        Operation.CenterScale centred = (Operation.CenterScale) operation;
        float[] center = centred.center();
        float[] scale = centred.scale();
        return m -> kernels.centerScale(center, scale, m, m);
    }

    @Override
    public int blockRows() {
        return blockRows;
    }

    @Override
    public boolean areWorthSharing(int rows) {
        return threads > 1 && rows > 1 && work * rows >= WORTH_SHARING;
    }

    @Override
    public void predict(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        int most = Math.min(blockRows, rows);
        if (before.length == 0) {
            output(x, xOffset, xStride, rows, y, yOffset, yStride);
            return;
        }
        Rows scaled = scaledInputs.take(most);
        try {
            for (int from = 0; from < rows; from += most) {
                int count = Math.min(most, rows - from);
                for (int n = 0; n < count; n++) {
                    System.arraycopy(x, xOffset + (from + n) * xStride, scaled.data, n * inputs, inputs);
                }
                apply(before, scaled.view(count));
                output(scaled.data, 0, inputs, count, y, yOffset + from * yStride, yStride);
            }
        } finally {
            scaledInputs.giveBack(scaled, most);
        }
    }

    private void output(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        if (after.length == 0) {
            layers.compute(x, xOffset, xStride, rows, y, yOffset, yStride);
            return;
        }
        int most = Math.min(blockRows, rows);
        Rows made = scaledOutputs.take(most);
        try {
            for (int from = 0; from < rows; from += most) {
                int count = Math.min(most, rows - from);
                layers.compute(x, xOffset + from * xStride, xStride, count, made.data, 0, outputs);
                apply(after, made.view(count));
                for (int n = 0; n < count; n++) {
                    System.arraycopy(made.data, n * outputs, y, yOffset + (from + n) * yStride, outputs);
                }
            }
        } finally {
            scaledOutputs.giveBack(made, most);
        }
    }

    private static void apply(InPlace[] calls, Matrix m) {
        for (InPlace call : calls) {
            call.apply(m);
        }
    }

    @Override
    public void close() {
        layers.close();
    }
}
