package dev.samebits.spi;

import dev.samebits.Backend;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.parallel.Pool;

/**
 * Inference of networks that are no chains, through a backend's kernels: blocks of rows, each through all steps while it is
 * in cache, shared among threads. Allocates nothing once warm, where the kernels do not.
 */
final class StepInferenceSession extends AbstractInferenceSession {
    private static final int CALLERS = 64;

    private final RowBlocks blocks;
    private final Pool<StepBatch> batches;

    StepInferenceSession(Backend backend, Network network, SessionOptions options) {
        this(backend, network, options, new StepBlocks(backend.kernels(), network, options.threads()));
    }

    /** Owns the blocks. */
    StepInferenceSession(Backend backend, Network network, SessionOptions options, RowBlocks blocks) {
        super(backend, network, options, true);
        this.blocks = blocks;
        batches = new Pool<>(CALLERS, () -> new StepBatch(blocks, team));
    }

    @Override
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        StepBatch batch = batches.take();
        batch.predict(x, xOffset, xStride, rows, y, yOffset, yStride);
        batches.giveBack(batch);
    }

    @Override
    protected void release() {
        blocks.close();
    }
}
