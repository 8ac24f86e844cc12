package dev.samebits.gpu;

import dev.samebits.Activation;
import dev.samebits.Matrix;
import dev.samebits.SplitMix64;
import dev.samebits.LayerKernels;
import dev.samebits.scalar.ScalarKernels;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a device must show before it is used: IEEE numbers, and the bits of the definition from every kind of kernel. */
final class SelfTest {
    private static final LayerKernels DEFINITION = new ScalarKernels();
    private static final int ROWS = 5;
    private static final int COLUMNS = 37;

    private SelfTest() {}

    /** The first thing that is not as it must be, or nothing. */
    static Optional<String> difference(LayerKernels kernels) {
        float[] z = new float[1];
        float nearOne = 1 + 0x1p-12f;
        kernels.matvec(Matrix.row(nearOne), new float[] {-(1 + 0x1p-11f)}, new float[] {nearOne}, z);
        if (z[0] != 0x1p-24f) {
            return Optional.of("it rounds between the product and the sum of an fma");
        }
        Matrix tiny = Matrix.row(Float.MIN_NORMAL);
        kernels.activate(Activation.linearLogistic(0.5f, 0), null, tiny, tiny);
        if (tiny.get(0, 0) != Float.MIN_NORMAL / 2) {
            return Optional.of("it flushes denormal numbers to zero");
        }
        return against(kernels);
    }

    private static Optional<String> against(LayerKernels kernels) {
        Matrix x = random(ROWS, COLUMNS, 1);
        Matrix w = random(21, COLUMNS, 2);
        float[] b = random(1, 21, 3).data();
        Matrix other = random(ROWS, COLUMNS, 4);
        for (Activation.Kind kind : Activation.Kind.values()) {
            Activation f = Activation.parse(kind == Activation.Kind.PRELU ? "relu" : kind.label());
            if (differs(kernels, ROWS, COLUMNS, (k, y) -> k.activate(f, null, x, y))
                    || differs(kernels, ROWS, COLUMNS, (k, y) -> k.activationGradient(f, null, x, other, y))) {
                return Optional.of("the self-test differs from the definition in " + f);
            }
        }
        if (differs(kernels, ROWS, 21, (k, y) -> k.affine(x, w, b, y))) {
            return Optional.of("the self-test differs from the definition in the matrix product");
        }
        if (differs(kernels, ROWS, COLUMNS, (k, y) -> k.softmax(x, y))
                || differs(kernels, ROWS, COLUMNS, (k, y) -> k.logSoftmax(x, y))) {
            return Optional.of("the self-test differs from the definition in softmax");
        }
        return Optional.empty();
    }

    private static boolean differs(LayerKernels kernels, int rows, int columns, BiConsumer<LayerKernels, Matrix> call) {
        Matrix got = Matrix.zeros(rows, columns);
        Matrix want = Matrix.zeros(rows, columns);
        call.accept(kernels, got);
        call.accept(DEFINITION, want);
        for (int i = 0; i < want.data().length; i++) {
            if (Float.floatToIntBits(got.data()[i]) != Float.floatToIntBits(want.data()[i])) {
                return true;
            }
        }
        return false;
    }

    // Between −8 and 8: where the functions are curved.
    private static Matrix random(int rows, int columns, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = Math.fma(random.nextFloat(), 16f, -8f);
        }
        return m;
    }
}
