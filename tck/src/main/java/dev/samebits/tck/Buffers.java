package dev.samebits.tck;

import dev.samebits.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Assertions;

/**
 * The arguments of one kernel call, laid out to catch what a wrong kernel does to memory. Matrices are views with an offset
 * and a stride, in larger arrays; outputs are filled with a NaN of their own kind (the poison), and around them and between
 * their rows lie NaNs of another kind (the canaries). {@link #verify} finds inputs that were written, canaries that were,
 * and outputs that were not.
 */
final class Buffers {
    static final int CANARY = 0x7FCA4A21;
    static final int POISON = 0x7FDEAD01;
    private static final int MARGIN = 19;
    private static final int[] OFFSETS = {0, 1, 3, 8, 13};
    private static final int[] GAPS = {0, 1, 0, 5, 16};

    private final String what;
    private final Values values;
    private int layout;
    private long seed;
    private final List<Runnable> checks = new ArrayList<>();

    /**
     * @param what kernel, shape and seed, for messages
     * @param layout names offset and stride; successive numbers give successive layouts
     */
    Buffers(String what, Values values, long seed, int layout) {
        this.what = what;
        this.values = values;
        this.seed = seed;
        this.layout = layout;
    }

    /** Random values that the call may read, not write. */
    Matrix input(String name, int rows, int columns) {
        Matrix m = surrounded(rows, columns);
        fill(m);
        float[] before = m.data().clone();
        checks.add(() -> unchanged(name, m.data(), before));
        return m;
    }

    /** Random values that the call may read, not write. */
    float[] input(String name, int length) {
        float[] a = values.array(length, seed++);
        float[] before = a.clone();
        checks.add(() -> unchanged(name, a, before));
        return a;
    }

    /** Poison that the call must overwrite, every element of it. */
    Matrix output(String name, int rows, int columns) {
        Matrix m = surrounded(rows, columns);
        each(m, index -> m.data()[index] = Float.intBitsToFloat(POISON));
        checks.add(() -> each(m, index -> written(name, m.data(), index)));
        guard(name, m);
        return m;
    }

    /** Poison that the call must overwrite, every element of it. */
    float[] output(String name, int length) {
        float[] a = new float[length];
        Arrays.fill(a, Float.intBitsToFloat(POISON));
        checks.add(() -> {
            for (int i = 0; i < length; i++) {
                written(name, a, i);
            }
        });
        return a;
    }

    /** Random values that the call changes, with canaries around. */
    Matrix changed(String name, int rows, int columns) {
        Matrix m = surrounded(rows, columns);
        fill(m);
        guard(name, m);
        return m;
    }

    /** Random values that the call changes. */
    float[] changed(int length) {
        return values.array(length, seed++);
    }

    /** Fails if the call wrote what it must not, or left out what it must write. */
    void verify() {
        checks.forEach(Runnable::run);
    }

    private Matrix surrounded(int rows, int columns) {
        int offset = MARGIN + OFFSETS[layout % OFFSETS.length];
        int stride = columns + GAPS[layout % GAPS.length];
        layout++;
        float[] data = new float[offset + rows * stride + MARGIN];
        Arrays.fill(data, Float.intBitsToFloat(CANARY));
        return Matrix.view(data, offset, rows, columns, stride);
    }

    private void fill(Matrix m) {
        float[] random = values.array(m.rows() * m.columns(), seed++);
        for (int r = 0; r < m.rows(); r++) {
            System.arraycopy(random, r * m.columns(), m.data(), m.rowOffset(r), m.columns());
        }
    }

    private void guard(String name, Matrix m) {
        boolean[] mine = new boolean[m.data().length];
        each(m, index -> mine[index] = true);
        checks.add(() -> {
            for (int i = 0; i < mine.length; i++) {
                if (!mine[i] && Float.floatToRawIntBits(m.data()[i]) != CANARY) {
                    Assertions.fail(what + ": wrote " + Bits.show(m.data()[i]) + " outside " + name + ", which is " + m
                            + " at offset " + m.offset() + " with stride " + m.stride() + ": at index " + i);
                }
            }
        });
    }

    private void written(String name, float[] data, int index) {
        if (Float.floatToRawIntBits(data[index]) == POISON) {
            Assertions.fail(what + ": left an element of " + name + " unwritten: at index " + index + " of its array");
        }
    }

    private void unchanged(String name, float[] now, float[] before) {
        for (int i = 0; i < before.length; i++) {
            if (Float.floatToRawIntBits(now[i]) != Float.floatToRawIntBits(before[i])) {
                Assertions.fail(what + ": changed its input " + name + " at index " + i + " from " + Bits.show(before[i])
                        + " to " + Bits.show(now[i]));
            }
        }
    }

    private static void each(Matrix m, IntConsumer action) {
        for (int r = 0; r < m.rows(); r++) {
            for (int c = 0; c < m.columns(); c++) {
                action.accept(m.rowOffset(r) + c);
            }
        }
    }
}
