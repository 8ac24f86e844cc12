package dev.samebits.train;

/** Told of progress, on the thread that trains. Implement what you need; an exception thrown here ends the training. */
public interface TrainingListener {
    /**
     * After every mini-batch.
     *
     * @param epoch from 1
     * @param samples samples of this epoch visited so far
     * @param of samples in an epoch
     */
    default void batch(int epoch, int samples, int of) {}

    /** After every epoch. */
    default void epoch(Epoch epoch) {}
}
