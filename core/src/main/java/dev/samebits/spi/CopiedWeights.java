package dev.samebits.spi;

import dev.samebits.Matrix;

/** Weights as they came, in arrays of their own, for kernels that have no faster layout. */
final class CopiedWeights extends AbstractPackedWeights {
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
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] z, int zOffset, int zStride) {
        kernels.doAffine(Matrix.view(x, xOffset, rows, inputs(), xStride), w, b,
                Matrix.view(z, zOffset, rows, outputs(), zStride));
    }
}
