package dev.samebits;

/**
 * A network made ready to predict on one backend: weights packed, buffers and threads owned by the session.
 *
 * <p>Thread-safe: one session serves many threads, with the bits of serial use. Calls that are running when the session is
 * closed finish; later ones throw.
 */
public interface InferenceSession extends AutoCloseable {
    /**
     * Computes one output row for each input row, {@code y = φ(x; W, b)} (equation 4.39), into the caller's buffer. A row's
     * result does not depend on the rows around it, their number, or the number of threads.
     *
     * @param x {@code [rows × inputs]}; zero rows are allowed
     * @param y {@code [rows × outputs]}, overwritten; may not overlap x, but may be other rows or columns of its array
     * @throws IllegalArgumentException if the shapes do not fit or y overlaps x; then y is untouched
     * @throws IllegalStateException if the session is closed
     */
    void predict(Matrix x, Matrix y);

    /**
     * One row, as {@link #predict(Matrix, Matrix)} computes it.
     *
     * @param x {@code [inputs]}
     * @param y {@code [outputs]}, overwritten; may not be x
     */
    void predict(float[] x, float[] y);

    Network network();

    /** The backend that computes. */
    Backend backend();

    /** Threads that a call uses at most, the caller's among them. */
    int threads();

    /** Stops the session's threads and frees its buffers. A second call does nothing. */
    @Override
    void close();
}
