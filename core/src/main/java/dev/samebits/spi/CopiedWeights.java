package dev.samebits.spi;

import dev.samebits.Activation;
import dev.samebits.Matrix;

/** Weights as they came, in arrays of their own, for kernels that have no faster layout. */
final class CopiedWeights extends AbstractPackedWeights {
    private static final float[] NO_SLOPES = {};

    private final AbstractLayerKernels kernels;
    private final Matrix w;
    private final float[] b;

    CopiedWeights(AbstractLayerKernels kernels, Matrix w, float[] b) {
        super(w.columns(), w.rows());
        this.kernels = kernels;
        this.w = w.copy();
        this.b = b.clone();
    }

    @Override
    protected void compute(Activation f, float[] x, int xOffset, int xStride, int rows, float[] a, int aOffset,
            int aStride) {
        Matrix z = Matrix.view(a, aOffset, rows, outputs(), aStride);
        kernels.doAffine(Matrix.view(x, xOffset, rows, inputs(), xStride), w, b, z);
        if (f.kind() != Activation.Kind.IDENTITY) {
            kernels.activate(f, NO_SLOPES, z, z);
        }
    }
}
