package dev.samebits.train;

import dev.samebits.Matrix;

/**
 * How near a regression's values are to those that are known, output by output. Sums are taken in double, row after row, so
 * that every machine gives the same digits. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ValueScores {
    private final double[] r2;
    private final double[] absolute;
    private final double[] squared;
    private final int rows;

    private ValueScores(double[] r2, double[] absolute, double[] squared, int rows) {
        this.r2 = r2;
        this.absolute = absolute;
        this.squared = squared;
        this.rows = rows;
    }

    /**
     * Compares values with targets.
     *
     * @param values {@code [rows × outputs]}
     * @param targets of the same shape
     * @return the scores
     * @throws IllegalArgumentException if the shapes differ, or there are no rows
     */
    public static ValueScores of(Matrix values, Matrix targets) {
        Shapes.check(values, targets);
        int outputs = targets.columns();
        int rows = targets.rows();
        double[] mean = new double[outputs];
        double[] absolute = new double[outputs];
        double[] squared = new double[outputs];
        for (int n = 0; n < rows; n++) {
            for (int j = 0; j < outputs; j++) {
                double target = targets.data()[targets.rowOffset(n) + j];
                double error = values.data()[values.rowOffset(n) + j] - target;
                mean[j] += target;
                absolute[j] += Math.abs(error);
                squared[j] += error * error;
            }
        }
        double[] r2 = new double[outputs];
        for (int j = 0; j < outputs; j++) {
            double spread = 0;
            for (int n = 0; n < rows; n++) {
                double from = targets.data()[targets.rowOffset(n) + j] - mean[j] / rows;
                spread += from * from;
            }
            r2[j] = spread > 0 ? 1 - squared[j] / spread : Double.NaN;
            absolute[j] /= rows;
            squared[j] = Math.sqrt(squared[j] / rows);
        }
        return new ValueScores(r2, absolute, squared, rows);
    }

    /** {@return how many outputs were compared} */
    public int outputs() {
        return r2.length;
    }

    /** {@return how many rows were compared} */
    public int rows() {
        return rows;
    }

    /**
     * The part of the targets' spread that the values explain, {@code 1 − Σ error² / Σ (target − mean)²}: 1 is perfect, 0 is
     * what their mean would do.
     *
     * @param output which
     * @return the coefficient of determination; NaN if all targets are the same
     */
    public double r2(int output) {
        return r2[output];
    }

    /** {@return the mean of {@link #r2(int)} over all outputs} */
    public double r2() {
        double sum = 0;
        for (double each : r2) {
            sum += each;
        }
        return sum / r2.length;
    }

    /**
     * The mean of the errors, each without its sign.
     *
     * @param output which
     * @return in the units of the targets
     */
    public double meanAbsoluteError(int output) {
        return absolute[output];
    }

    /**
     * The root of the mean of the squared errors.
     *
     * @param output which
     * @return in the units of the targets
     */
    public double rootMeanSquaredError(int output) {
        return squared[output];
    }
}
