package dev.samebits.spi;

import dev.samebits.Combination;
import dev.samebits.Matrix;
import dev.samebits.Quantization;
import dev.samebits.StepKernels;
import dev.samebits.Table;
import dev.samebits.arithmetic.Norms;
import dev.samebits.arithmetic.Quantized;
import dev.samebits.arithmetic.Sums;
import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of {@link StepKernels} once, in front. The methods behind it get valid ones, and are the definition
 * of docs/arithmetic.md, one plain loop per output: a backend overrides those that it does faster.
 *
 * @since 0.1.0
 */
public abstract class AbstractStepKernels implements StepKernels {
    /** For the kernels that extend this. */
    protected AbstractStepKernels() {}

    @Override
    public final void scaleShift(float[] s, float[] t, Matrix x, Matrix y) {
        byColumn("scaleShift", "s", s, x, y);
        byColumn("scaleShift", "t", t, x, y);
        inPlace("scaleShift", x, y);
        doScaleShift(s, t, x, y);
    }

    @Override
    public final void centerScale(float[] c, float[] s, Matrix x, Matrix y) {
        byColumn("centerScale", "c", c, x, y);
        byColumn("centerScale", "s", s, x, y);
        inPlace("centerScale", x, y);
        doCenterScale(c, s, x, y);
    }

    @Override
    public final void combine(Combination combination, Matrix a, Matrix b, Matrix y) {
        operand("a", a, y);
        operand("b", b, y);
        if (a.columns() != y.columns() && b.columns() != y.columns()) {
            throw new IllegalArgumentException("combine: a is " + a + " and b is " + b + ", but y is " + y
                    + ": one of them must have y's columns");
        }
        doCombine(combination, a, b, y);
    }

    private static void operand(String name, Matrix operand, Matrix y) {
        if (operand.rows() != y.rows() || operand.columns() != y.columns() && operand.columns() != 1) {
            throw new IllegalArgumentException("combine: " + name + " is " + operand + ", but y is " + y
                    + ": it must have y's rows, and y's columns or 1");
        }
        if (operand.columns() == y.columns()) {
            Overlap.refuseUnlessSame("combine", "y", y, name, operand);
        } else {
            Overlap.refuse("combine", "y", y, name, operand);
        }
    }

    @Override
    public final void layerNorm(float epsilon, float[] gain, float[] shift, Matrix x, Matrix y) {
        byColumn("layerNorm", "gain", gain, x, y);
        byColumn("layerNorm", "shift", shift, x, y);
        inPlace("layerNorm", x, y);
        doLayerNorm(epsilon, gain, shift, x, y);
    }

    @Override
    public final void rmsNorm(float epsilon, float[] gain, Matrix x, Matrix y) {
        byColumn("rmsNorm", "gain", gain, x, y);
        inPlace("rmsNorm", x, y);
        doRmsNorm(epsilon, gain, x, y);
    }

    @Override
    public final void l2Norm(float epsilon, Matrix x, Matrix y) {
        inPlace("l2Norm", x, y);
        doL2Norm(epsilon, x, y);
    }

    @Override
    public final void embedding(Table table, Matrix ids, Matrix y) {
        if (ids.rows() != y.rows() || (long) ids.columns() * table.width() != y.columns()) {
            throw new IllegalArgumentException("embedding: ids are " + ids + " and the table " + table.entries() + " × "
                    + table.width() + ", but y is " + y + ": it must have their rows, and so many columns for each id");
        }
        Overlap.refuse("embedding", "y", y, "ids", ids);
        for (int n = 0; n < ids.rows(); n++) {
            for (int k = 0; k < ids.columns(); k++) {
                float id = ids.data()[ids.rowOffset(n) + k];
                if (!table.has(id)) {
                    throw new IllegalArgumentException("embedding: the id in row " + n + ", column " + k + " is " + id
                            + ": give it a whole number from 0 to " + (table.entries() - 1));
                }
            }
        }
        doEmbedding(table, ids, y);
    }

    @Override
    public final void dot(Matrix a, Matrix b, Matrix y) {
        same("dot", a, b);
        narrow("dot", "a", a, y, y.columns() == 1);
        Overlap.refuse("dot", "y", y, "a", a);
        Overlap.refuse("dot", "y", y, "b", b);
        doDot(a, b, y);
    }

