package dev.samebits.spi;

import dev.samebits.parallel.RowPools;
import java.nio.FloatBuffer;

/**
 * Predicts rows that lie in buffers: where they lie, in arrays; else in blocks, through work space that is kept for later
 * calls. Only the caller's thread touches the buffers, whose memory may be confined to it. Thread-safe.
 */
final class BufferRows {
    // Enough rows for a thread that a block's work outweighs its start, and that weights which fill the cache serve many.
    private static final int FLOATS_PER_THREAD = 1 << 18;
    private static final int LEAST_ROWS = 64;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final int inputs;
    private final int outputs;
    private final int blockRows;
    // Inputs, and behind them outputs.
    private final RowPools<float[]> spaces;

    BufferRows(int inputs, int outputs, int threads) {
        this.inputs = inputs;
        this.outputs = outputs;
        long width = (long) inputs + outputs;
        long wanted = Math.max(LEAST_ROWS, (long) FLOATS_PER_THREAD * threads / width);
        this.blockRows = (int) Math.max(1, Math.min(wanted, LONGEST_ARRAY / width));
        this.spaces = new RowPools<>(blockRows, threads, rows -> new float[Math.toIntExact(rows * width)]);
    }

    /** Predicts valid buffers of at least one row. */
    void predict(AbstractInferenceSession session, FloatBuffer x, FloatBuffer y, int rows) {
        if (x.hasArray() && y.hasArray()) {
            session.compute(x.array(), start(x), inputs, rows, y.array(), start(y), outputs);
            return;
        }
        int most = Math.min(blockRows, rows);
        float[] space = spaces.take(most);
        try {
            for (int from = 0; from < rows; from += most) {
                block(session, x, y, from, Math.min(most, rows - from), space);
            }
        } finally {
            spaces.giveBack(space, most);
        }
    }

    private void block(
            AbstractInferenceSession session, FloatBuffer x, FloatBuffer y, int from, int rows, float[] space) {
        boolean xInPlace = x.hasArray();
        boolean yInPlace = y.hasArray();
        if (!xInPlace) {
            x.get(x.position() + from * inputs, space, 0, rows * inputs);
        }
        session.compute(xInPlace ? x.array() : space, xInPlace ? start(x) + from * inputs : 0, inputs, rows,
                yInPlace ? y.array() : space, yInPlace ? start(y) + from * outputs : rows * inputs, outputs);
        if (!yInPlace) {
            y.put(y.position() + from * outputs, space, rows * inputs, rows * outputs);
        }
    }

    private static int start(FloatBuffer buffer) {
        return buffer.arrayOffset() + buffer.position();
    }
}
