package dev.samebits.spi;

import dev.samebits.Matrix;
import dev.samebits.parallel.Parts;
import org.jspecify.annotations.Nullable;

/** Views of the buffers for batches of so many rows, in parts that threads share; made once, since views are objects. */
final class TrainingBatch {
    // A part's rows at least, where there are enough, and at most: a product packs its weights once for each.
    private static final int LEAST_ROWS = 16;
    private static final int MOST_ROWS = 256;

    private final int rows;
    private final Matrix[] all;
    private final Part[] parts;
    private Runnable @Nullable [] touches;
    private UpdateTask @Nullable [] tasks;
    private Runnable[] @Nullable [] works;

    TrainingBatch(TrainingPlaces places, float[][] buffers, int rows, int threads) {
        this.rows = rows;
        this.all = places.matrices(buffers, 0, rows);
        int wanted = Math.max(threads, Parts.quotientUp(Parts.quotientUp(rows, MOST_ROWS), threads) * threads);
        this.parts = new Part[Math.min(Parts.quotientUp(rows, LEAST_ROWS), threads == 1 ? Parts.quotientUp(rows, MOST_ROWS)
                : wanted)];
        for (int part = 0; part < parts.length; part++) {
            int from = Parts.from(part, parts.length, rows, LEAST_ROWS);
            int count = Parts.from(part + 1, parts.length, rows, LEAST_ROWS) - from;
            parts[part] = new Part(from, count, places.matrices(buffers, from, count), new float[count]);
        }
    }

    /** Some rows, all places of them, and room for the losses of one output. */
    record Part(int from, int count, Matrix[] matrices, float[] losses) {}

    int rows() {
        return rows;
    }

    Part[] parts() {
        return parts;
    }

    /** What is done between the stages of rows. */
    Runnable[][] works(TrainingStages stages) {
        if (works == null) {
            works = stages.works(all);
        }
        return works;
    }

    /** What is done before the update. */
    Runnable[] touches(StepUpdates updates) {
        if (touches == null) {
            touches = updates.touches(all);
        }
        return touches;
    }

    /** The update. */
    UpdateTask[] tasks(StepUpdates updates) {
        if (tasks == null) {
            tasks = updates.tasks(all);
        }
        return tasks;
    }
}
