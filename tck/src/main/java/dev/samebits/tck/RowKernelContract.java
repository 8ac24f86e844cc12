package dev.samebits.tck;

import static dev.samebits.tck.Values.EXTREME;
import static dev.samebits.tck.Values.NON_FINITE;
import static dev.samebits.tck.Values.NORMAL;
import static dev.samebits.tck.Values.SPECIAL;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.LayerKernels;
import dev.samebits.scalar.ScalarKernels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The kernels that work within a row (activations, maxout, softmax, losses) give the bits of the definition, in place too
 * where that is allowed, write all of their outputs and nothing else, and leave their inputs alone.
 */
class RowKernelContract extends BackendContract {
    private static final List<Values> KINDS = List.of(NORMAL, SPECIAL);
    private static final List<Values> ROWS = List.of(NORMAL, EXTREME, NON_FINITE, SPECIAL);

    private final LayerKernels definition = new ScalarKernels();

    RowKernelContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void activate() {
        LayerKernels kernels = kernels();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            Activation f = spec.activation();
            Case.each("activate " + spec, Sizes.elements(), KINDS, (c, buffers) -> {
                float[] slopes = slopes(f, c, buffers);
                Matrix z = buffers.input("z", c.batch(), c.out());
                Matrix a = buffers.output("a", c.batch(), c.out());
                kernels.activate(f, slopes, z, a);
                Matrix want = Matrix.zeros(c.batch(), c.out());
                definition.activate(f, slopes, z, want);
                buffers.verify();
                Bits.assertSame(c.what(), a, want);
                Matrix inPlace = buffers.changed("a = z", c.batch(), c.out());
                definition.activate(f, slopes, inPlace, want);
                kernels.activate(f, slopes, inPlace, inPlace);
                Bits.assertSame(c.what() + " in place", inPlace, want);
            });
        }
    }

    @Test
    void activationGradient() {
        LayerKernels kernels = kernels();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            Activation f = spec.activation();
            Case.each("activationGradient " + spec, Sizes.elements(), KINDS, (c, buffers) -> {
                float[] slopes = slopes(f, c, buffers);
                Matrix z = buffers.input("z", c.batch(), c.out());
                Matrix da = buffers.input("da", c.batch(), c.out());
                Matrix dz = buffers.output("dz", c.batch(), c.out());
                kernels.activationGradient(f, slopes, z, da, dz);
                Matrix want = Matrix.zeros(c.batch(), c.out());
                definition.activationGradient(f, slopes, z, da, want);
                buffers.verify();
                Bits.assertSame(c.what(), dz, want);
                Matrix inPlace = buffers.changed("dz = da", c.batch(), c.out());
                definition.activationGradient(f, slopes, z, inPlace, want);
                kernels.activationGradient(f, slopes, z, inPlace, inPlace);
                Bits.assertSame(c.what() + " in place", inPlace, want);
            });
        }
    }

    // Only PReLU may look at the slopes, so all others get none.
    private static float @Nullable [] slopes(Activation f, Case c, Buffers buffers) {
        return f.kind() == Activation.Kind.PRELU ? buffers.input("slopes", c.out()) : null;
    }

    @Test
    void slopeGradient() {
        LayerKernels kernels = kernels();
        Case.each("slopeGradient", Sizes.elements(), ROWS, (c, buffers) -> {
            Matrix z = buffers.input("z", c.batch(), c.out());
            Matrix da = buffers.input("da", c.batch(), c.out());
            float[] dslopes = buffers.changed(c.out());
            float[] want = dslopes.clone();
            kernels.slopeGradient(z, da, dslopes);
            definition.slopeGradient(z, da, want);
            buffers.verify();
            Bits.assertSame(c.what(), dslopes, want);
        });
    }

    @Test
    void maxout() {
        LayerKernels kernels = kernels();
        for (int pieces : new int[] {1, 2, 3, 5}) {
            Case.each("maxout of " + pieces, Sizes.elements(), ROWS, (c, buffers) -> {
                Matrix z = ties(buffers.changed("z", c.batch(), pieces * c.out()));
                Matrix a = buffers.output("a", c.batch(), c.out());
                Matrix da = buffers.input("da", c.batch(), c.out());
                Matrix dz = buffers.output("dz", c.batch(), pieces * c.out());
                Matrix before = z.copy();
                kernels.maxout(pieces, z, a);
                kernels.maxoutGradient(pieces, z, da, dz);
                Bits.assertSame(c.what() + ": its input", z, before);
                Matrix wantA = Matrix.zeros(c.batch(), c.out());
                Matrix wantDz = Matrix.zeros(c.batch(), pieces * c.out());
                definition.maxout(pieces, z, wantA);
                definition.maxoutGradient(pieces, z, da, wantDz);
                buffers.verify();
                Bits.assertSame(c.what(), a, wantA);
                Bits.assertSame(c.what() + " gradient", dz, wantDz);
            });
        }
    }

    // Rounded to halves, so that pieces are often equal, among them zeros of both signs: the first of them must win.
    private static Matrix ties(Matrix z) {
        for (int r = 0; r < z.rows(); r += 2) {
            for (int c = 0; c < z.columns(); c++) {
                float value = z.get(r, c);
                z.set(r, c, Math.abs(value) < 4 ? (float) Math.rint(value * 2) / 2 : value);
            }
        }
        return z;
    }

    @Test
    void softmax() {
        LayerKernels kernels = kernels();
        Case.each("softmax", Sizes.elements(), ROWS, (c, buffers) -> {
            Matrix z = buffers.input("z", c.batch(), c.out());
            Matrix y = buffers.output("y", c.batch(), c.out());
            kernels.softmax(z, y);
            Matrix want = Matrix.zeros(c.batch(), c.out());
            definition.softmax(z, want);
            buffers.verify();
            Bits.assertSame(c.what(), y, want);
            Matrix inPlace = buffers.changed("y = z", c.batch(), c.out());
            definition.softmax(inPlace, want);
            kernels.softmax(inPlace, inPlace);
            Bits.assertSame(c.what() + " in place", inPlace, want);
        });
    }

    @Test
    void logSoftmax() {
        LayerKernels kernels = kernels();
        Case.each("logSoftmax", Sizes.elements(), ROWS, (c, buffers) -> {
            Matrix z = buffers.input("z", c.batch(), c.out());
            Matrix y = buffers.output("y", c.batch(), c.out());
            kernels.logSoftmax(z, y);
            Matrix want = Matrix.zeros(c.batch(), c.out());
            definition.logSoftmax(z, want);
            buffers.verify();
            Bits.assertSame(c.what(), y, want);
        });
    }

    @Test
    void lossGradient() {
        LayerKernels kernels = kernels();
        for (Loss loss : Loss.values()) {
            Case.each("lossGradient " + loss.label(), Sizes.elements(), ROWS, (c, buffers) -> {
                Matrix in = buffers.input("in", c.batch(), c.out());
                // One-hot in every second case, so that zero targets meet infinite logarithms.
                Matrix targets = c.number() % 2 == 0
                        ? oneHot(c.batch(), c.out())
                        : buffers.input("targets", c.batch(), c.out());
                Matrix d = buffers.output("d", c.batch(), c.out());
                float[] losses = new float[c.batch() + 3];
                Arrays.fill(losses, Float.intBitsToFloat(Buffers.CANARY));
                kernels.lossGradient(loss, in, targets, d, losses);
                Matrix want = Matrix.zeros(c.batch(), c.out());
                float[] wantLosses = new float[c.batch() + 3];
                Arrays.fill(wantLosses, Float.intBitsToFloat(Buffers.CANARY));
                definition.lossGradient(loss, in, targets, want, wantLosses);
                buffers.verify();
                Bits.assertSame(c.what(), d, want);
                Bits.assertSame(c.what() + " losses", losses, wantLosses);
            });
        }
    }

    private static Matrix oneHot(int rows, int columns) {
        Matrix targets = Matrix.zeros(rows, columns);
        for (int n = 0; n < rows; n++) {
            targets.set(n, (7 * n + 3) % columns, 1);
        }
        return targets;
    }
}
