package dev.samebits.tck;

import static dev.samebits.tck.Values.EXTREME;
import static dev.samebits.tck.Values.NON_FINITE;
import static dev.samebits.tck.Values.NORMAL;
import static dev.samebits.tck.Values.SPECIAL;

import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Table;
import dev.samebits.scalar.ScalarKernels;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The kernels of steps (scales, combinations, norms, sums, lookups) give the bits of the definition, in place too where that
 * is allowed, write all of their outputs and nothing else, and leave their inputs alone.
 */
class StepKernelContract extends BackendContract {
    private static final List<Values> KINDS = List.of(NORMAL, EXTREME, NON_FINITE, SPECIAL);
    private static final float[] EPSILONS = {0, 1e-5f};

    private final LayerKernels definition = new ScalarKernels();

    StepKernelContract(BackendContracts judged) {
        super(judged);
    }

    private interface Call {
        void run(LayerKernels kernels, Matrix x, Matrix y);
    }

    private interface Arguments {
        Call of(Case c, Buffers buffers);
    }

    // One operand and an output of its shape, and both in one.
    private void ofOne(String name, Arguments arguments) {
        LayerKernels kernels = kernels();
        Case.each(name, Sizes.elements(), KINDS, (c, buffers) -> {
            Call call = arguments.of(c, buffers);
            Matrix x = buffers.input("x", c.batch(), c.out());
            Matrix y = buffers.output("y", c.batch(), c.out());
            Matrix want = Matrix.zeros(c.batch(), c.out());
            call.run(kernels, x, y);
            call.run(definition, x, want);
            buffers.verify();
            Bits.assertSame(c.what(), y, want);
            Matrix inPlace = buffers.changed("y = x", c.batch(), c.out());
            call.run(definition, inPlace, want);
            call.run(kernels, inPlace, inPlace);
            Bits.assertSame(c.what() + " in place", inPlace, want);
        });
    }

    @Test
    void scaleShift() {
        ofOne("scaleShift", (c, buffers) -> {
            float[] s = buffers.input("s", c.out());
            float[] t = buffers.input("t", c.out());
            return (kernels, x, y) -> kernels.scaleShift(s, t, x, y);
        });
    }

    @Test
    void centerScale() {
        ofOne("centerScale", (c, buffers) -> {
            float[] center = buffers.input("c", c.out());
            float[] s = buffers.input("s", c.out());
            return (kernels, x, y) -> kernels.centerScale(center, s, x, y);
        });
    }

    @Test
    void layerNorm() {
        for (float epsilon : EPSILONS) {
            ofOne("layerNorm:" + epsilon, (c, buffers) -> {
                float[] gain = buffers.input("gain", c.out());
                float[] shift = buffers.input("shift", c.out());
                return (kernels, x, y) -> kernels.layerNorm(epsilon, gain, shift, x, y);
            });
        }
    }

    @Test
    void rmsNorm() {
        for (float epsilon : EPSILONS) {
            ofOne("rmsNorm:" + epsilon, (c, buffers) -> {
                float[] gain = buffers.input("gain", c.out());
                return (kernels, x, y) -> kernels.rmsNorm(epsilon, gain, x, y);
            });
        }
    }

    @Test
    void l2Norm() {
        for (float epsilon : EPSILONS) {
            ofOne("l2Norm:" + epsilon, (c, buffers) -> (kernels, x, y) -> kernels.l2Norm(epsilon, x, y));
        }
    }

