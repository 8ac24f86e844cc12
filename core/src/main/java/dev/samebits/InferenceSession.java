package dev.samebits;

import java.nio.FloatBuffer;

/**
 * A network made ready to predict on one backend: weights packed, buffers and threads owned by the session,
 * or threads shared with others ({@link SessionOptions#sharing}).
 *
 * <p>Thread-safe: one session serves many threads, with the bits of serial use. Calls that are running when the session
 * is closed finish; later ones throw. A session with threads of its own that is dropped without being closed ends them
 * once it has been collected; a warning says so the first time.
 *
 * @since 0.1.0
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
     * @throws IllegalArgumentException if the lengths do not fit or y is x; then y is untouched
     * @throws IllegalStateException if the session is closed
     */
    void predict(float[] x, float[] y);

    /**
     * One row, into a new array.
     *
     * @param x {@code [inputs]}
     * @return {@code [outputs]}, as {@link #predict(float[], float[])} computes it
     * @throws IllegalArgumentException if x does not fit
     * @throws IllegalStateException if the session is closed
     */
    default float[] predict(float[] x) {
        float[] y = new float[network().outputs()];
        predict(x, y);
        return y;
    }

    /**
     * The rows from position to limit, one behind the other, as {@link #predict(Matrix, Matrix)} computes them. Positions
     * and limits stay as they are, so that threads may share a buffer.
     *
     * <p>Buffers with an array are read and written where they lie. Others, direct and read-only ones in any byte order,
     * go through work space of the session, a block of rows at a time, on the caller's thread. A {@code MemorySegment}
     * becomes such a buffer by {@code segment.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer()}.
     *
     * @param x {@code rows · inputs} elements; no rows are allowed
     * @param y {@code rows · outputs} elements, overwritten; may not overlap x, but may be other elements of its memory
     * @throws IllegalArgumentException if these are not whole rows, equally many, y is read-only, or y overlaps x; then y
     *     is untouched. Before Java 22 an overlap of buffers without an array is known only if y is x itself
     * @throws IllegalStateException if the session is closed, or the memory of a buffer is
     */
    void predict(FloatBuffer x, FloatBuffer y);

    /** {@link #warmUp(int)} for calls of one row. */
    default void warmUp() {
        warmUp(1);
    }

    /**
     * Predicts rows of its own, whose outputs it throws away, until the JVM has compiled what calls of so many rows run:
     * without it the first thousand calls are slow, and make garbage. Takes a few seconds where it is the first of its
     * JVM, less where similar sessions have been at work, and never more than ten seconds and a call. Changes no bits,
     * starts no thread. Thread-safe: other calls may go on meanwhile.
     *
     * @param rows of the calls to come; where these are of very different sizes, warm up for each
     * @throws IllegalArgumentException if rows is less than 1
     * @throws IllegalStateException if the session is closed, before or meanwhile
     */
    default void warmUp(int rows) {
        WarmUp.run(this, rows);
    }

    /** {@return the network that predicts} */
    Network network();

    /** {@return the backend that computes} */
    Backend backend();

    /** {@return the threads that a call uses at most, the caller's among them} */
    int threads();

    /** Stops the session's own threads and frees its buffers. A second call does nothing. */
    @Override
    void close();
}
