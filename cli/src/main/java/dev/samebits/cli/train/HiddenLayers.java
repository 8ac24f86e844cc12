package dev.samebits.cli.train;

/** The hidden layers that are taken where none are given. */
final class HiddenLayers {
    private static final int MANY_ROWS = 20_000;

    private HiddenLayers() {}

    /** One for a table of usual size, two where there are rows enough to teach both. */
    static int[] of(int rows) {
        return rows < MANY_ROWS ? new int[] {128} : new int[] {128, 64};
    }
}
