package dev.samebits.spi;

/** How rows go through a network, block by block, on the calling thread. Thread-safe; allocates nothing once warm. */
interface RowBlocks {
    /** Rows that stay together. */
    int blockRows();

    /** Whether threads are worth their hand-over for so many rows. */
    boolean areWorthSharing(int rows);

    /** Predicts at least one row, with valid arguments, as {@link AbstractInferenceSession#compute} has them. */
    void predict(float[] x, int xOffset, int xStride, int rows, float[] y, int yOffset, int yStride);

    /** Frees what is held. */
    default void close() {}
}
