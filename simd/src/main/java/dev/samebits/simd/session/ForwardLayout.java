package dev.samebits.simd.session;

import dev.samebits.Output;
import dev.samebits.parallel.Parts;
import dev.samebits.simd.tile.CacheStrides;
import dev.samebits.simd.tile.RowLayout;
import dev.samebits.simd.tile.Tiles;

/**
 * How a block of rows lies in memory on its way through a network, and how many rows it has: the more, the less often the
 * weights are read, as long as its activations stay in cache. Fixed when the network is opened.
 */
final class ForwardLayout {
    // The activations of a block may take this share of the weights' memory, in strips, which are for large networks,
    // somewhat more.
    private static final double BLOCK_SHARE = 0.15;
    private static final double STRIP_SHARE = 0.195;
    private static final int FEWEST_BLOCK_ROWS = 2 * Tiles.WHOLE_ROWS;
    // The more where there are few registers: a tile is short, and the first one of a panel waits for its weights.
    private static final int MOST_BLOCK_ROWS = (Tiles.AVX512 ? 4 : 10) * Tiles.WHOLE_ROWS;

    final PackedLayer[] layers;
    final Output output;
    /** Multiply-adds for one row. */
    final long work;
    /** Rows of a block. */
    final int blockRows;
    /** How rows of the input lie once they are copied, or null if they are read where the caller has them. */
    final RowLayout input;
    /** How rows of every layer's output lie. */
    final RowLayout[] outputs;
    /** Floats for each row of a block: of two buffers that layers use in turn, and of the pieces of maxout. */
    final int[] activationFloats = new int[2];
    final int pieceFloats;

    /** The better one of two layouts for that many threads. */
    static ForwardLayout of(PackedLayer[] layers, Output output, int threads) {
        ForwardLayout strips = new ForwardLayout(layers, output, threads, true);
        if (!Tiles.AVX512) {
            return strips;
        }
        ForwardLayout dense = new ForwardLayout(layers, output, threads, false);
        // Strips have gaps: they pay where blocks need not be much smaller for them.
        return 4 * strips.blockRows >= 3 * dense.blockRows ? strips : dense;
    }

    private ForwardLayout(PackedLayer[] layers, Output output, int threads, boolean strips) {
        this.layers = layers;
        this.output = output;
        input = input(strips);
        outputs = new RowLayout[layers.length];
        // The first layer to read a buffer finds its input there.
        activationFloats[1] = input == null ? 0 : input.length();
        int pieces = 0;
        long multiplyAdds = 0;
        for (int l = 0; l < layers.length; l++) {
            outputs[l] = output(l, strips);
            activationFloats[l % 2] = Math.max(activationFloats[l % 2], outputs[l].length());
            pieces = Math.max(pieces, layers[l].pieces > 1 ? layers[l].zStride : 0);
            multiplyAdds += layers[l].work();
        }
        int spare = layers.length % 2;
        // Log-softmax puts a row of exponentials into the buffer that the last layer leaves free.
        activationFloats[spare] = Math.max(activationFloats[spare], last().aStride);
        pieceFloats = pieces;
        work = multiplyAdds;
        int rows = affordable(strips ? STRIP_SHARE : BLOCK_SHARE, threads);
        blockRows = strips && Tiles.AVX512 ? rows : Math.max(FEWEST_BLOCK_ROWS, rows);
    }

    private RowLayout input(boolean strips) {
        int inputs = layers[0].inputs;
        if (strips) {
            return RowLayout.strips(inputs, 1);
        }
        return CacheStrides.isCrowded(inputs) ? RowLayout.dense(CacheStrides.of(inputs)) : null;
    }

    private RowLayout output(int l, boolean strips) {
        PackedLayer layer = layers[l];
        // Maxout reads and writes whole rows, and so does softmax.
        boolean whole = layer.pieces > 1
                || l == layers.length - 1 && output != Output.IDENTITY && layer.panels.padded() > RowLayout.STRIP_STRIDE;
        return strips && !whole
                ? RowLayout.strips(layer.panels.padded(), layer.panels.fullWidth())
                : RowLayout.dense(layer.aStride);
    }

    // Rows of a block whose work space takes this share of the weights' memory, with blocks of all threads.
    private int affordable(double share, int threads) {
        long floats = (long) activationFloats[0] + activationFloats[1] + pieceFloats;
        long rows = (long) (work * share / threads / floats);
        return (int) Math.min(rows / Tiles.WHOLE_ROWS * Tiles.WHOLE_ROWS, MOST_BLOCK_ROWS);
    }

    PackedLayer last() {
        return layers[layers.length - 1];
    }

    /** The fewest blocks that hold so many rows. */
    int blocks(int rows) {
        return Parts.quotientUp(rows, blockRows);
    }

    /** Whether the last layer's activations are what the caller wants, as they come. */
    boolean isDirect() {
        return output == Output.IDENTITY && last().pieces == 1 && !last().spec.isPrelu();
    }

    /**
     * Whether layer l's activations of so many rows lie side by side: the last one's single number for each of enough rows.
     */
    boolean isColumn(int l, int count) {
        return l == layers.length - 1 && output == Output.IDENTITY && last().isColumn() && count >= Tiles.ROWS;
    }
}
