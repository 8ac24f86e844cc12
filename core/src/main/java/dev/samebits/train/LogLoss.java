package dev.samebits.train;

import dev.samebits.Matrix;
import dev.samebits.Output;

/**
 * Cross-entropy of what a network gave, in double: {@code −Σ y log p}, or {@code −Σ y log p + (1 − y) log(1 − p)} over
 * logistic outputs, columns ascending and row after row, with the logarithm of {@link StrictMath}, which is the same on
 * every machine. A probability below 2⁻²⁴, the last step of a float below 1, counts as that.
 */
final class LogLoss {
    private static final double LEAST = 0x1p-24;

    private LogLoss() {}

    /** Of all rows together; NaN if an output is. */
    static double sum(Matrix outputs, Matrix targets, Output output) {
        double sum = 0;
        for (int n = 0; n < outputs.rows(); n++) {
            sum += row(outputs.data(), outputs.rowOffset(n), targets.data(), targets.rowOffset(n), outputs.columns(),
                    output);
        }
        return sum;
    }

    private static double row(float[] p, int at, float[] y, int yAt, int columns, Output output) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            double target = y[yAt + j];
            double given = p[at + j];
            if (output == Output.IDENTITY) {
                sum -= target * log(given) + (1 - target) * log(1 - given);
            } else if (target != 0 || Double.isNaN(given)) {
                sum -= target * (output == Output.LOG_SOFTMAX ? Math.max(given, StrictMath.log(LEAST)) : log(given));
            }
        }
        return sum;
    }

    // Math.max gives NaN for NaN.
    private static double log(double p) {
        return StrictMath.log(Math.max(p, LEAST));
    }
}
