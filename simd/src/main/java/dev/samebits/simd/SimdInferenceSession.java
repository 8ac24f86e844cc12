package dev.samebits.simd;

import dev.samebits.Backend;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.session.AbstractInferenceSession;
import dev.samebits.session.Parts;
import dev.samebits.session.Pool;
import dev.samebits.session.WorkerTeam;

/**
 * Inference with packed weights: blocks of rows, each through all layers while it is in cache; threads share the blocks. After
 * the first calls nothing is allocated.
 */
final class SimdInferenceSession extends AbstractInferenceSession {
    // A multiple of a tile's rows; a block's activations stay in the second-level cache up to layers of some thousand neurons.
    private static final int BLOCK_ROWS = 12 * Tiles.ROWS;

    private final PackedLayer[] layers;
    private final Pool<Buffers> buffers;
    private final Pool<Call> calls = new Pool<>(64, Call::new);

    SimdInferenceSession(Backend backend, Network network, SessionOptions options) {
        super(backend, network, options);
        layers = new PackedLayer[network.layers().size()];
        int widest = 0;
        for (int l = 0; l < layers.length; l++) {
            Layer layer = network.layers().get(l);
            layers[l] = new PackedLayer(layer);
            widest = Math.max(widest, layers[l].width);
        }
        int length = Math.multiplyExact(BLOCK_ROWS, widest);
        boolean maxout = network.layers().stream().anyMatch(layer -> layer.pieces() > 1);
        buffers = new Pool<>(64, () -> new Buffers(length, maxout));
    }

    /** Work space of one block: two layers' activations, and one more for the pieces of maxout. */
    private static final class Buffers {
        final float[][] activations;
        final float[] pieces;
        final float[] partial = new float[VSoftmax.PAD];

        Buffers(int length, boolean maxout) {
            activations = new float[2][length];
            pieces = new float[maxout ? length : 0];
        }
    }

    /** One caller's batch, as work for the team. Reused, since a lambda would be allocated at every call. */
    private final class Call implements WorkerTeam.Work {
        private float[] x;
        private int xAt;
        private int xRow;
        private float[] y;
        private int yAt;
        private int yRow;
        private int rows;
        private int partRows;

        @Override
        public void run(int part) {
            Buffers buffer = buffers.take();
            int end = Math.min(rows, (part + 1) * partRows);
            for (int from = part * partRows; from < end; from += BLOCK_ROWS) {
                block(Math.min(BLOCK_ROWS, end - from), x, xAt + from * xRow, xRow, y, yAt + from * yRow, yRow, buffer);
            }
            buffers.giveBack(buffer);
        }
    }

    @Override
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride) {
        Call call = calls.take();
        call.x = x;
        call.xAt = xOffset;
        call.xRow = xStride;
        call.y = y;
        call.yAt = yOffset;
        call.yRow = yStride;
        call.rows = rows;
        call.partRows = Parts.rowsPerPart(rows, BLOCK_ROWS, team.threads());
        team.run(call, (rows + call.partRows - 1) / call.partRows);
        call.x = null;
        call.y = null;
        calls.giveBack(call);
    }

    private void block(int count, float[] x, int xAt, int xRow, float[] y, int yAt, int yRow, Buffers buffer) {
        float[] a = x;
        int aAt = xAt;
        int aRow = xRow;
        for (int l = 0; l < layers.length; l++) {
            PackedLayer layer = layers[l];
            float[] out = buffer.activations[l % 2];
            if (layer.pieces > 1) {
                layer.forward(count, a, aAt, aRow, buffer.pieces);
                aRow = VSoftmax.padded(layer.outputs);
                layer.maxout(count, buffer.pieces, out, aRow);
            } else {
                layer.forward(count, a, aAt, aRow, out);
                aRow = layer.width;
            }
            a = out;
            aAt = 0;
        }
        int outputs = network().outputs();
        float[] spare = buffer.activations[layers.length % 2];
        for (int n = 0; n < count; n++) {
            switch (network().output()) {
                case IDENTITY -> { }
                case SOFTMAX -> VSoftmax.softmax(a, n * aRow, outputs, buffer.partial);
                case LOG_SOFTMAX -> VSoftmax.logSoftmax(a, n * aRow, outputs, spare, 0, buffer.partial);
            }
            System.arraycopy(a, n * aRow, y, yAt + n * yRow, outputs);
        }
    }
}
