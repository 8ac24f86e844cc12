package dev.samebits.cli.predict;

import dev.samebits.IdColumn;
import dev.samebits.Network;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.model.ColumnNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds rows with ids that a model's tables do not have, before they are predicted: a session refuses a whole batch for one
 * of them. Not thread-safe.
 */
final class IdCheck {
    /** What is wrong with a row, and how to mend it. */
    record Fault(String what, String mend) {}

    private final Network network;
    private final List<IdColumn> columns;
    private final Map<Integer, Fault> faults = new HashMap<>();

    IdCheck(Network network) {
        this.network = network;
        this.columns = network.idColumns();
    }

    /** Leaves out the rows of a block with such ids, x {@code [rows × inputs]}, and puts others in their place. */
    void check(Block block, float[] x) {
        faults.clear();
        for (IdColumn ids : columns) {
            for (int row = 0; row < block.rows; row++) {
                int at = row * network.inputs() + ids.position();
                if (!ids.has(x[at])) {
                    float id = x[at];
                    faults.computeIfAbsent(row, n -> new Fault(ColumnNames.input(network, ids.position()) + " is "
                            + (id == (long) id ? String.valueOf((long) id) : String.valueOf(id)) + ", an id that the"
                            + " model has no entry for", "give it a whole number from 0 to " + (ids.entries() - 1)));
                    block.leftOut.set(row);
                    x[at] = 0;
                }
            }
        }
    }

    /** Why a row was left out; null if that was not for its ids. */
    Fault fault(int row) {
        return faults.get(row);
    }
}
