package dev.samebits.simd.kernel;

import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.RowView;

/** Work space of one call; grows to what was needed most and is then reused. Not thread-safe: taken from a pool. */
final class Scratch {
    /** Where rows of an operand lie. */
    final RowView input = new RowView();

    private final Panels panels = new Panels();
    private float[] panel = new float[0];
    private float[] staging = new float[0];

    /** How this many columns are cut. Overwritten by the next call. */
    Panels panels(int columns) {
        panels.cut(columns);
        return panels;
    }

    /** Room for a packed panel. Contents are undefined. */
    float[] panel(int length) {
        if (panel.length < length) {
            panel = new float[length];
        }
        return panel;
    }

    /** Room for a part of a result whose rows are whole vectors. Contents are undefined. */
    float[] staging(long length) {
        if (staging.length < length) {
            staging = new float[Math.toIntExact(length)];
        }
        return staging;
    }
}
