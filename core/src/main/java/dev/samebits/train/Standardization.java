package dev.samebits.train;

import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns brought to mean 0 and deviation 1, as networks learn best: {@code (x − mean) · 1/deviation}. Mean and deviation
 * are those of all rows of some {@link Samples}, summed in double, each column's rows in the order of their numbers:
 *
 * <ul>
 * <li>{@code mean = (Σ x) / N}
 * <li>{@code deviation = √((Σ (x − mean)²) / N)}, a second pass, a product and a sum of two roundings for each row
 * <li>then the centre is the mean and the scale is {@code 1 / deviation}, each rounded to float once
 * </ul>
 *
 * <p>A column that has one value in all rows, or whose scale would be no float above 0, is constant: its centre is its mean
 * and its scale is 0, so that it stays 0 whatever comes.
 *
 * <p>Training takes rows that are scaled already ({@link #inputsOf}, {@link #targetsOf}); the network that is trained is
 * then given the same arithmetic as its first and last step ({@link #inFrontOf}, {@link #behind}), so that it takes and
 * gives what the data hold. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Standardization {
    private final float[] center;
    private final float[] scale;
    private final float[] deviation;

    private Standardization(double[] mean, double[] deviations, boolean[] varies) {
        this.center = new float[mean.length];
        this.scale = new float[mean.length];
        this.deviation = new float[mean.length];
        for (int j = 0; j < mean.length; j++) {
            float inverse = (float) (1 / deviations[j]);
            boolean usable = varies[j] && inverse > 0 && Float.isFinite(inverse);
            center[j] = (float) mean[j];
            scale[j] = usable ? inverse : 0;
            deviation[j] = usable ? (float) deviations[j] : 0;
        }
    }

    /**
     * Of the inputs.
     *
     * @param samples read twice
     * @return what scales rows of inputs
     * @throws IllegalArgumentException if there are no samples, or a value is NaN or infinite; the message says where
     */
    public static Standardization ofInputs(Samples samples) {
        return of(samples, false);
    }

    /**
     * Of the targets.
     *
     * @param samples read twice
     * @return what scales rows of targets
     * @throws IllegalArgumentException if there are no samples, or a value is NaN or infinite; the message says where
     */
    public static Standardization ofTargets(Samples samples) {
        return of(samples, true);
    }

    private static Standardization of(Samples samples, boolean targets) {
        if (samples.size() < 1) {
            throw new IllegalArgumentException("there are no samples to take a mean of");
        }
        int columns = targets ? samples.outputs() : samples.inputs();
        Matrix x = Matrix.zeros(1, samples.inputs());
        Matrix y = Matrix.zeros(1, samples.outputs());
        float[] row = (targets ? y : x).data();
        float[] first = new float[columns];
        boolean[] varies = new boolean[columns];
        double[] mean = new double[columns];
        for (int n = 0; n < samples.size(); n++) {
            samples.read(n, x, y, 0);
            for (int j = 0; j < columns; j++) {
                if (!Float.isFinite(row[j])) {
                    throw new IllegalArgumentException((targets ? "target " : "input ") + j + " of sample " + n + " is "
                            + row[j]
                            + ", and a mean takes finite numbers: mend it, or leave the sample out");
                }
                first[j] = n == 0 ? row[j] : first[j];
                varies[j] |= row[j] != first[j];
                mean[j] += row[j];
            }
        }
        for (int j = 0; j < columns; j++) {
            mean[j] /= samples.size();
        }
        double[] deviation = new double[columns];
        for (int n = 0; n < samples.size(); n++) {
            samples.read(n, x, y, 0);
            for (int j = 0; j < columns; j++) {
                double from = row[j] - mean[j];
                deviation[j] += from * from;
            }
        }
        for (int j = 0; j < columns; j++) {
            deviation[j] = Math.sqrt(deviation[j] / samples.size());
        }
        return new Standardization(mean, deviation, varies);
    }

    /** {@return the number of columns} */
    public int columns() {
        return center.length;
    }

    /** {@return the mean of each column; a fresh copy} */
    public float[] center() {
        return center.clone();
    }

    /** {@return 1 / deviation of each column, 0 where it is constant; a fresh copy} */
    public float[] scale() {
        return scale.clone();
    }

    /** {@return the deviation of each column, 0 where it is constant; a fresh copy} */
    public float[] deviation() {
        return deviation.clone();
    }

    /** {@return the columns whose values are all the same, from 0, ascending} */
    public List<Integer> constants() {
        List<Integer> constant = new ArrayList<>();
        for (int j = 0; j < scale.length; j++) {
            if (scale[j] == 0) {
                constant.add(j);
            }
        }
        return constant;
    }

    /**
     * Samples with these inputs scaled, each as it is read: {@code (x − centre) · scale} in float, two roundings, which is
     * what {@link Operation.CenterScale} computes.
     *
     * @param samples of as many inputs; read when the result is
     * @return samples that are thread-safe if those are
     * @throws IllegalArgumentException if they have another number of inputs
     */
    public Samples inputsOf(Samples samples) {
        check("inputs", samples.inputs());
        return samples.changed((x, targets, row) -> apply(x, row));
    }

    /**
     * Samples with these targets scaled, each as it is read, by the same arithmetic as inputs.
     *
     * @param samples of as many targets; read when the result is
     * @return samples that are thread-safe if those are
     * @throws IllegalArgumentException if they have another number of targets
     */
    public Samples targetsOf(Samples samples) {
        check("targets", samples.outputs());
        return samples.changed((x, targets, row) -> apply(targets, row));
    }

    /**
     * The network that scales its inputs so before anything else, and gives to the bit what this one gives for rows that
     * were scaled before.
     *
     * @param network of one input, as wide as there are columns
     * @return {@link Network#withScaledInputs} of it
     * @throws IllegalArgumentException if it has other inputs
     */
    public Network inFrontOf(Network network) {
        return network.withScaledInputs(new Operation.CenterScale(center, scale));
    }

    /**
     * The network that undoes this scaling of the targets it was trained on: {@code fma(deviation, y, mean)}.
     *
     * @param network of one output, as wide as there are columns
     * @return {@link Network#withScaledOutputs} of it
     * @throws IllegalArgumentException if it has other outputs
     */
    public Network behind(Network network) {
        return network.withScaledOutputs(new Operation.ScaleShift(deviation, center));
    }

    private void check(String what, int columns) {
        if (columns() != columns) {
            throw new IllegalArgumentException("the samples have " + columns + " " + what + ", and the standardization is"
                    + " of " + columns() + ": take one of such samples");
        }
    }

    private void apply(Matrix rows, int row) {
        float[] data = rows.data();
        int at = rows.rowOffset(row);
        for (int j = 0; j < center.length; j++) {
            data[at + j] = (data[at + j] - center[j]) * scale[j];
        }
    }
}
