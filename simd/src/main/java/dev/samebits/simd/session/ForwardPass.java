package dev.samebits.simd.session;

import dev.samebits.Output;
import dev.samebits.parallel.Pool;
import dev.samebits.parallel.RowPools;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.Rows;
import dev.samebits.simd.tile.Strides;
import dev.samebits.simd.tile.Strips;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.simd.vector.VSoftmax;

/**
 * From input rows to output rows through packed layers. A large batch is cut into blocks of rows, each of which goes through all
 * layers while it is in cache; threads share the blocks. A batch too small to be cut goes through the layers as one block, and
 * threads share the neurons of each layer. Thread-safe; after the first calls nothing is allocated.
 */
final class ForwardPass {
    // Rows of a block: the more, the less often the weights are read. Its activations may take this share of the weights' memory,
    // in strips, which are for large networks, somewhat more.
    private static final int FEWEST_BLOCK_ROWS = 2 * Tiles.WHOLE_ROWS;
    private static final int MOST_BLOCK_ROWS = 4 * Tiles.WHOLE_ROWS;
    private static final double BLOCK_SHARE = 0.15;
    private static final double STRIP_SHARE = 0.195;
    // Fewer rows than this for each thread, and sharing neurons, which reads the weights less often, is worth its hand-overs: the
    // first for weights that the processor's caches hold, 8 MiB, the second for more.
    private static final int FEW_ROWS = Tiles.FEW_ROWS;
    private static final int FEW_ROWS_LARGE = Tiles.ROWS;
    private static final int LARGE = 1 << 21;
    // So that a thread that is held up does not hold up all.
    private static final int PARTS_PER_THREAD = 4;
    // Multiply-adds of a layer below which threads are not worth their hand-over.
    private static final long WORTH_SHARING = 50_000;

    private final PackedLayer[] layers;
    private final Output output;
    private final WorkerTeam team;
    private final long work;
    private final int blockRows;
    // How rows lie: of the input, once it is copied, or null if it is read where the caller has it; of every layer's output.
    private final Strips input;
    private final Strips[] outputs;
    private final RowPools<Buffers> buffers;
    private final Pool<Call> calls = new Pool<>(64, () -> new Call(this));

    ForwardPass(PackedLayer[] layers, Output output, WorkerTeam team) {
        this.layers = layers;
        this.output = output;
        this.team = team;
        long multiplyAdds = 0;
        for (PackedLayer layer : layers) {
            multiplyAdds += layer.work();
        }
        work = multiplyAdds;
        Lengths dense = new Lengths(layers, strips(layers, output, false), inputStrips(layers[0], false));
        Lengths apart = new Lengths(layers, strips(layers, output, true), inputStrips(layers[0], true));
        int denseRows = Math.max(FEWEST_BLOCK_ROWS, affordable(BLOCK_SHARE, dense));
        int stripRows = affordable(STRIP_SHARE, apart);
        // Strips have gaps: they pay where blocks need not be much smaller for them.
        boolean strips = Tiles.MANY_REGISTERS && 4 * stripRows >= 3 * denseRows;
        input = inputStrips(layers[0], strips);
        outputs = strips(layers, output, strips);
        blockRows = strips ? stripRows : denseRows;
        Lengths lengths = strips ? apart : dense;
        buffers = new RowPools<>(blockRows, team.threads(), rows -> new Buffers(lengths, rows));
    }

    private static Strips inputStrips(PackedLayer first, boolean strips) {
        if (strips) {
            return Strips.apart(first.inputs, 1);
        }
        return Strides.isCrowded(first.inputs) ? Strips.dense(Strides.of(first.inputs)) : null;
    }

    // Maxout reads and writes whole rows, and so does softmax.
    private static Strips[] strips(PackedLayer[] layers, Output output, boolean apart) {
        Strips[] strips = new Strips[layers.length];
        for (int l = 0; l < layers.length; l++) {
            PackedLayer layer = layers[l];
            boolean whole = layer.pieces > 1
                    || l == layers.length - 1 && output != Output.IDENTITY && layer.panels.padded() > Strips.ROW;
            strips[l] = apart && !whole
                    ? Strips.apart(layer.panels.padded(), Panels.FULL * Lanes.N)
                    : Strips.dense(layer.aRow);
        }
        return strips;
    }

