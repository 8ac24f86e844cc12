package dev.samebits.spi;

import dev.samebits.IntegerLayer;
import dev.samebits.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * An integer layer's inputs, cut so that float sums over a part are exact: the products of whole numbers and all
 * their partial sums are whole numbers of at most 2²⁴, which a float holds, so that {@code fma} has nothing to round,
 * in whatever order. The tuned products of floats so compute integers; few layers of less than a thousand inputs need
 * a second part. Immutable.
 */
final class IntegerParts {
    private static final long EXACT = 1L << 24;

    private final IntegerLayer layer;
    // Where each part begins, and behind them where the last ends.
    private final List<Integer> starts;

    private IntegerParts(IntegerLayer layer, List<Integer> starts) {
        this.layer = layer;
        this.starts = starts;
    }

    static IntegerParts of(IntegerLayer layer) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int from = 0; from < layer.inputs();) {
            from = end(layer, from);
            starts.add(from);
        }
        return new IntegerParts(layer, List.copyOf(starts));
    }

    // The largest part of all outputs: as far as the one goes that goes least far.
    private static int end(IntegerLayer layer, int from) {
        int end = layer.inputs();
        for (int i = 0; i < layer.outputs(); i++) {
            long sum = 0;
            for (int j = from; j < end; j++) {
                sum += (long) layer.reach() * Math.abs(layer.weight(i, j));
                end = sum > EXACT ? j : end;
            }
        }
        return end;
    }

    /**
     * Columns of work space: the whole numbers of the input, the scale of the row, and the sums of all parts, which
     * are where the value is if there is one part only.
     */
    static int scratch(IntegerLayer layer) {
        int count = of(layer).count();
        return Math.addExact(layer.inputs() + 1, count == 1 ? 0 : Math.multiplyExact(count, layer.outputs()));
    }

    int count() {
        return starts.size() - 1;
    }

    int from(int part) {
        return starts.get(part);
    }

    /** {@code [outputs × inputs of the part]}. */
    Matrix weights(int part) {
        int from = from(part);
        Matrix w = Matrix.zeros(layer.outputs(), from(part + 1) - from);
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                w.set(i, j, layer.weight(i, from + j));
            }
        }
        return w;
    }
}
