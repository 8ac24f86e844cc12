package dev.samebits;

/**
 * The parameters of a network while they are learned on one backend: forward, back-propagation and update, equations 4.45 to
 * 4.69. Holds its own copy of the parameters. Not thread-safe: one caller at a time.
 *
 * @since 0.1.0
 */
public interface TrainingSession extends AutoCloseable {
    /**
     * One step of the session's {@link #optimizer} on a mini-batch of N samples. Plain descent (equations 4.45 to 4.48)
     * takes {@code W ← W − α((1/N) Σ ∂L/∂W + λW)}, {@code b ← b − α (1/N) Σ ∂L/∂b}, and PReLU slopes like b.
     *
     * @param x {@code [N × inputs]}, at least one row
     * @param targets {@code [N × outputs]}
     * @param learningRate α
     * @param weightDecay λ
     * @return the mean loss of the samples before the update, summed in double in row order
     * @throws IllegalArgumentException if the shapes do not fit; then nothing has changed
     * @throws IllegalStateException if the session is closed
     */
    double step(Matrix x, Matrix targets, float learningRate, float weightDecay);

    /**
     * The network's output with the present parameters; see {@link InferenceSession#predict(Matrix, Matrix)}.
     *
     * @param x {@code [rows × inputs]}; zero rows are allowed
     * @param y {@code [rows × outputs]}, overwritten; may not overlap x
     * @throws IllegalArgumentException if the shapes do not fit or y overlaps x; then y is untouched
     * @throws IllegalStateException if the session is closed
     */
    void predict(Matrix x, Matrix y);

    /** {@return a copy of the present parameters as a network, with the names of the one that training started from} */
    Network network();

    /** {@return what is made small; of several losses, the first} */
    Loss loss();

    /** {@return which outputs have which losses} */
    Objective objective();

    /** {@return how it is made small} */
    Optimizer optimizer();

    /** {@return the backend that computes} */
    Backend backend();

    /** {@return the threads that a step uses at most, the caller's among them} */
    int threads();

    /** Stops the session's own threads. A second call does nothing. */
    @Override
    void close();
}
