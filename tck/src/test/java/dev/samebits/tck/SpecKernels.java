package dev.samebits.tck;

import dev.samebits.Backends;
import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.Table;
import dev.samebits.arithmetic.Quantized;
import dev.samebits.arithmetic.Sums;
import java.util.List;
import java.util.StringJoiner;

/** Vectors of rows, of the kernels of layers and of steps, and of optimizers, by the scalar backend. */
final class SpecKernels {
    // Around sixteen partial sums, and a row that is short.
    private static final int[] LENGTHS = {1, 2, 3, 10, 15, 16, 17, 33, 100};
    private static final LayerKernels KERNELS = Backends.named("scalar").kernels();

    private SpecKernels() {}

    static SpecFile rows() {
        SpecFile file = new SpecFile();
        for (Values values : Values.values()) {
            for (int n : LENGTHS) {
                float[] x = values.array(n, 11 + n);
                float[] a = values.array(n, 12 + n);
                file.add("sum").floats("x", x).floats("value", Sums.sum(x, 0, 1, n));
                file.add("products").floats("x", x).floats("a", a).floats("value", Sums.products(x, 0, a, 0, n));
                Matrix y = Matrix.zeros(1, n);
                KERNELS.softmax(Matrix.row(x), y);
                file.add("softmax").floats("x", x).floats("value", y);
                KERNELS.logSoftmax(Matrix.row(x), y);
                file.add("log-softmax").floats("x", x).floats("value", y);
                KERNELS.layerNorm(1e-5f, a, x, Matrix.row(x), y);
                file.add("layer-norm").floats("x", x).floats("epsilon", 1e-5f).floats("gain", a).floats("shift", x)
                        .floats("value", y);
                KERNELS.rmsNorm(1e-6f, a, Matrix.row(x), y);
                file.add("rms-norm").floats("x", x).floats("epsilon", 1e-6f).floats("gain", a).floats("value", y);
                KERNELS.l2Norm(1e-12f, Matrix.row(x), y);
                file.add("l2-norm").floats("x", x).floats("epsilon", 1e-12f).floats("value", y);
            }
        }
        for (float[] row : List.of(new float[] {3, 3, 3}, new float[] {1e38f, -1e38f, 0}, new float[] {-0f, 0, -0f},
                new float[] {Float.NEGATIVE_INFINITY, 0, 1}, new float[] {-104, 0, -103.5f, -200})) {
            Matrix y = Matrix.zeros(1, row.length);
            KERNELS.softmax(Matrix.row(row), y);
            file.add("softmax").floats("x", row).floats("value", y);
            KERNELS.logSoftmax(Matrix.row(row), y);
            file.add("log-softmax").floats("x", row).floats("value", y);
        }
        return file;
    }

    static SpecFile losses() {
        SpecFile file = new SpecFile();
        for (Loss loss : Loss.values()) {
            for (Values values : Values.values()) {
                for (int n : new int[] {1, 2, 10, 17, 33}) {
                    float[] in = values.array(n, 21 + n);
                    float[] y = new float[n];
                    y[n / 2] = 1;
                    loss(file, loss, in, y);
                    loss(file, loss, in, Values.NORMAL.array(n, 22 + n));
                }
            }
            // A class that cannot be, a target of -0, and ties.
            loss(file, loss, new float[] {0, Float.NEGATIVE_INFINITY, 2}, new float[] {0.25f, 0, 0.75f});
            loss(file, loss, new float[] {0, Float.NEGATIVE_INFINITY, 2}, new float[] {0, 1, 0});
            loss(file, loss, new float[] {1, 1}, new float[] {-0f, 1});
        }
        return file;
    }

    private static void loss(SpecFile file, Loss loss, float[] in, float[] y) {
        float[] d = new float[in.length];
        float value = loss.row(in, 0, y, 0, d, 0, in.length);
        file.add("loss").with("name", loss.label()).floats("x", in).floats("y", y).floats("value", value).floats("d", d);
    }

