package dev.samebits.spi;

import dev.samebits.parallel.Parts;
import dev.samebits.parallel.WorkerTeam;

/**
 * One caller's rows on their way through the steps, as work for the team. Reused by later callers, since a lambda would be
 * allocated at every call.
 */
final class StepBatch implements WorkerTeam.Work {
    private static final float[] NOTHING = {};

    private final StepBlocks blocks;
    private final WorkerTeam team;

    private float[] x = NOTHING;
    private int xOffset;
    private int xStride;
    private int rows;
    private float[] y = NOTHING;
    private int yOffset;
    private int yStride;
    private int parts;

    StepBatch(StepBlocks blocks, WorkerTeam team) {
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
            parts = Parts.of(rows, blocks.blockRows(), team.threads()).count();
            team.run(this, parts);
        } else {
            parts = 1;
            run(0);
        }
        x = NOTHING;
        y = NOTHING;
    }

    @Override
    public void run(int part) {
        int unit = rows <= (long) blocks.blockRows() * team.threads() ? 1 : blocks.blockRows();
        int from = Parts.from(part, parts, rows, unit);
        int count = Parts.from(part + 1, parts, rows, unit) - from;
        blocks.predict(x, xOffset + from * xStride, xStride, count, y, yOffset + from * yStride, yStride);
    }
}
