package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.Matrix;
import dev.samebits.LayerKernels;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * What the arithmetic does with NaN, infinities, −0, denormals and huge numbers, as stated in docs/numerics.md: so that the
 * definition itself is judged, and not only equality with it.
 */
class SpecialValueContract extends BackendContract {
    private static final Set<Combination> COMPARISONS =
            EnumSet.of(Combination.LESS, Combination.LESS_OR_EQUAL, Combination.EQUAL);
    private static final float INF = Float.POSITIVE_INFINITY;

    SpecialValueContract(BackendContracts judged) {
        super(judged);
    }

    @Test
    void nanIsNeverSwallowed() {
        LayerKernels kernels = kernels();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            Assertions.assertTrue(Float.isNaN(value(kernels, spec, Float.NaN)), spec + " of NaN");
            // The identity has the derivative 1 everywhere.
            Assertions.assertEquals(spec.activation().kind() != Activation.Kind.IDENTITY,
                    Float.isNaN(ActivationContract.derivative(kernels, spec, new float[] {Float.NaN})[0]),
                    spec + ", derivative at NaN");
        }
        Matrix y = Matrix.zeros(1, 3);
        for (float[] row : new float[][] {{1, Float.NaN, 2}, {Float.NaN, 1, 2}, {1, INF, 2}, {-INF, -INF, -INF}}) {
            kernels.softmax(Matrix.row(row), y);
            expectNaN("softmax", y.data());
            kernels.logSoftmax(Matrix.row(row), y);
            expectNaN("logSoftmax", y.data());
        }
        Matrix a = Matrix.zeros(1, 2);
        kernels.maxout(2, Matrix.row(1, Float.NaN, Float.NaN, 1), a);
        expectNaN("maxout", a.data());
        kernels.update(a, Matrix.row(Float.NaN, Float.NaN), 0, 1, 0);
        expectNaN("update with learning rate 0", a.data());
    }

    /** A zero weight is multiplied like any other: 0 · ∞ is NaN. */
    @Test
    void zeroWeightsAreNotSkipped() {
        LayerKernels kernels = kernels();
        for (float x : new float[] {INF, -INF, Float.NaN}) {
            float[] z = new float[1];
            kernels.matvec(Matrix.row(1, 0, 1), new float[1], new float[] {1, x, 1}, z);
            expectNaN("matvec 0 · " + x, z);
            Matrix out = Matrix.zeros(2, 1);
            kernels.affine(Matrix.of(2, 1, x, x), Matrix.of(1, 1, 0f), new float[1], out);
            expectNaN("affine 0 · " + x, out.data());
            kernels.backpropagate(Matrix.of(2, 1, 0, 0), Matrix.of(1, 1, x), out);
            expectNaN("backpropagate 0 · " + x, out.data());
            Matrix dw = Matrix.zeros(1, 1);
            kernels.outerProductGradient(Matrix.of(1, 1, 0f), Matrix.of(1, 1, x), dw);
            expectNaN("outerProductGradient 0 · " + x, dw.data());
        }
    }

    @Test
    void infinitiesGiveTheLimit() {
        LayerKernels kernels = kernels();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            for (float x : new float[] {INF, -INF}) {
                double limit = spec.domain() == INF ? spec.exactValue(x) : Double.NaN;
                float got = value(kernels, spec, x);
                Assertions.assertTrue(Ulp.error(got, limit) == 0 || got == (float) limit,
                        spec + " of " + x + ": got " + Bits.show(got) + ", want " + limit);
            }
        }
        for (float x : new float[] {-INF, -1e38f, -1000}) {
            expect("gelu of " + x, kernelsGelu(kernels, x), -0f);
        }
    }

    private static float kernelsGelu(LayerKernels kernels, float x) {
        Matrix a = Matrix.row(x);
        kernels.activate(Activation.GELU, null, a, a);
        return a.get(0, 0);
    }

    @Test
    void negativeZeroIsKept() {
        LayerKernels kernels = kernels();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            if (spec.exactValue(0) == 0) {
                boolean even = spec.activation().kind() == Activation.Kind.ABS
                        || spec.activation().kind() == Activation.Kind.SQUARE;
                expect(spec + " of -0", value(kernels, spec, -0f), even ? 0f : -0f);
                expect(spec + " of 0", value(kernels, spec, 0f), 0f);
            }
        }
        float[] z = new float[1];
        kernels.matvec(Matrix.row(0f), new float[] {-0f}, new float[] {-1}, z);
        expect("matvec: -0 + 0 · -1", z[0], -0f);
        kernels.matvec(Matrix.row(0f), new float[] {-0f}, new float[] {1}, z);
        expect("matvec: -0 + 0 · 1", z[0], 0f);
        Matrix dx = Matrix.zeros(1, 1);
        kernels.backpropagate(Matrix.row(0f), Matrix.row(-1f), dx);
        expect("backpropagate starts at +0", dx.get(0, 0), 0f);
    }

    @Test
    void denormalsAreKept() {
        LayerKernels kernels = kernels();
        float tiny = Float.MIN_VALUE;
        for (ActivationSpec spec : ActivationSpec.ALL) {
            if (spec.exactValue(0) == 0) {
                float want = (float) spec.exactValue(tiny);
                float got = value(kernels, spec, tiny);
                Assertions.assertTrue(Math.abs(got - want) <= (want == tiny ? 0 : tiny),
                        spec + " of the smallest float: got " + Bits.show(got) + ", want " + Bits.show(want));
            }
        }
        float[] z = new float[1];
        kernels.matvec(Matrix.row(1e-20f, tiny), new float[] {tiny}, new float[] {1e-20f, 1}, z);
        expect("matvec of denormals", z[0], Math.fma(tiny, 1f, Math.fma(1e-20f, 1e-20f, tiny)));
        Matrix w = Matrix.row(tiny);
        kernels.update(w, Matrix.row(-tiny), 1, 1, 0);
        expect("update of denormals", w.get(0, 0), 2 * tiny);
    }

    @Test
    void hugeRowsDoNotOverflow() {
        LayerKernels kernels = kernels();
        Matrix y = Matrix.zeros(1, 4);
        kernels.softmax(Matrix.row(1e38f, -1e38f, 1e38f, Float.MAX_VALUE), y);
        Bits.assertSame("softmax of huge numbers", y, Matrix.row(0, 0, 0, 1));
        kernels.softmax(Matrix.row(-1e38f, -1e38f, -1e38f, -1e38f), y);
        Bits.assertSame("softmax of equal huge numbers", y, Matrix.row(0.25f, 0.25f, 0.25f, 0.25f));
        kernels.logSoftmax(Matrix.row(1e38f, -1e38f, 0, -INF), y);
        Bits.assertSame("logSoftmax of huge numbers", y, Matrix.row(y.get(0, 0), -2e38f, -1e38f, -INF));
        Assertions.assertEquals(0f, y.get(0, 0), "logSoftmax of a certain class");
    }

    @Test
    void stepsOfNetworksWithBranches() {
        LayerKernels kernels = kernels();
        for (Combination combination : Combination.values()) {
            for (float[] pair : new float[][] {{Float.NaN, 1}, {1, Float.NaN}, {Float.NaN, Float.NaN}}) {
                float[] y = combined(kernels, combination, pair[0], pair[1]);
                float[] b = new float[y.length];
                Arrays.fill(b, pair[1]);
                if (combination == Combination.KEEP) {
                    Bits.assertSame("keep of a NaN", y, b);
                } else if (COMPARISONS.contains(combination)) {
                    Bits.assertSame(combination.label() + " of a NaN", y, new float[y.length]);
                } else {
                    expectNaN(combination.label(), y);
                }
            }
        }
        expect("-0 less than 0", combined(kernels, Combination.LESS, -0f, 0f)[0], 0f);
        expect("0 at most -0", combined(kernels, Combination.LESS_OR_EQUAL, 0f, -0f)[0], 1f);
        expect("nothing kept", combined(kernels, Combination.KEEP, -0f, Float.NaN)[0], -0f);
        expect("-0 equal to 0", combined(kernels, Combination.EQUAL, -0f, 0f)[0], 1f);
        for (Combination combination : List.of(Combination.MAXIMUM, Combination.MINIMUM)) {
            expect(combination.label() + " of -0 and 0", combined(kernels, combination, -0f, 0f)[0], -0f);
            expect(combination.label() + " of 0 and -0", combined(kernels, combination, 0f, -0f)[0], 0f);
        }
        for (int n : new int[] {1, 3, 16, 33}) {
            Matrix y = Matrix.zeros(1, n);
            float[] ones = new float[n];
            Arrays.fill(ones, 1);
            kernels.layerNorm(1e-5f, ones, ones, Matrix.zeros(1, n), y);
            Bits.assertSame("layerNorm of zeros", y.data(), ones);
            kernels.l2Norm(1e-12f, Matrix.zeros(1, n), y);
            Bits.assertSame("l2Norm of zeros", y.data(), new float[n]);
            kernels.layerNorm(0, ones, ones, Matrix.zeros(1, n), y);
            expectNaN("layerNorm of zeros, ε = 0", y.data());
            kernels.l2Norm(0, Matrix.zeros(1, n), y);
            expectNaN("l2Norm of zeros, ε = 0", y.data());
            Matrix x = Matrix.of(1, n, ones.clone());
            x.set(0, n / 2, Float.NaN);
            kernels.layerNorm(1e-5f, ones, ones, x, y);
            expectNaN("layerNorm of a NaN", y.data());
            kernels.rmsNorm(1e-5f, ones, x, y);
            expectNaN("rmsNorm of a NaN", y.data());
            kernels.l2Norm(1e-5f, x, y);
            expectNaN("l2Norm of a NaN", y.data());
        }
    }

    private static float[] combined(LayerKernels kernels, Combination combination, float a, float b) {
        float[] y = new float[9];
        Matrix first = Matrix.zeros(1, 9);
        Matrix second = Matrix.zeros(1, 9);
        Arrays.fill(first.data(), a);
        Arrays.fill(second.data(), b);
        kernels.combine(combination, first, second, Matrix.row(y));
        return y;
    }

    @Test
    void outsideItsDomainAFunctionGivesNaN() {
        LayerKernels kernels = kernels();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            if (spec.domain() < INF) {
                for (float x : new float[] {Math.nextUp(spec.domain()), -Math.nextUp(spec.domain()), 1e38f, INF, -INF}) {
                    Assertions.assertTrue(Float.isNaN(value(kernels, spec, x)), spec + " of " + x);
                }
                Assertions.assertFalse(Float.isNaN(value(kernels, spec, spec.domain())), spec + " of " + spec.domain());
            }
        }
    }

    private static float value(LayerKernels kernels, ActivationSpec spec, float x) {
        return ActivationContract.value(kernels, spec, new float[] {x})[0];
    }

    private static void expect(String what, float got, float want) {
        Assertions.assertTrue(Bits.same(got, want), () -> what + ": got " + Bits.show(got) + ", want " + Bits.show(want));
    }

    private static void expectNaN(String what, float[] got) {
        for (float value : got) {
            Assertions.assertTrue(Float.isNaN(value), () -> what + ": got " + Bits.show(value) + ", want NaN");
        }
    }
}