    /** Both operands as wide as y, either of one column, either in place. */
    @Test
    void combine() {
        LayerKernels kernels = kernels();
        for (Combination combination : Combination.values()) {
            Case.each("combine " + combination.label(), Sizes.elements(), KINDS, (c, buffers) -> {
                Matrix a = ties(buffers.changed("a", c.batch(), c.out()));
                Matrix b = ties(buffers.changed("b", c.batch(), c.out()));
                Matrix narrow = ties(buffers.changed("narrow", c.batch(), 1));
                Matrix y = buffers.output("y", c.batch(), c.out());
                Matrix want = Matrix.zeros(c.batch(), c.out());
                for (Matrix[] pair : new Matrix[][] {{a, b}, {a, narrow}, {narrow, b}, {a, a}}) {
                    Matrix before = pair[0].copy();
                    kernels.combine(combination, pair[0], pair[1], y);
                    definition.combine(combination, pair[0], pair[1], want);
                    buffers.verify();
                    Bits.assertSame(c.what(), y, want);
                    Bits.assertSame(c.what() + ": its input", pair[0], before);
                }
                Matrix over = a.copy();
                definition.combine(combination, over, b, want);
                kernels.combine(combination, over, b, over);
                Bits.assertSame(c.what() + " over the first", over, want);
                a.copyTo(over);
                definition.combine(combination, b, over, want);
                kernels.combine(combination, b, over, over);
                Bits.assertSame(c.what() + " over the second", over, want);
            });
        }
    }

    // Rounded to halves, so that operands are often equal, among them zeros of both signs: the first of them must win.
    private static Matrix ties(Matrix m) {
        for (int r = 0; r < m.rows(); r += 2) {
            for (int c = 0; c < m.columns(); c++) {
                float value = m.get(r, c);
                m.set(r, c, Math.abs(value) < 4 ? (float) Math.rint(value * 2) / 2 : value);
            }
        }
        return m;
    }

    @Test
    void dot() {
        LayerKernels kernels = kernels();
        Case.each("dot", Sizes.elements(), KINDS, (c, buffers) -> {
            Matrix a = buffers.input("a", c.batch(), c.out());
            Matrix b = buffers.input("b", c.batch(), c.out());
            Matrix y = buffers.output("y", c.batch(), 1);
            Matrix want = Matrix.zeros(c.batch(), 1);
            kernels.dot(a, b, y);
            definition.dot(a, b, want);
            buffers.verify();
            Bits.assertSame(c.what(), y, want);
        });
    }

    @Test
    void sum() {
        LayerKernels kernels = kernels();
        for (int pieces : new int[] {1, 2, 5, 16, 37}) {
            Case.each("sum of " + pieces, Sizes.elements(), KINDS, (c, buffers) -> {
                Matrix x = buffers.input("x", c.batch(), pieces * c.out());
                Matrix y = buffers.output("y", c.batch(), c.out());
                Matrix row = buffers.output("row", c.batch(), 1);
                Matrix want = Matrix.zeros(c.batch(), c.out());
                Matrix wantRow = Matrix.zeros(c.batch(), 1);
                kernels.sum(x, y);
                kernels.sum(x, row);
                definition.sum(x, want);
                definition.sum(x, wantRow);
                buffers.verify();
                Bits.assertSame(c.what(), y, want);
                Bits.assertSame(c.what() + " of a row", row, wantRow);
            });
        }
    }

    @Test
    void embedding() {
        LayerKernels kernels = kernels();
        for (boolean halves : new boolean[] {false, true}) {
            Case.each("embedding", Sizes.elements(), List.of(NORMAL, SPECIAL), (c, buffers) -> {
                Matrix rows = buffers.changed("table", 13, c.out());
                for (int i = 0; halves && i < 13 * c.out(); i++) {
                    int bits = Float.floatToRawIntBits(rows.get(i / c.out(), i % c.out()));
                    rows.set(i / c.out(), i % c.out(), Float.intBitsToFloat(bits & 0xffff0000));
                }
                Table table = Table.of(rows);
                Matrix ids = buffers.changed("ids", c.batch(), 3);
                for (int n = 0; n < c.batch(); n++) {
                    for (int k = 0; k < 3; k++) {
                        ids.set(n, k, (7 * n + 5 * k) % 13);
                    }
                }
                Matrix y = buffers.output("y", c.batch(), 3 * c.out());
                kernels.embedding(table, ids, y);
                for (int n = 0; n < c.batch(); n++) {
                    for (int k = 0; k < 3; k++) {
                        Bits.assertSame(c.what(), y.rows(n, 1).columns(k * c.out(), c.out()),
                                rows.rows((7 * n + 5 * k) % 13, 1));
                    }
                }
            });
        }
    }
}
