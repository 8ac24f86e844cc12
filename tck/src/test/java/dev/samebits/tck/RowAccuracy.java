package dev.samebits.tck;

import dev.samebits.Matrix;
import dev.samebits.LayerKernels;
import java.util.List;
import java.util.Locale;

/** Errors of softmax, log-softmax and dense layers, as multiples of what theory allows. */
final class RowAccuracy {
    private static final double UNIT = 0x1p-24;
    private static final int[] WIDTHS = {1, 2, 3, 10, 100, 1000, 10_000};
    // A fixed seed, so that the table is the same in every run.
    private static final long SEED = 1;

    private static final String SOFTMAX_BOUND = "relative (n/2 + 8)·2⁻²⁴";

    private RowAccuracy() {}

    static void append(LayerKernels kernels, StringBuilder table, List<String> failures) {
        table.append("\n| kernel | inputs | largest error, share of the bound | bound |\n| --- | --- | ---: | --- |\n");
        for (float spread : new float[] {1, 8, 40, 1e38f}) {
            double soft = 0;
            double log = 0;
            for (int n : WIDTHS) {
                Matrix z = rows(n, spread);
                Matrix y = Matrix.zeros(z.rows(), n);
                kernels.softmax(z, y);
                soft = Math.max(soft, share(z, y, false));
                kernels.logSoftmax(z, y);
                log = Math.max(log, share(z, y, true));
            }
            String inputs = "1 to 10000 values of order " + (spread < 1e3f ? "" + (int) spread : "1e38");
            add("softmax", inputs, soft, SOFTMAX_BOUND, table, failures);
            add("log-softmax", inputs, log, SOFTMAX_BOUND, table, failures);
        }
        for (int in : new int[] {1, 16, 256, 4096}) {
            add("dense", in + " inputs", dense(kernels, in), "γ_K·(abs W·abs x + abs b)", table, failures);
        }
    }

    private static void add(String kernel, String inputs, double share, String bound, StringBuilder table,
            List<String> failures) {
        table.append(String.format(Locale.ROOT, "| %s | %s | %.3f | %s |", kernel, inputs, share, bound)).append('\n');
        if (!(share <= 1)) {
            failures.add(kernel + ", " + inputs + ": the error is " + share + " times its bound " + bound);
        }
    }

    private static Matrix rows(int n, float spread) {
        int rows = 20_000 / n + 1;
        float[] z = Values.NORMAL.array(rows * n, SEED + n);
        for (int i = 0; i < z.length; i++) {
            z[i] *= spread / 4;
        }
        return Matrix.of(rows, n, z);
    }

    private static double share(Matrix z, Matrix y, boolean logarithm) {
        double worst = 0;
        for (int r = 0; r < z.rows(); r++) {
            double max = Double.NEGATIVE_INFINITY;
            int place = 0;
            for (int c = 0; c < z.columns(); c++) {
                if (z.get(r, c) > max) {
                    max = z.get(r, c);
                    place = c;
                }
            }
            double others = 0;
            for (int c = 0; c < z.columns(); c++) {
                others += c == place ? 0 : Oracle.exp(z.get(r, c) - max);
            }
            for (int c = 0; c < z.columns(); c++) {
                double d = z.get(r, c) - max;
                double exact = logarithm ? d - Oracle.log1p(others) : Oracle.exp(d) / (1 + others);
                // Among the denormals a relative error says nothing.
                double error = Math.abs(y.get(r, c) - exact) / Math.max(Math.abs(exact), Float.MIN_NORMAL);
                if (Math.abs(exact) > Float.MAX_VALUE && y.get(r, c) == (float) exact) {
                    error = 0;
                }
                double allowed = (z.columns() / 2.0 + 8) * UNIT;
                worst = Math.max(worst, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / allowed);
            }
        }
        return worst;
    }

    private static double dense(LayerKernels kernels, int in) {
        int out = 64;
        int batch = 16;
        Matrix x = Matrix.of(batch, in, Values.NORMAL.array(batch * in, SEED + in));
        Matrix w = Matrix.of(out, in, Values.NORMAL.array(out * in, SEED + in + 1));
        float[] b = Values.NORMAL.array(out, SEED + in + 2);
        Matrix z = Matrix.zeros(batch, out);
        kernels.affine(x, w, b, z);
        double gamma = in * UNIT / (1 - in * UNIT);
        double worst = 0;
        for (int n = 0; n < batch; n++) {
            for (int i = 0; i < out; i++) {
                double exact = b[i];
                double size = Math.abs(exact);
                for (int j = 0; j < in; j++) {
                    double product = (double) w.get(i, j) * x.get(n, j);
                    exact += product;
                    size += Math.abs(product);
                }
                worst = Math.max(worst, Math.abs(z.get(n, i) - exact) / (gamma * size));
            }
        }
        return worst;
    }
}
