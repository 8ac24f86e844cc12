package dev.samebits.simd;

import dev.samebits.Output;
import dev.samebits.session.Pool;
import dev.samebits.session.WorkerTeam;

/**
 * From input rows to output rows through packed layers. A large batch is cut into blocks of rows, each of which goes through all
 * layers while it is in cache; threads share the blocks. A batch too small to be cut goes through the layers as one block, and
 * threads share the neurons of each layer. Thread-safe; after the first calls nothing is allocated.
 */
final class ForwardPass {
    // Rows of a block: the more, the less often the weights are read. Its activations may take this share of the weights' memory.
    private static final int FEWEST_BLOCK_ROWS = 2 * Tiles.WHOLE_ROWS;
    private static final int MOST_BLOCK_ROWS = 4 * Tiles.WHOLE_ROWS;
    private static final double BLOCK_SHARE = 0.15;
    // Fewer rows than this for each thread, and sharing neurons reads the weights less often.
    private static final int FEW_ROWS = Tiles.ROWS;
    // So that a thread that is held up does not hold up all.
    private static final int PARTS_PER_THREAD = 4;
    // Multiply-adds of a layer below which threads are not worth their hand-over.
    private static final long WORTH_SHARING = 50_000;

    private final PackedLayer[] layers;
    private final Output output;
    private final WorkerTeam team;
    private final long work;
    private final int blockRows;
    private final Pool<Buffers> buffers;
    private final Pool<Call> calls = new Pool<>(64, () -> new Call(this));

    ForwardPass(PackedLayer[] layers, Output output, WorkerTeam team) {
        this.layers = layers;
        this.output = output;
        this.team = team;
        // Layers use the two buffers in turn: each is as wide as the widest of its layers.
        int[] widest = new int[2];
        int mostPieces = 0;
        long multiplyAdds = 0;
        for (int l = 0; l < layers.length; l++) {
            PackedLayer layer = layers[l];
            widest[l % 2] = Math.max(widest[l % 2], layer.aRow);
            mostPieces = Math.max(mostPieces, layer.pieces > 1 ? layer.zRow : 0);
            multiplyAdds += layer.work();
        }
        // Log-softmax puts a row of exponentials into the one that the last layer leaves free.
        widest[layers.length % 2] = Math.max(widest[layers.length % 2], layers[layers.length - 1].aRow);
        work = multiplyAdds;
        int inputs = Strides.isCrowded(layers[0].inputs) ? Strides.of(layers[0].inputs) : 0;
        long row = (long) widest[0] + (layers.length == 1 ? 0 : widest[1]) + mostPieces + inputs;
        blockRows = blockRows((long) (work * BLOCK_SHARE / team.threads() / row));
        int even = Math.multiplyExact(blockRows, widest[0]);
        int odd = layers.length == 1 ? widest[1] : Math.multiplyExact(blockRows, widest[1]);
        int pieces = Math.multiplyExact(blockRows, mostPieces);
        int input = Math.multiplyExact(blockRows, inputs);
        buffers = new Pool<>(64, () -> new Buffers(even, odd, pieces, input));
    }

    private static int blockRows(long affordable) {
        long whole = affordable / Tiles.WHOLE_ROWS * Tiles.WHOLE_ROWS;
        return (int) Math.max(FEWEST_BLOCK_ROWS, Math.min(whole, MOST_BLOCK_ROWS));
    }

    /** Work space of one block: two layers' activations, the pieces of maxout, and the input where its rows crowd the cache. */
    static final class Buffers {
        final float[][] activations;
        final float[] pieces;
        final float[] input;
        final float[] partial = new float[VSoftmax.PAD];

        Buffers(int evenLength, int oddLength, int piecesLength, int inputLength) {
            activations = new float[][] {new float[evenLength], new float[oddLength]};
            pieces = new float[piecesLength];
            input = new float[inputLength];
        }
    }

    /** Predicts at least one row. */
    void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        int threads = team.threads();
        Call call = calls.take();
        call.rows(x, xOffset, xStride, rows, y, yOffset, yStride);
        if (threads == 1 || work * rows < WORTH_SHARING) {
            call.shareRows(rows);
            call.run(0);
        } else if (rows < Math.min(threads * FEW_ROWS, blockRows)) {
            Buffers buffer = buffers.take();
            call.shareNeurons(buffer);
            buffers.giveBack(buffer);
        } else {
            // The same number of parts for each thread, a few where there are many blocks.
            int parts = Math.min(quotientUp(blocks(rows), threads), PARTS_PER_THREAD) * threads;
            int partRows = rowsOf(rows, parts);
            call.shareRows(partRows);
            team.run(call, quotientUp(rows, partRows));
        }
        call.done();
        calls.giveBack(call);
    }

    /** The fewest blocks that hold so many rows. */
    int blocks(int rows) {
        return quotientUp(rows, blockRows);
    }

    /** Rows of each of some parts: about as many, and whole tiles, so that not every part ends in a broken one. */
    static int rowsOf(int rows, int parts) {
        return quotientUp(quotientUp(rows, parts), Tiles.ROWS) * Tiles.ROWS;
    }

    // The sum may exceed an int.
    private static int quotientUp(int dividend, int divisor) {
        return (int) (((long) dividend + divisor - 1) / divisor);
    }

    int threads() {
        return team.threads();
    }

    Output output() {
        return output;
    }

    PackedLayer[] layers() {
        return layers;
    }

    Pool<Buffers> buffers() {
        return buffers;
    }

    /** Runs one phase of a small batch: on the team if the layer is worth it. */
    void share(Call call, int parts, long multiplyAdds) {
        if (multiplyAdds < WORTH_SHARING) {
            WorkerTeam.runAlone(call, parts);
        } else {
            team.run(call, parts);
        }
    }
}