    static SpecFile kernels() {
        SpecFile file = new SpecFile();
        int[][] shapes = {{1, 1, 1}, {3, 5, 2}, {2, 17, 35}};
        for (Values values : Values.values()) {
            for (int[] shape : shapes) {
                layer(file, values, shape[0], shape[1], shape[2]);
            }
            for (int pieces : new int[] {2, 3}) {
                Matrix z = Matrix.of(4, 5 * pieces, values.array(20 * pieces, 31));
                Matrix da = Matrix.of(4, 5, Values.NORMAL.array(20, 32));
                Matrix a = Matrix.zeros(4, 5);
                Matrix dz = Matrix.zeros(4, 5 * pieces);
                KERNELS.maxout(pieces, z, a);
                KERNELS.maxoutGradient(pieces, z, da, dz);
                shape(file.add("maxout"), 4, pieces, 5).floats("x", z).floats("da", da).floats("value", a).floats("dz", dz);
            }
        }
        return file;
    }

    private static void layer(SpecFile file, Values values, int rows, int in, int out) {
        Matrix x = Matrix.of(rows, in, values.array(rows * in, 41));
        Matrix w = Matrix.of(out, in, Values.NORMAL.array(out * in, 42));
        float[] b = values.array(out, 43);
        Matrix z = Matrix.zeros(rows, out);
        KERNELS.affine(x, w, b, z);
        shape(file.add("affine"), rows, in, out).floats("x", x).floats("w", w).floats("b", b).floats("value", z);
        Matrix dz = Matrix.of(rows, out, values.array(rows * out, 44));
        Matrix dx = Matrix.zeros(rows, in);
        KERNELS.backpropagate(dz, w, dx);
        shape(file.add("backpropagate"), rows, in, out).floats("dz", dz).floats("w", w).floats("value", dx);
        Matrix dw = Matrix.of(out, in, Values.NORMAL.array(out * in, 45));
        file.add("weight-gradient");
        shape(file, rows, in, out).floats("dz", dz).floats("x", x).floats("start", dw);
        KERNELS.outerProductGradient(dz, x, dw);
        file.floats("value", dw);
        float[] db = Values.NORMAL.array(out, 46);
        shape(file.add("bias-gradient"), rows, in, out).floats("dz", dz).floats("start", db);
        KERNELS.biasGradient(dz, db);
        file.floats("value", db);
        float[] ds = Values.NORMAL.array(out, 47);
        shape(file.add("slope-gradient"), rows, in, out).floats("x", z).floats("dz", dz).floats("start", ds);
        KERNELS.slopeGradient(z, dz, ds);
        file.floats("value", ds);
    }

    private static SpecFile shape(SpecFile file, int rows, int in, int out) {
        return file.with("rows", rows).with("in", in).with("out", out);
    }

    static SpecFile steps() {
        SpecFile file = new SpecFile();
        for (Values values : Values.values()) {
            float[] a = values.array(19, 51);
            float[] b = values.array(19, 52);
            float[] c = Values.NORMAL.array(19, 53);
            Matrix y = Matrix.zeros(1, 19);
            KERNELS.scaleShift(b, c, Matrix.row(a), y);
            file.add("scale-shift").floats("x", a).floats("scale", b).floats("shift", c).floats("value", y);
            KERNELS.centerScale(b, c, Matrix.row(a), y);
            file.add("center-scale").floats("x", a).floats("center", b).floats("scale", c).floats("value", y);
            for (Combination combination : Combination.values()) {
                KERNELS.combine(combination, Matrix.row(a), Matrix.row(b), y);
                file.add("combine").with("name", combination.label()).floats("x", a).floats("a", b).floats("value", y);
                KERNELS.combine(combination, Matrix.row(a), Matrix.row(b[0]), y);
                file.add("combine").with("name", combination.label()).floats("x", a).floats("a", b[0]).floats("value", y);
            }
            for (int outputs : new int[] {1, 2, 3}) {
                float[] wide = values.array(outputs * 20, 54);
                Matrix sums = Matrix.zeros(1, outputs);
                KERNELS.sum(Matrix.row(wide), sums);
                file.add("sum-columns").with("out", outputs).floats("x", wide).floats("value", sums);
            }
        }
        for (Values values : Values.values()) {
            integers(file, values.array(19, 56));
        }
        float[] zeros = {0, -0f, 0, -0f, 1, Float.NaN};
        float[] others = {-0f, 0, 0, -0f, Float.NaN, 1};
        for (Combination combination : Combination.values()) {
            Matrix y = Matrix.zeros(1, zeros.length);
            KERNELS.combine(combination, Matrix.row(zeros), Matrix.row(others), y);
            file.add("combine").with("name", combination.label()).floats("x", zeros).floats("a", others).floats("value", y);
        }
        Matrix rows = Matrix.of(4, 3, Values.NORMAL.array(12, 55));
        Matrix y = Matrix.zeros(1, 9);
        float[] ids = {3, -0f, 1};
        KERNELS.embedding(Table.of(rows), Matrix.row(ids), y);
        file.add("embedding").with("out", 3).floats("w", rows).floats("x", ids).floats("value", y);
        return file;
    }

