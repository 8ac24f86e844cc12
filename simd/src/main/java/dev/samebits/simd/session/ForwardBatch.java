package dev.samebits.simd.session;

import dev.samebits.parallel.Parts;
import dev.samebits.parallel.RowPools;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.tile.Tiles;

/**
 * One caller's batch on its way through a network, as work for the team: parts are blocks of rows, or panels of one layer's
 * neurons. Reused by later callers, since a lambda would be allocated at every call.
 */
final class ForwardBatch implements WorkerTeam.Work {
    // Fewer rows than this for each thread, and sharing neurons, which reads the weights less often, is worth its
    // hand-overs: the first for weights that the processor's caches hold, 8 MiB, the second for more.
    private static final int FEW_ROWS = Tiles.FEW_ROWS;
    private static final int FEW_ROWS_LARGE = Tiles.ROWS;
    private static final int LARGE = 1 << 21;
    // So that a thread that is held up does not hold up all.
    private static final int PARTS_PER_THREAD = 4;
    // Multiply-adds of a batch, or of a layer, below which threads are not worth their hand-over.
    private static final long WORTH_SHARING = 50_000;

    private final ForwardLayout layout;
    private final RowPools<ForwardBlock> blocks;
    private final WorkerTeam team;

    private int rows;
    private float[] x;
    private int xOffset;
    private int xStride;
    private float[] y;
    private int yOffset;
    private int yStride;
    // How many parts the rows have or, where there is a layer, its neurons.
    private int parts;
    // While neurons are shared: the layer, its input and its activations, which all parts use.
    private PackedLayer layer;
    private RowView in;
    private RowView out;

    ForwardBatch(ForwardLayout layout, RowPools<ForwardBlock> blocks, WorkerTeam team) {
        this.layout = layout;
        this.blocks = blocks;
        this.team = team;
    }

    /** Predicts at least one row. */
    void predict(int count, float[] inputs, int inputsOffset, int inputsStride, float[] outputs, int outputsOffset,
            int outputsStride) {
        rows = count;
        x = inputs;
        xOffset = inputsOffset;
        xStride = inputsStride;
        y = outputs;
        yOffset = outputsOffset;
        yStride = outputsStride;
        int threads = team.threads();
        if (threads == 1 || layout.work * rows < WORTH_SHARING) {
            parts = 1;
            run(0);
        } else if (rows < Math.min(threads * (layout.work > LARGE ? FEW_ROWS_LARGE : FEW_ROWS), layout.blockRows)) {
            shareNeurons();
        } else {
            // The same number of parts for each thread, a few where there are many blocks; but none without a row.
            parts = Math.min(Parts.quotientUp(layout.blocks(rows), threads), PARTS_PER_THREAD) * threads;
            parts = Math.min(parts, Parts.quotientUp(rows, Tiles.FEW_ROWS));
            team.run(this, parts);
        }
        x = null;
        y = null;
    }

    // The whole batch as one block, layer by layer, the panels of each layer shared by the team.
    private void shareNeurons() {
        ForwardBlock block = blocks.take(rows);
        in = block.read(rows, x, xOffset, xStride);
        for (int l = 0; l < layout.layers.length; l++) {
            layer = layout.layers[l];
            out = block.net(l, rows);
            parts = Math.min(layer.panels.count(), team.threads());
            if (layer.work() * rows < WORTH_SHARING) {
                WorkerTeam.runAlone(this, parts);
            } else {
                team.run(this, parts);
            }
            in = block.activations(l, rows, out);
        }
        block.write(rows, 0, in, y, yOffset, yStride);
        blocks.giveBack(block, rows);
        layer = null;
        in = null;
        out = null;
    }

    @Override
    public void run(int part) {
        if (layer == null) {
            predictPart(part);
            return;
        }
        int from = layer.panels.fromPart(part, parts);
        int to = layer.panels.fromPart(part + 1, parts);
        if (from < to) {
            layer.forward(from, to, rows, in, out, out);
        }
    }

    private void predictPart(int part) {
        int start = Tiles.fromRow(part, parts, rows);
        int count = Tiles.fromRow(part + 1, parts, rows) - start;
        // Blocks of about the same size: each reads all weights, however few its rows are.
        int wanted = layout.blocks(count);
        int room = Math.min(count, layout.blockRows);
        ForwardBlock block = blocks.take(room);
        for (int i = 0; i < wanted; i++) {
            int from = Tiles.fromRow(i, wanted, count);
            int row = start + from;
            block.predict(Tiles.fromRow(i + 1, wanted, count) - from, x, xOffset + row * xStride, xStride, y,
                    yOffset + row * yStride, yStride);
        }
        blocks.giveBack(block, room);
    }
}