    @Override
    public final void sum(Matrix x, Matrix y) {
        narrow("sum", "x", x, y, x.columns() % y.columns() == 0);
        Overlap.refuse("sum", "y", y, "x", x);
        doSum(x, y);
    }

    @Override
    public final void quantize(Quantization quantization, Matrix x, Matrix y) {
        inPlace("quantize", x, y);
        doQuantize(quantization, x, y);
    }

    @Override
    public final void quantizeRow(Matrix x, Matrix y) {
        if (x.rows() != y.rows() || x.columns() != y.columns() - 1) {
            throw new IllegalArgumentException("quantizeRow: x is " + x + ", but y is " + y
                    + ": it must have the same rows, and one column more");
        }
        Overlap.refuse("quantizeRow", "y", y, "x", x);
        doQuantizeRow(x, y);
    }

    @Override
    public final void integerOutput(
            int[] bias, float[] scale, float[] shift, @Nullable Matrix rowScale, Matrix z, Matrix y) {
        if (bias.length != y.columns()) {
            throw new IllegalArgumentException("integerOutput: bias has length " + bias.length + ", but y is " + y
                    + ": give one for each column");
        }
        byColumn("integerOutput", "scale", scale, "y", y, y);
        byColumn("integerOutput", "shift", shift, "y", y, y);
        narrow("integerOutput", "z", z, y, z.columns() % y.columns() == 0);
        if (rowScale != null) {
            narrow("integerOutput", "rowScale", rowScale, y, rowScale.columns() == 1);
            Overlap.refuse("integerOutput", "y", y, "rowScale", rowScale);
        }
        if (z.columns() == y.columns()) {
            Overlap.refuseUnlessSame("integerOutput", "y", y, "z", z);
        } else {
            Overlap.refuse("integerOutput", "y", y, "z", z);
        }
        doIntegerOutput(bias, scale, shift, rowScale, z, y);
    }

    private static void narrow(String kernel, String name, Matrix x, Matrix y, boolean fits) {
        if (x.rows() != y.rows() || !fits) {
            throw new IllegalArgumentException(kernel + ": " + name + " is " + x + ", but y is " + y
                    + ": it must have the same rows, and "
                    + (kernel.equals("dot") || name.equals("rowScale") ? "one column" : "fit its columns"));
        }
    }

    private static void inPlace(String kernel, Matrix x, Matrix y) {
        same(kernel, x, y);
        Overlap.refuseUnlessSame(kernel, "y", y, "x", x);
    }

    private static void byColumn(String kernel, String name, float[] values, Matrix x, Matrix y) {
        byColumn(kernel, name, values, "x", x, y);
    }

    private static void byColumn(String kernel, String name, float[] values, String columnsName, Matrix columns, Matrix y) {
        if (values.length != columns.columns()) {
            throw new IllegalArgumentException(kernel + ": " + name + " has length " + values.length + ", but " + columnsName
                    + " is " + columns + ": give one for each column");
        }
        Overlap.refuse(kernel, "y", y, name, values);
    }

    static void same(String kernel, Matrix first, Matrix second) {
        if (first.rows() != second.rows() || first.columns() != second.columns()) {
            throw new IllegalArgumentException(kernel + ": the shapes " + first + " and " + second + " must be equal");
        }
    }

