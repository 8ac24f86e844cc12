package dev.samebits.onnx;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.util.Optional;

/**
 * Rows that a model's file keeps together with the outputs that they had when it was written, to the bit. Who opens the
 * model can compute them anew, and sees whether this machine and this library still give the same. Immutable.
 *
 * @param inputs {@code [rows × inputs]}, copied
 * @param outputs {@code [rows × outputs]}, copied
 * @since 0.1.0
 */
public record GoldenRows(Matrix inputs, Matrix outputs) {
    /** How many numbers a file keeps at most, of inputs and outputs together. */
    public static final int MOST_NUMBERS = 1 << 20;

    /**
     * Rows and their outputs.
     *
     * @param inputs {@code [rows × inputs]}
     * @param outputs {@code [rows × outputs]}
     * @throws IllegalArgumentException if they are not of as many rows, or have more than {@link #MOST_NUMBERS} numbers
     */
    public GoldenRows {
        if (inputs.rows() != outputs.rows()) {
            throw new IllegalArgumentException("there are inputs of " + inputs.rows() + " golden rows, and outputs of "
                    + outputs.rows() + ": give both for each row");
        }
        long numbers = (long) inputs.rows() * ((long) inputs.columns() + outputs.columns());
        if (numbers > MOST_NUMBERS) {
            throw new IllegalArgumentException("golden rows have " + numbers + " numbers, and a file keeps at most "
                    + MOST_NUMBERS + ": take fewer rows");
        }
        inputs = copy(inputs);
        outputs = copy(outputs);
    }

    private static Matrix copy(Matrix of) {
        Matrix copy = Matrix.zeros(of.rows(), of.columns());
        of.copyTo(copy);
        return copy;
    }

    /** {@return a copy of the inputs, {@code [rows × inputs]}} */
    @Override
    public Matrix inputs() {
        return copy(inputs);
    }

    /** {@return a copy of the outputs, {@code [rows × outputs]}} */
    @Override
    public Matrix outputs() {
        return copy(outputs);
    }

    /**
     * Computes the outputs of rows by the definition, the scalar backend, row by row.
     *
     * @param network that computes
     * @param inputs {@code [rows × inputs]}
     * @return the rows with their outputs
     * @throws IllegalArgumentException if the network does not take such rows, or they are too many
     */
    public static GoldenRows of(Network network, Matrix inputs) {
        Matrix outputs = Matrix.zeros(inputs.rows(), network.outputs());
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            for (int n = 0; n < inputs.rows(); n++) {
                session.predict(inputs.rows(n, 1), outputs.rows(n, 1));
            }
        }
        return new GoldenRows(inputs, outputs);
    }

    /**
     * Computes the outputs anew, and compares them bit for bit; all NaNs are the same.
     *
     * @param session of the network that the rows were kept for
     * @return the first output that differs, in words: its row and column, both from 1, what was computed and what was kept;
     *     empty if there is none
     * @throws IllegalArgumentException if the session's network takes or gives rows of another width
     */
    public Optional<String> difference(InferenceSession session) {
        Matrix now = Matrix.zeros(outputs.rows(), outputs.columns());
        session.predict(inputs, now);
        for (int n = 0; n < now.rows(); n++) {
            for (int j = 0; j < now.columns(); j++) {
                int was = Float.floatToIntBits(outputs.get(n, j));
                int is = Float.floatToIntBits(now.get(n, j));
                if (was != is) {
                    return Optional.of(String.format("golden row %d, output %d: 0x%08x (%s), but the file keeps 0x%08x (%s)",
                            n + 1, j + 1, is, now.get(n, j), was, outputs.get(n, j)));
                }
            }
        }
        return Optional.empty();
    }
}