    // Rows of a block whose work space takes this share of the weights' memory, with blocks of all threads.
    private int affordable(double share, Lengths row) {
        long rows = (long) (work * share / team.threads() / row.sum());
        return (int) Math.min(rows / Tiles.WHOLE_ROWS * Tiles.WHOLE_ROWS, MOST_BLOCK_ROWS);
    }

    /** Floats for each row of a block. */
    private static final class Lengths {
        final int[] activations = new int[2];
        final int pieces;

        Lengths(PackedLayer[] layers, Strips[] outputs, Strips input) {
            // Layers use the two buffers in turn; the first to read one finds its input there.
            activations[1] = input == null ? 0 : input.length();
            int widest = 0;
            for (int l = 0; l < layers.length; l++) {
                activations[l % 2] = Math.max(activations[l % 2], outputs[l].length());
                widest = Math.max(widest, layers[l].pieces > 1 ? layers[l].zRow : 0);
            }
            // Log-softmax puts a row of exponentials into the one that the last layer leaves free.
            activations[layers.length % 2] = Math.max(activations[layers.length % 2], layers[layers.length - 1].aRow);
            pieces = widest;
        }

        long sum() {
            return (long) activations[0] + activations[1] + pieces;
        }
    }

    /** Work space of a block of rows, or of fewer: two layers' activations, and the pieces of maxout. */
    static final class Buffers {
        final float[][] activations = new float[2][];
        final float[] pieces;
        final float[] partial = new float[VSoftmax.PAD];
        /** Where the input, the layers' activations, the pieces and the caller's output lie. */
        final Rows input = new Rows();
        final Rows[] rows = {new Rows(), new Rows()};
        final Rows pieceRows = new Rows();
        final Rows output = new Rows();

        private Buffers(Lengths row, int rows) {
            for (int i = 0; i < 2; i++) {
                activations[i] = new float[Math.multiplyExact(rows, row.activations[i])];
            }
            pieces = new float[Math.multiplyExact(rows, row.pieces)];
        }

        /** Lets go of the caller's arrays. */
        void forget() {
            input.data = null;
            output.data = null;
        }
    }

    /** Predicts at least one row. */
    void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        int threads = team.threads();
        Call call = calls.take();
        call.rows(x, xOffset, xStride, rows, y, yOffset, yStride);
        if (threads == 1 || work * rows < WORTH_SHARING) {
            call.shareRows(1);
            call.run(0);
        } else if (rows < Math.min(threads * (work > LARGE ? FEW_ROWS_LARGE : FEW_ROWS), blockRows)) {
            Buffers buffer = take(rows);
            call.shareNeurons(buffer);
            giveBack(buffer, rows);
        } else {
            // The same number of parts for each thread, a few where there are many blocks.
            int parts = Math.min(Tiles.quotientUp(blocks(rows), threads), PARTS_PER_THREAD) * threads;
            call.shareRows(parts);
            team.run(call, parts);
        }
        call.done();
        calls.giveBack(call);
    }

    /** The fewest blocks that hold so many rows. */
    int blocks(int rows) {
        return Tiles.quotientUp(rows, blockRows);
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

    /** Whether the last layer's activations are what the caller wants, as they come. */
    boolean isDirect() {
        PackedLayer last = layers[layers.length - 1];
        return output == Output.IDENTITY && last.pieces == 1 && !last.isPrelu();
    }

    /** Whether the last layer's activations of so many rows lie side by side: one number for each row, and enough of them. */
    boolean isColumn(int count) {
        return output == Output.IDENTITY && layers[layers.length - 1].isColumn() && count >= Tiles.ROWS;
    }

    /** How rows of the input lie once they are copied, or null if they are read where they are. */
    Strips input() {
        return input;
    }

    /** How rows of layer l's output lie. */
    Strips output(int l) {
        return outputs[l];
    }

    /** Work space for so many rows, or for a block if there are more. */
    Buffers take(int rows) {
        return buffers.take(Math.min(rows, blockRows));
    }

    /** Gives back what was taken for so many rows. */
    void giveBack(Buffers buffer, int rows) {
        buffers.giveBack(buffer, Math.min(rows, blockRows));
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