    /**
     * {@link #scaleShift} of valid arguments.
     *
     * @param s {@code [columns]}
     * @param t {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; perhaps x itself
     */
    protected void doScaleShift(float[] s, float[] t, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            for (int j = 0; j < x.columns(); j++) {
                y.data()[y.rowOffset(n) + j] = Math.fma(s[j], x.data()[x.rowOffset(n) + j], t[j]);
            }
        }
    }

    /**
     * {@link #centerScale} of valid arguments.
     *
     * @param c {@code [columns]}
     * @param s {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; perhaps x itself
     */
    protected void doCenterScale(float[] c, float[] s, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            for (int j = 0; j < x.columns(); j++) {
                y.data()[y.rowOffset(n) + j] = (x.data()[x.rowOffset(n) + j] - c[j]) * s[j];
            }
        }
    }

    /**
     * {@link #combine} of valid arguments.
     *
     * @param combination ∘
     * @param a {@code [batch × columns]} or {@code [batch × 1]}
     * @param b {@code [batch × columns]} or {@code [batch × 1]}
     * @param y {@code [batch × columns]}, overwritten; perhaps an operand itself
     */
    protected void doCombine(Combination combination, Matrix a, Matrix b, Matrix y) {
        int aStep = a.columns() == y.columns() ? 1 : 0;
        int bStep = b.columns() == y.columns() ? 1 : 0;
        for (int n = 0; n < y.rows(); n++) {
            for (int j = 0; j < y.columns(); j++) {
                y.data()[y.rowOffset(n) + j] = combination.value(a.data()[a.rowOffset(n) + aStep * j],
                        b.data()[b.rowOffset(n) + bStep * j]);
            }
        }
    }

    /**
     * {@link #layerNorm} of valid arguments.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param shift t {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; perhaps x itself
     */
    protected void doLayerNorm(float epsilon, float[] gain, float[] shift, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            Norms.layerNorm(epsilon, gain, shift, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #rmsNorm} of valid arguments.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; perhaps x itself
     */
    protected void doRmsNorm(float epsilon, float[] gain, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            Norms.rmsNorm(epsilon, gain, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #l2Norm} of valid arguments.
     *
     * @param epsilon ε
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; perhaps x itself
     */
    protected void doL2Norm(float epsilon, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            Norms.l2Norm(epsilon, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #embedding} of valid arguments.
     *
     * @param table the entries
     * @param ids {@code [batch × k]}, all of them the table's
     * @param y {@code [batch × k · width]}, overwritten
     */
    protected void doEmbedding(Table table, Matrix ids, Matrix y) {
        for (int k = 0; k < ids.columns(); k++) {
            table.gather(ids, k, y, k * table.width());
        }
    }

    /**
     * {@link #dot} of valid arguments.
     *
     * @param a {@code [batch × columns]}
     * @param b the shape of a
     * @param y {@code [batch × 1]}, overwritten
     */
    protected void doDot(Matrix a, Matrix b, Matrix y) {
        for (int n = 0; n < a.rows(); n++) {
            y.data()[y.rowOffset(n)] =
                    Sums.products(a.data(), a.rowOffset(n), b.data(), b.rowOffset(n), a.columns());
        }
    }

    /**
     * {@link #sum} of valid arguments.
     *
     * @param x {@code [batch × K·M]}
     * @param y {@code [batch × M]}, overwritten
     */
    protected void doSum(Matrix x, Matrix y) {
        int outputs = y.columns();
        for (int n = 0; n < x.rows(); n++) {
            for (int i = 0; i < outputs; i++) {
                y.data()[y.rowOffset(n) + i] = Sums.sum(x.data(), x.rowOffset(n) + i, outputs, x.columns() / outputs);
            }
        }
    }

    /**
     * {@link #quantize} of valid arguments.
     *
     * @param quantization how
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; perhaps x itself
     */
    protected void doQuantize(Quantization quantization, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            for (int j = 0; j < x.columns(); j++) {
                y.data()[y.rowOffset(n) + j] = quantization.value(x.data()[x.rowOffset(n) + j]);
            }
        }
    }

    /**
     * {@link #quantizeRow} of valid arguments.
     *
     * @param x {@code [batch × columns]}
     * @param y {@code [batch × columns + 1]}, overwritten
     */
    protected void doQuantizeRow(Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            y.data()[y.rowOffset(n) + x.columns()] =
                    Quantized.row(x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #integerOutput} of valid arguments.
     *
     * @param bias b {@code [M]}
     * @param scale s {@code [M]}
     * @param shift {@code [M]}
     * @param rowScale r {@code [batch × 1]}; null is 1
     * @param z {@code [batch × K·M]}
     * @param y {@code [batch × M]}, overwritten; perhaps z itself
     */
    protected void doIntegerOutput(
            int[] bias, float[] scale, float[] shift, @Nullable Matrix rowScale, Matrix z, Matrix y) {
        int outputs = y.columns();
        for (int n = 0; n < y.rows(); n++) {
            float r = rowScale == null ? 1 : rowScale.data()[rowScale.rowOffset(n)];
            for (int i = 0; i < outputs; i++) {
                int sum = bias[i];
                boolean isNaN = false;
                for (int k = i; k < z.columns(); k += outputs) {
                    float part = z.data()[z.rowOffset(n) + k];
                    sum += (int) part;
                    isNaN |= part != part;
                }
                y.data()[y.rowOffset(n) + i] = isNaN ? Float.NaN : Quantized.output(sum, r, scale[i], shift[i]);
            }
        }
    }
}
