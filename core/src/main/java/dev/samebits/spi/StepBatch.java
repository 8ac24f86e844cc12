package dev.samebits.spi;

import dev.samebits.parallel.Parts;
import dev.samebits.parallel.WorkerTeam;

/**
 * One caller's rows on their way through a network, block by block, as work for the team. Reused by later callers, since a
 * lambda would be allocated at every call.
 */
final class StepBatch implements WorkerTeam.Work {
    private static final float[] NOTHING = {};
    // So that a thread that is held up does not hold up all.
    private static final int PARTS_PER_THREAD = 4;

    private final RowBlocks blocks;
    private final WorkerTeam team;

    private float[] x = NOTHING;
    private int xOffset;
    private int xStride;
    private int rows;
    private float[] y = NOTHING;
    private int yOffset;
    private int yStride;
    // Rows that stay together, and how many parts these units are cut into.
    private int unit;
    private int parts;

    StepBatch(RowBlocks blocks, WorkerTeam team) {
        this.blocks = blocks;
        this.team = team;
    }

    /** Predicts at least one row. */
    void predict(float[] inputs, int inputsOffset, int inputsStride, int count, float[] outputs, int outputsOffset,
            int outputsStride) {
        x = inputs;
        xOffset = inputsOffset;
        xStride = inputsStride;
        rows = count;
        y = outputs;
        yOffset = outputsOffset;
        yStride = outputsStride;
        if (blocks.areWorthSharing(rows)) {
            // As Parts cuts them, without the object.
            boolean few = rows <= (long) blocks.blockRows() * team.threads();
            unit = few ? 1 : blocks.blockRows();
            parts = Math.min(Parts.quotientUp(rows, unit), few ? team.threads() : PARTS_PER_THREAD * team.threads());
            team.run(this, parts);
        } else {
            unit = 1;
            parts = 1;
            run(0);
        }
        x = NOTHING;
        y = NOTHING;
    }

    @Override
    public void run(int part) {
        int from = Parts.from(part, parts, rows, unit);
        int count = Parts.from(part + 1, parts, rows, unit) - from;
        blocks.predict(x, xOffset + from * xStride, xStride, count, y, yOffset + from * yStride, yStride);
    }
}
