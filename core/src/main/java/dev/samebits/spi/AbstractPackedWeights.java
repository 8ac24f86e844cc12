package dev.samebits.spi;

import dev.samebits.Activation;
import dev.samebits.Matrix;
import dev.samebits.PackedWeights;

/**
 * Checks the arguments of {@link PackedWeights} once, in front. A backend writes {@link #compute}, which may assume that
 * shapes fit and that z lies apart from x.
 *
 * @since 0.1.0
 */
public abstract class AbstractPackedWeights implements PackedWeights {
    private final int inputs;
    private final int outputs;

    /**
     * Of a layer of this shape.
     *
     * @param inputs columns of w
     * @param outputs rows of w
     */
    protected AbstractPackedWeights(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * {@code a = f(W x + b)} for valid input of at least one row. Called by many threads at a time.
     *
     * @param f not PReLU; identity leaves {@code W x + b}
     * @param x the array of {@code [rows × inputs]}
     * @param xOffset index of its first element
     * @param xStride elements from one of its rows to the next
     * @param rows at least 1
     * @param a the array of {@code [rows × outputs]}, overwritten
     * @param aOffset index of its first element
     * @param aStride elements from one of its rows to the next
     */
    protected abstract void compute(Activation f, float[] x, int xOffset, int xStride, int rows, float[] a, int aOffset,
            int aStride);

    @Override
    public final int inputs() {
        return inputs;
    }

    @Override
    public final int outputs() {
        return outputs;
    }

    @Override
    public final void matvec(float[] x, float[] z) {
        if (x.length != inputs || z.length != outputs) {
            throw new IllegalArgumentException("matvec: " + this + " take " + inputs + " inputs and give " + outputs
                    + " outputs, but x has length " + x.length + " and z has length " + z.length);
        }
        matvec(x, 0, z, 0);
    }

    @Override
    public final void matvec(float[] x, int xOffset, float[] z, int zOffset) {
        checkRange("x", x, xOffset, inputs);
        checkRange("z", z, zOffset, outputs);
        Overlap.refuse("matvec", "z", z, zOffset, outputs, "x", x, xOffset, inputs);
        compute(Activation.IDENTITY, x, xOffset, inputs, 1, z, zOffset, outputs);
    }

    private static void checkRange(String name, float[] array, int offset, int length) {
        if (offset < 0 || offset > array.length - length) {
            throw new IllegalArgumentException("matvec: " + name + " needs " + length + " elements from offset " + offset
                    + ", but its array has " + array.length);
        }
    }

    @Override
    public final void affine(Matrix x, Matrix z) {
        affine(Activation.IDENTITY, x, z);
    }

    @Override
    public final void affine(Activation activation, Matrix x, Matrix z) {
        if (activation.kind() == Activation.Kind.PRELU) {
            throw new IllegalArgumentException("affine: PReLU needs its slopes: call affine(x, z), then activate");
        }
        if (x.columns() != inputs || z.columns() != outputs || x.rows() != z.rows()) {
            throw new IllegalArgumentException("affine: " + this + " take " + inputs + " inputs and give " + outputs
                    + " outputs, but x is " + x + " and z is " + z);
        }
        Overlap.refuse("affine", "z", z, "x", x);
        if (x.rows() > 0) {
            compute(activation, x.data(), x.offset(), x.stride(), x.rows(), z.data(), z.offset(), z.stride());
        }
    }

    /** What they are and their shape, as in {@code packed weights of 10 × 784}. */
    @Override
    public final String toString() {
        return "packed weights of " + outputs + " × " + inputs;
    }
}
