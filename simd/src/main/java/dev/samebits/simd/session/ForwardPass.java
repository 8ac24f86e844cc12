package dev.samebits.simd.session;

import dev.samebits.Output;
import dev.samebits.parallel.Pool;
import dev.samebits.parallel.RowPools;
import dev.samebits.parallel.WorkerTeam;

/**
 * From input rows to output rows through packed layers. A large batch is cut into blocks of rows, each of which goes through
 * all layers while it is in cache; threads share the blocks. A batch too small to be cut goes through the layers as one
 * block, and threads share the neurons of each layer. Thread-safe; after the first calls nothing is allocated.
 */
final class ForwardPass {
    private static final int CALLERS = 64;

    private final Pool<ForwardBatch> batches;

    ForwardPass(PackedLayer[] layers, Output output, WorkerTeam team) {
        ForwardLayout layout = ForwardLayout.of(layers, output, team.threads());
        RowPools<ForwardBlock> blocks =
                new RowPools<>(layout.blockRows, team.threads(), rows -> new ForwardBlock(layout, rows));
        batches = new Pool<>(CALLERS, () -> new ForwardBatch(layout, blocks, team));
    }

    /** Predicts at least one row. */
    void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        ForwardBatch batch = batches.take();
        batch.predict(rows, x, xOffset, xStride, y, yOffset, yStride);
        batches.giveBack(batch);
    }
}
