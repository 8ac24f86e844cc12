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
     * A step on samples that count differently. The loss of row n, and its gradient with respect to what the loss is taken
     * from (the last layer's net inputs or activations), are multiplied by the row's weight u; where {@code 1/N} is in a
     * {@link #step(Matrix, Matrix, float, float)}, 1 divided by the sum of the weights is here. So only their ratios count,
     * and with weights of 1 the bits are those of a step without. If all weights are 0, the gradient is 0.
     *
     * @param x {@code [N × inputs]}, at least one row
     * @param targets {@code [N × outputs]}
     * @param weights of the rows, the first N of the array; each is 0, or lies from 1e-20 to 1e20
     * @param learningRate α
     * @param weightDecay λ
     * @return the weighted mean Σ u loss / Σ u before the update, in double in row order, of float products; 0 if all
     *     weights are 0
     * @throws IllegalArgumentException if the shapes do not fit, a weight is out of its range, or the session has no weights
     *     of rows; then nothing has changed
     * @throws IllegalStateException if the session is closed
     */
    default double step(Matrix x, Matrix targets, float[] weights, float learningRate, float weightDecay) {
        throw new IllegalArgumentException("step: this session has no weights of rows: leave them out, or use"
                + " another backend");
    }

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

    /**
     * All that the session has learned and remembers: a session of the same network, losses and options, on any backend and
     * any threads, that is {@linkplain #restore given} it takes the same next steps, to the bit.
     *
     * @return a copy
     * @throws IllegalStateException if the session is closed
     * @throws UnsupportedOperationException if sessions of this backend have no such state
     */
    default TrainingState state() {
        throw new UnsupportedOperationException("state: sessions of the backend " + backend().name()
                + " cannot be saved: use another backend");
    }

    /**
     * Goes on from where another session was.
     *
     * @param state of a session of the same network, losses and options
     * @throws IllegalArgumentException if it is of another kind of session; then nothing has changed
     * @throws IllegalStateException if the session is closed
     * @throws UnsupportedOperationException if sessions of this backend have no such state
     */
    default void restore(TrainingState state) {
        throw new UnsupportedOperationException("restore: sessions of the backend " + backend().name()
                + " cannot be restored: use another backend");
    }

    /** {@return what is made small; of several losses, the first} */
    Loss loss();

    /** {@return which outputs have which losses} */
    Objective objective();

    /** {@return how it is made small} */
    Optimizer optimizer();

    /** {@return how it is made small, with all that there is besides the optimizer} */
    default TrainingOptions training() {
        return TrainingOptions.of(optimizer());
    }

    /** {@return the backend that computes} */
    Backend backend();

    /** {@return the threads that a step uses at most, the caller's among them} */
    int threads();

    /** Stops the session's own threads. A second call does nothing. */
    @Override
    void close();
}
