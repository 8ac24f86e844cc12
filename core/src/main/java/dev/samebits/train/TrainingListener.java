package dev.samebits.train;

/**
 * Told of progress, on the thread that trains. Implement what you need; an exception thrown here ends the training.
 *
 * @since 0.1.0
 */
public interface TrainingListener {
    /**
     * After every mini-batch.
     *
     * @param epoch from 1
     * @param samples samples of this epoch visited so far
     * @param of samples in an epoch
     */
    default void batch(int epoch, int samples, int of) {}

    /**
     * After every epoch.
     *
     * @param epoch what it gave
     */
    default void epoch(Epoch epoch) {}
}