    // Halves and bounds among them; and conversions that round.
    private static void integers(SpecFile file, float[] x) {
        float[] halves = {0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 127.5f, -128.5f, 1000, -1000, -0f, 16777217, 2147483647};
        for (float[] row : List.of(x, halves)) {
            float[] y = new float[row.length];
            for (int j = 0; j < y.length; j++) {
                y[j] = Quantized.value(row[j], 1, -128, 127);
            }
            file.add("quantize").floats("x", row).floats("numbers", 1, -128, 127).floats("value", y);
            for (int j = 0; j < y.length; j++) {
                y[j] = Quantized.value(row[j], 0.037f, -100, 155);
            }
            file.add("quantize").floats("x", row).floats("numbers", 0.037f, -100, 155).floats("value", y);
            float scale = Quantized.row(row, 0, y, 0, y.length);
            file.add("quantize-row").floats("x", row).floats("value", y).floats("scale", scale);
            int[] sums = {0, 1, -1, 16777217, -16777219, Integer.MAX_VALUE, 123456789};
            StringJoiner texts = new StringJoiner(" ");
            float[] outputs = new float[sums.length];
            for (int i = 0; i < sums.length; i++) {
                texts.add(String.valueOf(sums[i]));
                outputs[i] = Quantized.output(sums[i], scale, 0.0123f, x[i]);
            }
            file.add("integer-output").with("sums", texts.toString()).floats("x", x).floats("numbers", scale, 0.0123f)
                    .floats("value", outputs);
        }
    }

    static SpecFile optimizers() {
        SpecFile file = new SpecFile();
        for (Optimizer optimizer : List.of(Optimizer.SGD, Optimizer.momentum(0.9f), Optimizer.nesterov(0.8f),
                Optimizer.rmsprop(), Optimizer.adam(), Optimizer.adamW(), Optimizer.adam(0, 0.5f, 1e-3f))) {
            for (boolean decays : new boolean[] {true, false}) {
                for (Values values : Values.values()) {
                    optimizer(file, optimizer, decays, values);
                }
            }
        }
        return file;
    }

    // Three steps, whose gradients are of these values in the last one alone.
    private static void optimizer(SpecFile file, Optimizer optimizer, boolean decays, Values values) {
        int n = 7;
        OptimizerStep step = new OptimizerStep(optimizer);
        Matrix w = Matrix.row(Values.NORMAL.array(n, 61));
        Matrix m = Matrix.zeros(1, n);
        Matrix v = Matrix.zeros(1, n);
        // What has never had a gradient, and is a zero of either sign.
        w.set(0, 0, -0f);
        w.set(0, 1, 0f);
        file.add("optimizer").with("name", optimizer.kind().label()).floats("numbers", optimizer.momentum(),
                optimizer.beta1(), optimizer.beta2(), optimizer.epsilon()).with("decays", decays ? 1 : 0).floats("w", w);
        for (int k = 1; k <= 3; k++) {
            Matrix dw = Matrix.row((k == 3 ? values : Values.NORMAL).array(n, 61 + k));
            dw.set(0, 0, k == 2 ? -0f : 0f);
            dw.set(0, 1, k == 2 ? 0f : -0f);
            float alpha = 0.05f / k;
            float lambda = 0.01f * k;
            step.advance(alpha, 1f / (k + 2), lambda);
            KERNELS.optimize(step, decays, w, dw, optimizer.kind().hasFirstMoment() ? m : null,
                    optimizer.kind().hasSecondMoment() ? v : null);
            file.floats("step" + k, alpha, 1f / (k + 2), lambda).floats("dw" + k, dw).floats("w" + k, w).floats("m" + k, m)
                    .floats("v" + k, v);
        }
    }
}
