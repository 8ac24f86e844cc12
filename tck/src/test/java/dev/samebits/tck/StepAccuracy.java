package dev.samebits.tck;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Errors of sums and norms of a row, as multiples of what theory allows. */
final class StepAccuracy {
    private static final double UNIT = 0x1p-24;
    private static final int[] WIDTHS = {1, 2, 3, 10, 100, 1000, 10_000};
    // A fixed seed, so that the table is the same in every run.
    private static final long SEED = 1;
    private static final float EPSILON = 1e-5f;

    private static final String RELATIVE = "relative (n/32 + 8)·2⁻²⁴";

    private StepAccuracy() {}

    private interface Kernel {
        void run(Matrix x, Matrix y);
    }

    private interface Exact {
        // The largest error of a row as a share of its bound.
        double share(double[] x, Matrix y, int row);
    }

    static void append(LayerKernels kernels, StringBuilder table, List<String> failures) {
        for (float mean : new float[] {0, 100}) {
            String values = "1 to 10000 values of order 1 around " + (int) mean;
            add("sum", values, "γ_(n/16+5)·Σ abs x", mean, true, kernels::sum,
                    (x, y, row) -> sum(x, y.get(row, 0)), table, failures);
            add("dot", values, "γ_(n/16+5)·Σ abs ab", mean, true, (x, y) -> kernels.dot(x, x, y),
                    (x, y, row) -> sum(Arrays.stream(x).map(v -> v * v).toArray(), y.get(row, 0)), table, failures);
            add("layer-norm", values, "γ_(n/16+16)·(abs g·(1 + abs d/s)·(1 + max abs x/s) + abs t)", mean, false,
                    (x, y) -> kernels.layerNorm(EPSILON, gains(x.columns()), shifts(x.columns()), x, y),
                    StepAccuracy::layerNorm, table, failures);
            add("rms-norm", values, RELATIVE, mean, false,
                    (x, y) -> kernels.rmsNorm(EPSILON, gains(x.columns()), x, y), StepAccuracy::rmsNorm, table, failures);
            add("l2-norm", values, RELATIVE, mean, false, (x, y) -> kernels.l2Norm(EPSILON, x, y), StepAccuracy::l2Norm,
                    table, failures);
        }
    }

    private static float[] gains(int n) {
        return Values.NORMAL.array(n, SEED + 1);
    }

    private static float[] shifts(int n) {
        return Values.NORMAL.array(n, SEED + 2);
    }

    private static void add(String name, String inputs, String bound, float mean, boolean narrow, Kernel kernel, Exact exact,
            StringBuilder table, List<String> failures) {
        double worst = 0;
        for (int n : WIDTHS) {
            int rows = 20_000 / n + 1;
            Matrix x = Matrix.of(rows, n, Values.NORMAL.array(rows * n, SEED + n));
            for (int i = 0; i < x.data().length; i++) {
                x.data()[i] += mean;
            }
            Matrix y = Matrix.zeros(rows, narrow ? 1 : n);
            kernel.run(x, y);
            for (int row = 0; row < rows; row++) {
                double[] values = new double[n];
                for (int j = 0; j < n; j++) {
                    values[j] = x.get(row, j);
                }
                double share = exact.share(values, y, row);
                worst = Double.isNaN(share) ? Double.POSITIVE_INFINITY : Math.max(worst, share);
            }
        }
        table.append(String.format(Locale.ROOT, "| %s | %s | %.3f | %s |", name, inputs, worst, bound)).append('\n');
        if (!(worst <= 1)) {
            failures.add(name + ", " + inputs + ": the error is " + worst + " times its bound " + bound);
        }
    }

    private static double gamma(double roundings) {
        return roundings * UNIT / (1 - roundings * UNIT);
    }

    private static double sum(double[] x, float got) {
        double size = Arrays.stream(x).map(Math::abs).sum();
        return Math.abs(got - Arrays.stream(x).sum()) / (gamma(x.length / 16.0 + 5) * size);
    }

    private static double layerNorm(double[] x, Matrix y, int row) {
        double mean = Arrays.stream(x).sum() / x.length;
        double s = Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length + EPSILON);
        double largest = Arrays.stream(x).map(Math::abs).max().orElseThrow();
        float[] gains = gains(x.length);
        float[] shifts = shifts(x.length);
        double worst = 0;
        for (int j = 0; j < x.length; j++) {
            double gain = gains[j];
            double shift = shifts[j];
            double exact = (x[j] - mean) / s * gain + shift;
            double allowed = Math.abs(gain) * (1 + Math.abs(x[j] - mean) / s) * (1 + largest / s) + Math.abs(shift);
            worst = Math.max(worst, Math.abs(y.get(row, j) - exact) / (gamma(x.length / 16.0 + 16) * allowed));
        }
        return worst;
    }

    private static double rmsNorm(double[] x, Matrix y, int row) {
        double s = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / x.length + EPSILON);
        float[] gains = gains(x.length);
        double worst = 0;
        for (int j = 0; j < x.length; j++) {
            worst = Math.max(worst, relative(y.get(row, j), x[j] / s * gains[j], x.length));
        }
        return worst;
    }

    private static double l2Norm(double[] x, Matrix y, int row) {
        double s = Math.max(Math.sqrt(Arrays.stream(x).map(v -> v * v).sum()), EPSILON);
        double worst = 0;
        for (int j = 0; j < x.length; j++) {
            worst = Math.max(worst, relative(y.get(row, j), x[j] / s, x.length));
        }
        return worst;
    }

    private static double relative(float got, double exact, int n) {
        return exact == 0 ? Math.abs(got) : Math.abs(got - exact) / Math.abs(exact) / ((n / 32.0 + 8) * UNIT);
    }
}
