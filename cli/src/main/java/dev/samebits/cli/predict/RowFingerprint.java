package dev.samebits.cli.predict;

import dev.samebits.Matrix;
import dev.samebits.ScoreFingerprint;
import dev.samebits.cli.data.Block;
import java.util.Arrays;

/**
 * The fingerprint of the rows that are predicted: of each its id and the network's outputs, whatever is written of them. The
 * id is the text of the one column that is passed through, else the number of the row: rows are counted from 0, bad ones
 * too, a header and empty lines not. {@link #keep} is for any thread, {@link #add} for the one that writes.
 */
final class RowFingerprint {
    private final ScoreFingerprint sum = new ScoreFingerprint();
    private final boolean named;
    private long records;
    private byte[] id = {};

    /**
     * Of no rows yet.
     *
     * @param named whether a column is passed through, rather than rows go by their numbers
     */
    RowFingerprint(boolean named) {
        this.named = named;
    }

    /** Notes the outputs of a block's rows for later, since their numbers are known when those of all blocks before are. */
    static void keep(Block block, Matrix y) {
        int count = Math.multiplyExact(y.rows(), y.columns());
        if (block.outputs.length < count) {
            block.outputs = new float[count];
        }
        System.arraycopy(y.data(), 0, block.outputs, 0, count);
    }

    /** Adds the rows of the next block, of so many outputs each. */
    void add(Block block, int outputs) {
        int record = -1;
        for (int n = 0; n < block.rows + block.leftOut.cardinality(); n++) {
            if (block.leftOut.get(n)) {
                continue;
            }
            record = block.badRecords.nextClearBit(record + 1);
            if (named) {
                int length = id(block, n);
                sum.add(id, 0, length, block.outputs, n * outputs, outputs);
            } else {
                sum.add(records + record, block.outputs, n * outputs, outputs);
            }
        }
        records += block.rows + block.badRecords.cardinality();
    }

    // The text of a field as it is written, with a comma behind it: without the quotes. Gives its length.
    private int id(Block block, int row) {
        byte[] bytes = block.ids.bytes();
        int from = row == 0 ? 0 : block.idEnds[row - 1];
        int to = block.idEnds[row] - 1;
        boolean quoted = to > from && bytes[from] == '"';
        if (quoted) {
            from++;
            to--;
        }
        if (id.length < to - from) {
            id = Arrays.copyOf(id, 2 * (to - from));
        }
        int length = 0;
        for (int p = from; p < to; p++) {
            id[length++] = bytes[p];
            // Two quotes stand for one.
            p += quoted && bytes[p] == '"' ? 1 : 0;
        }
        return length;
    }

    ScoreFingerprint sum() {
        return sum;
    }
}
