package dev.samebits.cli.train;

/** The hidden layers that are taken where none are given. */
final class HiddenLayers {
    private static final int FEW_ROWS = 2_000;
    private static final int MANY_ROWS = 20_000;

    private HiddenLayers() {}

    /** Wider with more rows, which can teach more weights. */
    static int[] of(int rows, int inputs, int outputs) {
        return rows < FEW_ROWS ? new int[] {64} : rows < MANY_ROWS ? new int[] {128} : new int[] {128, 64};
    }
}
