package dev.samebits.spi;

import dev.samebits.Matrix;
import java.util.List;

/**
 * Work space for a block of rows: the buffers of {@link PlaceFinder}, and the views of them that kernels take, for every
 * number of rows that was asked for so far. One caller at a time.
 */
final class StepSpace {
    private final List<Place> views;
    private final float[][] buffers;
    // By the rows they have; made at the first call for so many.
    private final Matrix[][] matrices;

    StepSpace(int capacity, int[] widths, List<Place> views) {
        this.views = views;
        this.buffers = new float[widths.length][];
        for (int b = 0; b < widths.length; b++) {
            buffers[b] = new float[Math.multiplyExact(capacity, widths[b])];
        }
        this.matrices = new Matrix[capacity + 1][];
    }

    float[] buffer(int number) {
        return buffers[number];
    }

    Matrix[] matrices(int rows) {
        Matrix[] known = matrices[rows];
        if (known == null) {
            known = new Matrix[views.size()];
            for (int i = 0; i < known.length; i++) {
                Place place = views.get(i);
                known[i] = Matrix.view(buffers[place.buffer()], place.from(), rows, place.width(), place.stride());
            }
            matrices[rows] = known;
        }
        return known;
    }
}
