package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.OptimizerStep;
import dev.samebits.arithmetic.Sums;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The table of an embedding, of which a step of training touches the entries that its batch names: only these are added up,
 * in the order of the rows and of the ids in each, and only these and their moments move. What a step costs does not depend
 * on the number of entries.
 */
final class LearnedTable {
    private static final int NONE = -1;
    // Entries that a kernel moves together.
    private static final int BLOCK = 32;

    private final LayerKernels kernels;
    private final Learned table;
    private final int width;
    // Of each entry the first place in the batch that names it, of each place the next one with the same entry.
    private final int[] first;
    private int[] next = new int[0];
    private int[] touched = new int[0];
    private int touchedCount;
    // Of each entry that is touched, the sum of its gradient's squares.
    private float[] squares = new float[0];
    private final Block[] blocks;

    /** For so many parts of an update. */
    LearnedTable(LayerKernels kernels, Learned table, int parts) {
        this.kernels = kernels;
        this.table = table;
        this.width = table.values().columns();
        this.first = new int[table.values().rows()];
        Arrays.fill(first, NONE);
        this.blocks = new Block[parts];
        for (int part = 0; part < parts; part++) {
            blocks[part] = new Block(table);
        }
    }

    /** Entries side by side, as a kernel takes them: a copy of what the table has. */
    private static final class Block {
        final Learned values;
        final Matrix gradient;
        // By the entries they have.
        final Learned[] some = new Learned[BLOCK + 1];
        final Matrix[] gradients = new Matrix[BLOCK + 1];

        Block(Learned table) {
            int width = table.values().columns();
            values = new Learned(Matrix.zeros(BLOCK, width), table.first() == null ? null : Matrix.zeros(BLOCK, width),
                    table.second() == null ? null : Matrix.zeros(BLOCK, width), table.decays());
            gradient = Matrix.zeros(BLOCK, width);
            for (int count = 1; count <= BLOCK; count++) {
                some[count] = values.rows(0, count);
                gradients[count] = gradient.rows(0, count);
            }
        }
    }

    /** Makes room for batches of so many ids. */
    void reserve(int ids) {
        next = new int[ids];
        touched = new int[ids];
        squares = new float[ids];
    }

    /** Finds the entries that a batch touches, before any part of the update: in the order in which it names them first. */
    void touch(Matrix ids) {
        int columns = ids.columns();
        // From the last to the first, so that every list ascends.
        for (int n = ids.rows() - 1; n >= 0; n--) {
            for (int k = columns - 1; k >= 0; k--) {
                int entry = (int) ids.data()[ids.rowOffset(n) + k];
                next[n * columns + k] = first[entry];
                first[entry] = n * columns + k;
            }
        }
        touchedCount = 0;
        for (int n = 0; n < ids.rows(); n++) {
            for (int k = 0; k < columns; k++) {
                int entry = (int) ids.data()[ids.rowOffset(n) + k];
                if (first[entry] == n * columns + k) {
                    touched[touchedCount++] = entry;
                }
            }
        }
    }

    private int from(int part) {
        return (int) ((long) touchedCount * part / blocks.length);
    }

    /** Adds up one part of the entries that are touched, for the squares of their gradients. */
    void square(float unit, int part, Matrix dy) {
        float[] sum = blocks[part].gradient.data();
        for (int i = from(part); i < from(part + 1); i++) {
            addUp(touched[i], dy, sum, 0);
            squares[i] = Sums.squares(unit, sum, 0, width);
        }
    }

    /** The sum of all these squares. */
    float squares() {
        return Sums.sum(squares, 0, 1, touchedCount);
    }

    /** Adds up and moves one part of the entries that are touched, and forgets that they are. */
    void update(OptimizerStep step, int part, Matrix dy) {
        int end = from(part + 1);
        for (int from = from(part); from < end; from += BLOCK) {
            update(step, blocks[part], from, Math.min(BLOCK, end - from), dy);
        }
    }

    private void update(OptimizerStep step, Block block, int from, int count, Matrix dy) {
        for (int i = 0; i < count; i++) {
            int entry = touched[from + i];
            addUp(entry, dy, block.gradient.data(), i * width);
            copy(table.values(), entry, block.values.values(), i);
            copy(table.first(), entry, block.values.first(), i);
            copy(table.second(), entry, block.values.second(), i);
        }
        block.some[count].optimize(kernels, step, block.gradients[count]);
        for (int i = 0; i < count; i++) {
            int entry = touched[from + i];
            first[entry] = NONE;
            copy(block.values.values(), i, table.values(), entry);
            copy(block.values.first(), i, table.first(), entry);
            copy(block.values.second(), i, table.second(), entry);
        }
    }

    private void addUp(int entry, Matrix dy, float[] sum, int offset) {
        Arrays.fill(sum, offset, offset + width, 0);
        int ids = dy.columns() / width;
        for (int place = first[entry]; place != NONE; place = next[place]) {
            add(dy.data(), dy.rowOffset(place / ids) + place % ids * width, sum, offset, width);
        }
    }

    private static void add(float[] x, int xOffset, float[] sum, int offset, int length) {
        for (int j = 0; j < length; j++) {
            sum[offset + j] += x[xOffset + j];
        }
    }

    private void copy(@Nullable Matrix from, int row, @Nullable Matrix to, int toRow) {
        if (from != null && to != null) {
            System.arraycopy(from.data(), row * width, to.data(), toRow * width, width);
        }
    }
}
